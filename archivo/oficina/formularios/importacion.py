"""Lo que se pregunta en el asistente de importación."""

from typing import Any

from django import forms

from archivo.catalogo.puerta import NIVELES, todos_los_tipos
from archivo.ingesta.puerta import CODIFICACIONES, FECHAS, SEPARADORES, Campo, Facultades, Importacion, campos_para

RENGLONES_LIBRES = 2
NO_SE_IMPORTA = ("", "No importar")


def tipos_para(facultades: Facultades) -> list[tuple[str, str]]:
    """Los tipos que esa persona puede crear, y el que lo deja a cada fila."""
    return [("", "El que diga cada fila"), *((t.codigo, t.nombre) for t in todos_los_tipos() if t.codigo in facultades.tipos)]


def destinos(tipo: str) -> list[Any]:
    """Los campos donde puede ir una columna, por grupo."""
    grupos: dict[str, list[tuple[str, str]]] = {}
    for campo in campos_para(tipo).values():
        grupos.setdefault(campo.grupo, []).append((campo.clave, campo.nombre))
    return [NO_SE_IMPORTA, *grupos.items()]


class SubirForm(forms.Form):
    """El archivo y de qué son sus filas."""

    archivo = forms.FileField(label="Archivo", help_text="CSV, XLSX o JSONL. La primera fila dice cómo se llama cada columna.")
    tipo = forms.ChoiceField(label="Las filas son de tipo", required=False)

    def __init__(self, *args: Any, facultades: Facultades, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tipo"].choices = tipos_para(facultades)
        if len(facultades.tipos) == 1:
            self.fields["tipo"].initial = next(iter(facultades.tipos))


class LecturaForm(forms.Form):
    """Cómo se lee el archivo."""

    tipo = forms.ChoiceField(label="Las filas son de tipo", required=False)
    hoja = forms.ChoiceField(label="Hoja", required=False)
    codificacion = forms.ChoiceField(label="Codificación", choices=list(CODIFICACIONES.items()), required=False)
    separador = forms.ChoiceField(label="Separador de columnas", choices=list(SEPARADORES.items()), required=False)
    fechas = forms.ChoiceField(label="Fechas escritas con cifras", choices=list(FECHAS.items()), required=False)

    def __init__(self, *args: Any, importacion: Importacion, hojas: list[str], facultades: Facultades, **kwargs: Any) -> None:
        super().__init__(*args, initial={**importacion.lectura, "tipo": importacion.tipo}, **kwargs)
        self.fields["tipo"].choices = tipos_para(facultades)
        self.fields["hoja"].choices = [(h, h) for h in hojas]
        sobran = ("codificacion", "separador") if hojas else ("hoja",)
        for nombre in sobran if importacion.encabezado else ("hoja", "codificacion", "separador", "fechas"):
            del self.fields[nombre]


class DestinosForm(forms.Form):
    """A dónde va cada columna, qué valores llevan todas las filas y cómo entran."""

    acceso = forms.ChoiceField(label="Acceso", help_text="Una fila puede decir uno menos abierto, nunca uno más.")
    publicar = forms.BooleanField(
        label="Llevar las filas a la vista",
        required=False,
        help_text="Sin esto entran como borradores. Es autorizarlas: lo hace quien es titular.",
    )
    todo_o_nada = forms.ChoiceField(
        label="Si alguna fila no puede entrar",
        choices=[
            ("si", "No importar ninguna hasta corregirlas"),
            ("no", "Importar las demás"),
        ],
    )

    def __init__(self, *args: Any, importacion: Importacion, facultades: Facultades, **kwargs: Any) -> None:
        inicial = {
            "acceso": importacion.acceso,
            "publicar": importacion.publicar,
            "todo_o_nada": "si" if importacion.todo_o_nada else "no",
        }
        super().__init__(*args, initial=inicial, **kwargs)
        self.importacion = importacion
        self.fields["acceso"].choices = [(n, NIVELES[n].nombre) for n in facultades.niveles()]
        if not facultades.publica():
            del self.fields["publicar"]
        campos = campos_para(importacion.tipo)
        opciones = destinos(importacion.tipo)
        for n, (columna, destino) in enumerate(zip(importacion.encabezado, importacion.mapeo, strict=True)):
            self.fields[f"columna_{n}"] = _destino(f"Columna «{columna or n + 1}»", _con(opciones, destino, campos), destino)
        constantes = [*importacion.constantes.items(), *[("", "")] * RENGLONES_LIBRES] if importacion.encabezado else []
        for n, (campo, valor) in enumerate(constantes):
            ninguno = [("", "Ninguno"), *_con(opciones, campo, campos)[1:]]
            self.fields[f"campo_{n}"] = _destino(f"Campo del valor {n + 1}", ninguno, campo)
            self.fields[f"valor_{n}"] = forms.CharField(
                label=f"Valor {n + 1} para todas las filas", initial=valor, required=False, max_length=1000
            )
        self.cuantas_constantes = len(constantes)

    def columnas(self, muestras: list[list[str]]) -> list[tuple[str, list[str], Any]]:
        """(nombre de la columna, ejemplos, su campo), en el orden del archivo."""
        nombres = self.importacion.encabezado
        return [(nombre or f"Columna {n + 1}", muestras[n], self[f"columna_{n}"]) for n, nombre in enumerate(nombres)]

    def constantes(self) -> list[tuple[Any, Any]]:
        """Los renglones de campo y valor."""
        return [(self[f"campo_{n}"], self[f"valor_{n}"]) for n in range(self.cuantas_constantes)]

    def volcar(self) -> Importacion:
        """Deja en la importación lo que dice el formulario válido; no guarda."""
        dicho, importacion = self.cleaned_data, self.importacion
        importacion.acceso, importacion.publicar = dicho["acceso"], bool(dicho.get("publicar"))
        importacion.todo_o_nada = dicho["todo_o_nada"] == "si"
        importacion.mapeo = [dicho[f"columna_{n}"] for n in range(len(importacion.encabezado))]
        pares = ((dicho[f"campo_{n}"], dicho[f"valor_{n}"].strip()) for n in range(self.cuantas_constantes))
        importacion.constantes = {campo: valor for campo, valor in pares if campo and valor}
        return importacion


def _destino(etiqueta: str, opciones: list[Any], inicial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=etiqueta, choices=opciones, initial=inicial, required=False)


def _con(opciones: list[Any], clave: str, campos: dict[str, Campo]) -> list[Any]:
    """Las opciones, con el campo que la columna nombra por su clave aunque no sea de los que se ofrecen (`extra.algo`)."""
    return (
        opciones
        if not clave or clave in campos
        else [*opciones, ("Otros datos de la fila", [(clave, clave.removeprefix("extra."))])]
    )


class DeshacerForm(forms.Form):
    """Por qué se deshace."""

    motivo = forms.CharField(
        label="Por qué se deshace", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="Queda en la bitácora."
    )

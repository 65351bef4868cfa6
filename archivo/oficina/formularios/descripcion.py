"""Los puntos de acceso y los elementos de ISAD(G) en el formulario de cualquier elemento."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from archivo.catalogo.puerta import ISAD_DEL_ITEM, Autoridad, Item, TipoDeItem, autoridades
from archivo.oficina.formularios.selectores import AutoridadesField, autoridad_de

ISAD = "isad"
MEDIO = "medio_escrito"
PAPELES = {
    "autores": ("autor", "Autoría", "Personas u organismos que lo firman."),
    "personas": ("persona", "Personas mencionadas", "De quién trata."),
    "retratadas": ("retratada", "Personas que aparecen", "Quién se ve o se oye."),
    "dependencias": ("dependencia", "Dependencias", "Los organismos de que trata."),
    "lugares": ("lugar", "Lugares", "Dónde ocurre o de dónde trata."),
}
LARGO_DE_ISAD = 20_000


def papeles_de(tipo: TipoDeItem) -> list[str]:
    """Los campos de personas, organismos y lugares que lleva un tipo."""
    return [nombre for nombre in PAPELES if nombre != "retratadas" or tipo.con_retratadas]


def campos_de(tipo: TipoDeItem) -> dict[str, forms.Field]:
    """Los campos de descripción de un tipo, por su nombre en el formulario."""
    campos: dict[str, forms.Field] = {}
    if tipo.con_medio:
        campos[MEDIO] = AutoridadesField(
            ("medio",), varios=False, label="Medio", help_text="El diario, estación o portal que lo publicó."
        )
    for nombre in papeles_de(tipo):
        papel, rotulo, ayuda = PAPELES[nombre]
        campos[nombre] = AutoridadesField(autoridades.CLASES_POR_PAPEL[papel], label=rotulo, help_text=ayuda)
    for elemento in ISAD_DEL_ITEM:
        campos[f"{ISAD}-{elemento.clave}"] = forms.CharField(
            label=f"{elemento.nombre} ({elemento.numero})",
            required=False,
            max_length=LARGO_DE_ISAD,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
    return campos


def nombres_en_isad() -> list[str]:
    """Los campos del grupo ISAD(G), en el orden de la norma."""
    return [f"{ISAD}-{elemento.clave}" for elemento in ISAD_DEL_ITEM]


def inicial_de(item: Item) -> dict[str, Any]:
    """Lo que el elemento ya tiene."""
    menciones = autoridades.menciones_de(item) if item.pk else {}
    inicial: dict[str, Any] = {nombre: [str(a) for a in menciones.get(papel, [])] for nombre, (papel, *_) in PAPELES.items()}
    inicial[MEDIO] = [str(item.medio)] if item.medio else []
    return inicial | {f"{ISAD}-{clave}": valor for clave, valor in item.descripcion.items()}


def inicial_de_version(contenido: Mapping[str, Any]) -> dict[str, Any]:
    """Lo que nombraba una versión guardada; las anteriores a los puntos de acceso no lo dicen y no cambian nada."""
    menciones = contenido.get("_menciones")
    if menciones is None:
        return {}
    return {nombre: menciones.get(papel, []) for nombre, (papel, *_) in PAPELES.items()}


def indizables(campos: Mapping[str, forms.Field]) -> set[str]:
    """Los que siguen abiertos cuando el elemento se archiva: describir mejor no altera el documento."""
    return {nombre for nombre in campos if nombre in PAPELES or nombre == MEDIO or nombre.startswith(f"{ISAD}-")}


def pasar_isad(form: Any) -> None:
    """Lleva lo escrito a `descripcion`, sin tocar claves que el formulario no muestra."""
    escritas = {
        n.removeprefix(f"{ISAD}-"): n for n in form.cleaned_data if n.startswith(f"{ISAD}-") and not form.fields[n].disabled
    }
    if not escritas:
        return
    otras = {clave: valor for clave, valor in form.instance.descripcion.items() if clave not in escritas}
    nuevas = {clave: form.cleaned_data[nombre].strip() for clave, nombre in escritas.items()}
    form.instance.descripcion = otras | {clave: valor for clave, valor in nuevas.items() if valor}


def nombres_por_papel(form: Any) -> dict[str, Sequence[str]]:
    """Papel → nombres escritos, sólo de los campos abiertos y bien leídos."""
    return {
        PAPELES[nombre][0]: form.cleaned_data[nombre]
        for nombre in PAPELES
        if nombre in form.cleaned_data and not form.fields[nombre].disabled
    }


def menciones_escritas(form: Any, actor: Any) -> dict[str, list[Autoridad]]:
    """Papel → autoridades; las desconocidas se dan de alta por verificar. Se llama al guardar, dentro de su transacción."""
    return {
        papel: [autoridad_de(nombre, autoridades.CLASES_POR_PAPEL[papel], actor) for nombre in nombres]
        for papel, nombres in nombres_por_papel(form).items()
    }


def medio_escrito(form: Any) -> str | None:
    """El nombre del medio; «» es ninguno y None que el formulario no lo cambia."""
    campo = form.fields.get(MEDIO)
    if campo is None or campo.disabled or MEDIO not in form.cleaned_data:
        return None
    return next(iter(form.cleaned_data[MEDIO]), "")

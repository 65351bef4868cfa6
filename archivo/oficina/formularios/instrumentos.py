"""Lo que se pregunta de las clases del cuadro, de sus fichas, de los actos que las cambian y de sus pasos."""

from typing import Any

from django import forms

from archivo.archivistica.puerta import (
    GRUPOS_DE_FICHA,
    NIVELES_DE_CLASE,
    CuadroClasificacion,
    DatosDeClase,
    FichaValoracion,
    NivelClasificacion,
    niveles_bajo,
)
from archivo.catalogo.puerta import ELEMENTOS_ISAD
from archivo.identidad.puerta import Area

PARTES = 4
SIN_COLUMNA = tuple(e for e in ELEMENTOS_ISAD if e.clave not in {"alcance", "valoracion"})
"""Los elementos ISAD(G) de una clase que no dice ya su alcance ni su ficha."""


def _texto(etiqueta: str, **opciones: Any) -> forms.CharField:
    """Un texto de varios renglones, que puede quedar vacío."""
    return forms.CharField(label=etiqueta, required=False, widget=forms.Textarea(attrs={"rows": 3}), **opciones)


class ClaseForm(forms.Form):
    """Los datos de una clase; `madre` dice qué niveles puede tener."""

    nivel = forms.ChoiceField(label="Nivel")
    clave = forms.CharField(label="Clave", max_length=40, help_text="Mayúsculas y cifras, con punto o guion: 9C.7.")
    nombre = forms.CharField(label="Nombre", max_length=300)
    tipo_funcion = forms.ChoiceField(
        label="Tipo de función", required=False, choices=[("", "No aplica"), *NivelClasificacion.TipoDeFuncion.choices]
    )
    alcance = _texto("Alcance y contenido", help_text="Qué documentos reúne. Se publica en la guía de archivo documental.")

    def __init__(self, *args: Any, clase: NivelClasificacion | None, madre: NivelClasificacion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clase = clase
        posibles = [clase.nivel] if clase else niveles_bajo(madre.nivel if madre else None)
        self.fields["nivel"].choices = [(n, NIVELES_DE_CLASE[n]) for n in posibles]
        if "seccion" not in posibles:
            del self.fields["tipo_funcion"]
        if clase:
            self.fields["nivel"].widget = forms.HiddenInput()
            self._poner(clase)

    def _poner(self, clase: NivelClasificacion) -> None:
        for campo in self.fields:
            self.initial.setdefault(campo, getattr(clase, campo))
        for elemento in SIN_COLUMNA:
            nombre = f"isad_{elemento.clave}"
            self.fields[nombre] = _texto(
                f"{elemento.nombre} ({elemento.numero})", initial=clase.descripcion.get(elemento.clave, "")
            )

    @property
    def principales(self) -> list[Any]:
        """Los campos de siempre."""
        return [c for c in self.visible_fields() if not c.name.startswith("isad_")]

    @property
    def isad(self) -> list[Any]:
        """Los elementos de descripción."""
        return [c for c in self.visible_fields() if c.name.startswith("isad_")]

    def datos(self) -> DatosDeClase:
        """Lo escrito, para el servicio."""
        limpio = self.cleaned_data
        conservada = self.clase.descripcion if self.clase else {}
        propias = {e.clave: limpio[f"isad_{e.clave}"].strip() for e in SIN_COLUMNA if f"isad_{e.clave}" in limpio}
        descripcion = {clave: valor for clave, valor in (conservada | propias).items() if valor}
        tipo = limpio.get("tipo_funcion", "") if limpio["nivel"] == "seccion" else ""
        return DatosDeClase(
            limpio["nivel"], limpio["clave"].strip(), limpio["nombre"].strip(), limpio["alcance"], tipo, descripcion
        )


class FichaForm(forms.ModelForm):
    """La ficha de valoración de una serie. Puede guardarse incompleta; lo que falte se dice, y el grupo no la valida así."""

    areas = forms.ModelMultipleChoiceField(
        label="Áreas productoras",
        queryset=Area.objects.all(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Las que producen la serie: fijan sus valores y su vigencia, y validan el cuadro. Con Ctrl elige varias.",
    )

    class Meta:
        model = FichaValoracion
        fields = tuple(c.name for c in FichaValoracion._meta.fields if c.name not in {"id", "nivel"})
        widgets = {campo: forms.Textarea(attrs={"rows": 3}) for campo in (*GRUPOS_DE_FICHA, "tecnica_muestreo", "fundamento")}
        help_texts = {
            "plazo_tramite": "Enteros o medios años.",
            "plazo_concentracion": "Trámite, concentración y término precautorio suman 25 años cuando más (LGA, art. 37).",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="ficha", **kwargs)
        for campo in ("plazo_tramite", "plazo_concentracion", "termino_precautorio"):
            self.fields[campo].widget = forms.NumberInput(attrs={"step": "0.5", "min": "0"})
            self.fields[campo].localize = False
        self.fields["destino_final"].choices = [("", "Por decidir"), *FichaValoracion.Destino.choices]

    def clean_termino_precautorio(self) -> Any:
        """Vacío es cero."""
        return self.cleaned_data["termino_precautorio"] or 0

    def _campos(self, *nombres: str) -> list[Any]:
        return [self[nombre] for nombre in nombres]

    @property
    def grupos(self) -> list[Any]:
        """Los siete grupos mínimos (LGA 56) y el fundamento."""
        return self._campos(*GRUPOS_DE_FICHA, "fundamento")

    @property
    def primarios(self) -> list[Any]:
        """Valores primarios."""
        return self._campos("valor_administrativo", "valor_legal", "valor_fiscal_contable")

    @property
    def secundarios(self) -> list[Any]:
        """Valores secundarios."""
        return self._campos("valor_evidencial", "valor_testimonial", "valor_informativo")

    @property
    def plazos(self) -> list[Any]:
        """Plazos y destino."""
        return self._campos("plazo_tramite", "plazo_concentracion", "termino_precautorio", "destino_final")


class RazonesForm(forms.Form):
    """El motivo y el acta de un acto, que quedan escritos con él."""

    motivo = forms.CharField(label="Por qué se hace", widget=forms.Textarea(attrs={"rows": 2}))
    acta = forms.CharField(label="Acta o acuerdo que lo respalda", required=False, max_length=300)


class ClaseConSangria(forms.ModelChoiceField):
    """Una clase del cuadro, con sangría según su lugar."""

    def label_from_instance(self, clase: Any) -> str:
        """Su clave y su nombre."""
        return f"{'  ' * clase.codigo.count('/')}{clase.clave} {clase.nombre}"


class MoverForm(RazonesForm):
    """A dónde va una clase y con qué clave llega."""

    field_order = ("destino", "clave")
    destino = ClaseConSangria(label="Nueva clase de la que depende", queryset=NivelClasificacion.objects.none())
    clave = forms.CharField(label="Clave al llegar", max_length=40, required=False, help_text="Vacía: conserva la que tiene.")

    def __init__(self, *args: Any, clase: NivelClasificacion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posibles = [n for n in NIVELES_DE_CLASE if clase.nivel in niveles_bajo(n)]
        candidatas = clase.cuadro.niveles.filter(nivel__in=posibles).exclude(pk=clase.pk)
        self.fields["destino"].queryset = candidatas.exclude(codigo__startswith=f"{clase.codigo}/").en_orden()


class DividirForm(RazonesForm):
    """Las partes en que se divide una clase: de dos a cuatro."""

    def __init__(self, *args: Any, clase: NivelClasificacion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clase = clase
        for n in range(1, PARTES + 1):
            pide = n <= 2
            self.fields[f"clave_{n}"] = forms.CharField(label=f"Clave de la parte {n}", max_length=40, required=pide)
            self.fields[f"nombre_{n}"] = forms.CharField(label=f"Nombre de la parte {n}", max_length=300, required=pide)
        self.initial.update({"clave_1": clase.clave, "nombre_1": clase.nombre})
        self.order_fields([f"{c}_{n}" for n in range(1, PARTES + 1) for c in ("clave", "nombre")])

    def clean(self) -> dict[str, Any]:
        """Cada parte con clave y nombre, o ninguno de los dos."""
        limpios = super().clean() or {}
        for n in range(1, PARTES + 1):
            clave, nombre = limpios.get(f"clave_{n}", ""), limpios.get(f"nombre_{n}", "")
            if bool(clave) != bool(nombre) and not self.errors.get(f"clave_{n}") and not self.errors.get(f"nombre_{n}"):
                self.add_error(f"nombre_{n}" if clave else f"clave_{n}", "Escriba la clave y el nombre, o deje vacíos los dos.")
        return limpios

    def partes(self) -> list[DatosDeClase]:
        """Las partes escritas; heredan el nivel y el alcance."""
        pares = [
            (self.cleaned_data[f"clave_{n}"].strip(), self.cleaned_data[f"nombre_{n}"].strip()) for n in range(1, PARTES + 1)
        ]
        clase = self.clase
        return [
            DatosDeClase(clase.nivel, clave, nombre, clase.alcance, clase.tipo_funcion, clase.descripcion)
            for clave, nombre in pares
            if clave
        ]


class FusionarForm(RazonesForm):
    """Con qué clases se junta ésta, y cómo queda."""

    field_order = ("otras", "clave", "nombre")
    otras = forms.ModelMultipleChoiceField(
        label="Clases que se le juntan",
        queryset=NivelClasificacion.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    clave = forms.CharField(label="Clave con que queda", max_length=40)
    nombre = forms.CharField(label="Nombre con que queda", max_length=300)

    def __init__(self, *args: Any, clase: NivelClasificacion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clase = clase
        self.fields["otras"].queryset = clase.cuadro.niveles.filter(nivel=clase.nivel).exclude(pk=clase.pk).en_orden()
        self.fields[
            "otras"
        ].help_text = "Sus expedientes viejos conservan su código y enlazan con la que queda. Con Ctrl elige varias."
        self.initial.update({"clave": clase.clave, "nombre": clase.nombre})

    def datos(self) -> DatosDeClase:
        """Cómo queda la clase."""
        limpio, clase = self.cleaned_data, self.clase
        return DatosDeClase(
            clase.nivel, limpio["clave"].strip(), limpio["nombre"].strip(), clase.alcance, clase.tipo_funcion, clase.descripcion
        )


class VigorForm(forms.Form):
    """Desde cuándo rige una versión y con qué acta."""

    desde = forms.DateField(label="Vigente desde", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    acta = forms.CharField(
        label="Acta con que se aprobó", max_length=300, help_text="Por ejemplo: Acta 2/2026 del 20 de noviembre."
    )


class AbrirCuadroForm(forms.Form):
    """Un cuadro nuevo: vacío, o con lo que diga un archivo."""

    nombre = forms.CharField(label="Nombre del cuadro", max_length=200)
    archivo = forms.FileField(
        label="Archivo CSV o XLSX",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text="Con las columnas Código, Nivel y Nombre, y las de la ficha si las tiene. Sin archivo, el cuadro empieza vacío.",
    )


class DatosDeCuadroForm(forms.ModelForm):
    """El nombre de una versión en borrador y la forma de sus claves."""

    class Meta:
        model = CuadroClasificacion
        fields = ("nombre", "patron_de_clave")

"""Lo que se pregunta al abrir, corregir, integrar, cerrar y reabrir un expediente."""

from typing import Any

from django import forms
from django.utils import timezone

from archivo.archivistica.puerta import Documento, Expediente, Integracion, NivelClasificacion
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Lector, Usuario

ELECTRONICO = {"vinculo": "Vínculo", "formato": "Formato", "requisitos": "Requisitos para leerlo", "ubicacion": "Ubicación"}
CLASIFICACION = {
    "fecha": "Fecha de clasificación",
    "titular": "Titular que clasifica",
    "acta": "Acta del Comité",
    "partes_restringidas": "Partes y fojas restringidas",
    "fundamento": "Fundamento",
    "periodo_reserva": "Periodo de reserva",
    "ampliacion": "Ampliación y número de acta",
    "desclasificacion": "Fecha de desclasificación y servidor público",
}
GRUPOS = (
    ("Identificación", ("area", "serie", "titulo", "asunto", "fecha_apertura", "responsable")),
    ("Soporte", ("soporte", "tradicion", "formato", "parte_fisica", "parte_fisica_cantidad")),
    ("Dónde está el papel", ("edificio", "pasillo", "anaquel", "charola", "caja")),
    ("Parte electrónica", tuple(f"electronico_{c}" for c in ELECTRONICO)),
    (
        "Acceso y clasificación",
        ("acceso", "nombradas", "solicitudes", "version_publica", *(f"clasificacion_{c}" for c in CLASIFICACION)),
    ),
    ("Notas", ("nota_archivero",)),
)
_SOLO_AL_ABRIR = ("area", "serie")
_FECHA = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def areas_de(lector: Lector) -> Any:
    """Las áreas cuyo archivo de trámite lleva esa persona."""
    ejercidas = [r.area_id for r in lector.roles if r.rol == "archivo_tramite"]
    return Area.objects.all() if None in ejercidas else Area.objects.filter(pk__in=ejercidas)


class ExpedienteForm(forms.ModelForm):
    """La carátula. Al corregir no se piden el área ni la serie; cerrado, sólo lo que no está en su índice."""

    version_publica = forms.NullBooleanField(
        label="¿Tiene versión pública?", required=False, widget=forms.Select(choices=[("", "—"), ("true", "Sí"), ("false", "No")])
    )

    class Meta:
        model = Expediente
        fields = (
            "area", "serie", "titulo", "asunto", "fecha_apertura", "responsable", "soporte", "tradicion", "formato", "parte_fisica",
            "parte_fisica_cantidad", "edificio", "pasillo", "anaquel", "charola", "caja", "acceso", "nombradas", "solicitudes",
            "nota_archivero",
        )  # fmt: skip
        widgets = {
            "fecha_apertura": _FECHA,
            "asunto": forms.Textarea(attrs={"rows": 3}),
            "nota_archivero": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, lector: Lector, admitidos: frozenset[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nuevo = self.instance.pk is None
        self._declarar_json()
        if self.nuevo:
            self._preparar_apertura(lector)
        else:
            for campo in _SOLO_AL_ABRIR:
                del self.fields[campo]
        self.fields["responsable"].queryset = Usuario.objects.filter(
            is_active=True, nombramientos__rol="archivo_tramite"
        ).distinct()
        self.fields["nombradas"].queryset = Usuario.objects.filter(is_active=True).order_by("first_name", "username")
        self.fields["asunto"].required = True
        if admitidos is not None:
            self._dejar(admitidos)

    def _declarar_json(self) -> None:
        for prefijo, claves in (("electronico", ELECTRONICO), ("clasificacion", CLASIFICACION)):
            guardado = getattr(self.instance, prefijo) or {}
            for clave, rotulo in claves.items():
                widget = _FECHA if clave == "fecha" else None
                clase = forms.DateField if clave == "fecha" else forms.CharField
                self.fields[f"{prefijo}_{clave}"] = clase(
                    label=rotulo, required=False, widget=widget, initial=guardado.get(clave, "")
                )
        self.fields["version_publica"].initial = (self.instance.clasificacion or {}).get("version_publica")

    def _preparar_apertura(self, lector: Lector) -> None:
        self.fields["area"].queryset = areas_de(lector)
        if self.fields["area"].queryset.count() == 1:
            self.fields["area"].initial = self.fields["area"].queryset.get()
        series = NivelClasificacion.objects.para_clasificar(timezone.localdate())
        if self.data.get("fecha_apertura"):
            series = NivelClasificacion.objects.series().filter(cuadro__clase="institucional", activa=True)
        self.fields["serie"].queryset = series.select_related("cuadro").en_orden()
        self.fields["fecha_apertura"].initial = timezone.localdate()

    def _dejar(self, admitidos: frozenset[str]) -> None:
        for nombre in list(self.fields):
            raiz = nombre.split("_")[0]
            propio = nombre if nombre in {*self._meta.fields, "version_publica"} else raiz
            if {"version_publica": "clasificacion", "nombradas": "acceso"}.get(propio, propio) not in admitidos:
                del self.fields[nombre]

    def grupos(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Los campos que quedan, por grupos."""
        return [
            (titulo, [self[n] for n in nombres if n in self.fields])
            for titulo, nombres in GRUPOS
            if any(n in self.fields for n in nombres)
        ]

    def _post_clean(self) -> None:
        """Los valores los escribe y los valida el servicio."""

    def _de_json(self, prefijo: str, claves: dict[str, str]) -> dict[str, Any]:
        valores = {c: self.cleaned_data.get(f"{prefijo}_{c}") for c in claves if f"{prefijo}_{c}" in self.fields}
        return {c: v if isinstance(v, str) else v.isoformat() for c, v in valores.items() if v}

    def cambios(self) -> dict[str, Any]:
        """Lo escrito, como lo recibe el servicio."""
        limpios = self.cleaned_data
        propios = {n: limpios[n] for n in self._meta.fields if n in limpios and n != "nombradas"}
        if "electronico_vinculo" in self.fields:
            propios["electronico"] = self._de_json("electronico", ELECTRONICO)
        if "clasificacion_acta" in self.fields:
            propios["clasificacion"] = self._de_json("clasificacion", CLASIFICACION)
            if limpios.get("version_publica") is not None:
                propios["clasificacion"]["version_publica"] = limpios["version_publica"]
        return propios


class IntegrarForm(forms.Form):
    """Cómo se integra lo elegido."""

    claves = forms.CharField(
        label="Folios o claves",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Uno por renglón o separados por comas. También puede buscar y marcar abajo.",
    )
    caras = forms.ChoiceField(label="Caras con texto", choices=Integracion.Caras.choices)
    ejemplar = forms.ChoiceField(label="Ejemplar", choices=Integracion.Ejemplar.choices)
    papel = forms.ChoiceField(
        label="Fojas",
        choices=[
            ("auto", "Las que den sus páginas, si está en papel"),
            ("papel", "Está en papel: las que den sus páginas"),
            ("sin", "No está en papel"),
        ],
    )
    foja_inicial = forms.IntegerField(
        label="Foja inicial escrita", required=False, min_value=1, help_text="Sólo para un documento que ya viene foliado."
    )
    foja_final = forms.IntegerField(label="Foja final escrita", required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        """Las dos fojas o ninguna."""
        limpios = super().clean() or {}
        if (limpios.get("foja_inicial") is None) != (limpios.get("foja_final") is None):
            raise forms.ValidationError("Escriba la foja inicial y la final, o ninguna.")
        return limpios

    def documento(self, item: Item, paginas: int) -> Documento:
        """Cómo entra ese elemento."""
        limpios = self.cleaned_data
        fojas = {"auto": None, "papel": max(paginas, 1), "sin": 0}[limpios["papel"]]
        if limpios["papel"] == "papel" and limpios["caras"] == Integracion.Caras.AMBOS:
            fojas = -(-max(paginas, 1) // 2)
        return Documento(item, fojas, limpios["foja_inicial"], limpios["foja_final"], limpios["caras"], limpios["ejemplar"])


class FoliarForm(forms.Form):
    """Las fojas de un documento que entró sin ellas."""

    caras = forms.ChoiceField(label="Caras con texto", choices=Integracion.Caras.choices)
    fojas = forms.IntegerField(
        label="Cuántas", required=False, min_value=1, max_value=100_000, help_text="En blanco, las que den sus páginas."
    )
    foja_inicial = forms.IntegerField(
        label="Foja inicial escrita", required=False, min_value=1, help_text="Sólo si el documento ya viene foliado."
    )
    foja_final = forms.IntegerField(label="Foja final escrita", required=False, min_value=1, max_value=10_000_000)

    def clean(self) -> dict[str, Any]:
        """Cuántas o cuáles, no las dos cosas."""
        limpios = super().clean() or {}
        escritas = [limpios.get("foja_inicial"), limpios.get("foja_final")]
        if escritas.count(None) == 1:
            raise forms.ValidationError("Escriba la foja inicial y la final, o ninguna.")
        if limpios.get("fojas") and None not in escritas:
            raise forms.ValidationError("Escriba cuántas fojas son, o la inicial y la final: no las dos cosas.")
        return limpios

    def documento(self, item: Item) -> Documento:
        """Cómo se folia."""
        limpios = self.cleaned_data
        return Documento(item, limpios["fojas"], limpios["foja_inicial"], limpios["foja_final"], limpios["caras"])


class CierreForm(forms.Form):
    """La fecha de cierre."""

    fecha_cierre = forms.DateField(label="Fecha de cierre", widget=_FECHA, initial=timezone.localdate)


class MotivoForm(forms.Form):
    """Por qué se reabre."""

    motivo = forms.CharField(label="Motivo", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)


class ReclasificacionForm(forms.Form):
    """A qué expediente va un documento y con qué acuerdo."""

    destino = forms.CharField(label="Código del expediente de destino", max_length=250)
    acuerdo = forms.CharField(label="Acuerdo de reclasificación", max_length=300, help_text="Número, fecha y quién lo autoriza.")

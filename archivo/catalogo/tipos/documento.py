"""El documento: oficios, minutas, actas y todo papel de un expediente que no es una pieza de comunicación."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem, ficha_completa
from archivo.catalogo.tipos.campos import FechaField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

CLASES = [
    ("oficio", "Oficio"),
    ("memorando", "Memorando"),
    ("circular", "Circular"),
    ("minuta", "Minuta"),
    ("acta", "Acta"),
    ("acuerdo", "Acuerdo"),
    ("contrato", "Contrato o convenio"),
    ("dictamen", "Dictamen"),
    ("informe", "Informe interno"),
    ("nota", "Nota o tarjeta"),
    ("correo", "Correo electrónico"),
    ("factura", "Comprobante"),
    ("lista", "Lista o relación"),
    ("otro", "Otro"),
]

_ESCRIBEN = (
    *("redaccion", "monitoreo", "fotografia_video", "diseno", "titular"),
    *("archivo_tramite", "archivo_concentracion", "archivo_historico"),
)


class DocumentoFichaForm(FichaForm):
    """Lo propio de un documento de archivo."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "clase": "oficio",
        "numero_documento": "CCS/0142/2026",
        "emisor": "Coordinación de Comunicación Social",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase", "numero_documento", "es_original"), ("emisor",), ("destinatario",), ("fecha_recepcion", "fojas")],
    }

    clase = forms.ChoiceField(label="Tipo documental", choices=opciones(CLASES))
    numero_documento = forms.CharField(
        label="Número", max_length=120, required=False, help_text="Como está en el documento: CCS/0142/2026."
    )
    es_original = forms.BooleanField(label="Es el original", required=False)
    emisor = forms.CharField(label="Quién lo emite", max_length=300, required=False)
    destinatario = forms.CharField(label="A quién se dirige", max_length=300, required=False)
    fecha_recepcion = FechaField(label="Se recibió el", required=False)
    fojas = forms.IntegerField(label="Fojas", min_value=1, required=False)

    def clean(self) -> dict[str, Any]:
        """Se sabe de quién es o a quién va."""
        limpios = super().clean() or {}
        if not limpios.get("emisor") and not limpios.get("destinatario"):
            self.add_error("emisor", "Escriba quién lo emite o a quién se dirige: al menos uno.")
        return limpios


class Documento(Item):
    """Un documento de archivo de cualquier clase."""

    codigo_de_tipo: ClassVar[str] = "documento"
    objects: ClassVar[ItemManager] = ItemManager(tipo="documento")

    class Meta:
        proxy = True
        verbose_name = "documento"
        verbose_name_plural = "documentos"


def _guardia(item: Item, paso: Paso) -> str:
    return ficha_completa(DocumentoFichaForm, item) if paso.accion in {"incorporar", "autorizar"} else ""


def _faltas(item: Item, *, con_archivo: bool) -> list[str]:
    recibido = item.ficha.get("fecha_recepcion")
    faltan = {
        "clase": not item.ficha.get("clase"),
        "emisor": not (item.ficha.get("emisor") or item.ficha.get("destinatario")),
        "recepcion_anterior": bool(recibido and item.fecha and recibido < item.fecha.isoformat()),
    }
    return [clave for clave, falta in faltan.items() if falta]


def nombre_de_clase(item: Item) -> list[str]:
    """El tipo documental, como se dice."""
    return [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []


def _resena(item: Item) -> list[str]:
    numero = item.ficha.get("numero_documento")
    return [*nombre_de_clase(item), *([str(numero)] if numero else [])]


DOCUMENTO = registrar_tipo(
    TipoDeItem(
        codigo="documento",
        nombre="Documento",
        nombre_plural="Documentos",
        icono="doc-full-inverse",
        modelo=Documento,
        ficha=DocumentoFichaForm,
        plantilla="portal/tipos/documento.html",
        repite=("emisor", "destinatario"),
        campos=(CampoDeBusqueda("clase", "Clase", nombre_de_clase),),
        texto_de_ficha=("numero_documento", "emisor", "destinatario"),
        resena=_resena,
        lleva_cuerpo=True,
        guardia=_guardia,
        faltas=_faltas,
        pendientes={
            "emisor": "Falta quién lo emite o a quién se dirige",
            "recepcion_anterior": "Se recibió antes de la fecha que lleva: revise las dos",
        },
        directo=True,
        escriben=_ESCRIBEN,
        esquema_org="DigitalDocument",
        serie_sugerida="correspondencia",
    )
)

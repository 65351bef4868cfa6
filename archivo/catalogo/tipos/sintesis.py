"""La síntesis informativa: los recortes del día, ordenados por secciones; publicada, ya no cambia."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.relaciones import ClaseDeRelacion
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem, ficha_completa
from archivo.catalogo.tipos.campos import HoraField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

CLASES = [
    ("matutina", "Matutina"),
    ("vespertina", "Vespertina"),
    ("especial", "Especial"),
    ("fin_de_semana", "Fin de semana"),
    ("mensual", "Mensual"),
]
SECCIONES = (
    ("ocho_columnas", "Ocho columnas"),
    ("primeras_planas", "Primeras planas"),
    ("institucional", "La institución en los medios"),
    ("informacion_general", "Información general"),
    ("columnas", "Columnas políticas"),
    ("cartones", "Cartones"),
    ("radio_y_television", "Radio y televisión"),
    ("digital", "Medios digitales y redes"),
    ("gaceta", "Diario Oficial y gacetas"),
)
"""El orden de las síntesis federales, más radio, televisión y redes."""
_ABIERTA = {"borrador", "en_revision"}


class SintesisFichaForm(FichaForm):
    """Lo propio de una síntesis."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "clase": "matutina",
        "edicion": 1,
        "elabora": "Monitoreo",
        "revisa": "Jefatura de Información",
        "hora_corte": "07:00",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase", "edicion", "sin_menciones")],
        "Quién la hace": [("elabora", "revisa"), ("hora_corte", "hora_envio")],
    }

    clase = forms.ChoiceField(label="Clase", choices=opciones(CLASES))
    edicion = forms.IntegerField(
        label="Edición", min_value=1, initial=1, help_text="La corrección de una publicada es la siguiente."
    )
    sin_menciones = forms.BooleanField(label="Sin menciones en el periodo", required=False)
    elabora = forms.CharField(label="Elabora", max_length=200, required=False)
    revisa = forms.CharField(label="Revisa", max_length=200, required=False)
    hora_corte = HoraField(label="Hora de corte", required=False)
    hora_envio = HoraField(label="Hora de envío", required=False)


class Sintesis(Item):
    """El resumen de lo que publicaron los medios en un periodo."""

    codigo_de_tipo: ClassVar[str] = "sintesis"
    objects: ClassVar[ItemManager] = ItemManager(tipo="sintesis")

    class Meta:
        proxy = True
        verbose_name = "síntesis"
        verbose_name_plural = "síntesis"


def _impide(item: Item) -> str:
    if item.estado in _ABIERTA:
        return ""
    return "La síntesis ya se autorizó y no cambia. Haga una edición nueva."


def _guardia(item: Item, paso: Paso) -> str:
    """Quién la hace, y qué contiene: notas con resumen, o la constancia de que no hubo menciones."""
    if paso.accion not in {"autorizar", "publicar"}:
        return ""
    f = item.ficha
    if not (f.get("elabora") and f.get("revisa") and f.get("hora_corte")):
        return "Faltan quién la elabora, quién la revisa o la hora de corte."
    notas = list(item.relaciones.filter(clase="incluye").select_related("destino"))
    if not notas and not f.get("sin_menciones"):
        return "La síntesis no tiene notas. Agréguelas, o marque que no hubo menciones."
    if notas and f.get("sin_menciones"):
        return "Dice que no hubo menciones y tiene notas. Quite la marca o las notas."
    sin_resumen = next((n.destino for n in notas if not (n.datos.get("resumen") or n.destino.resumen)), None)
    if sin_resumen:
        return f"«{sin_resumen.titulo[:80]}» no tiene resumen: escríbalo en la síntesis o en el recorte."
    return ficha_completa(SintesisFichaForm, item)


def _identidad(item: Item) -> str:
    """Una sola de cada clase, día y edición."""
    if item.fecha is None or not item.ficha.get("clase"):
        return ""
    return f"{item.fecha.isoformat()}:{item.ficha['clase']}:{item.ficha.get('edicion', 1)}"


def nombre_de_clase(item: Item) -> list[str]:
    """La clase de la síntesis, como se dice."""
    return [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []


SINTESIS = registrar_tipo(
    TipoDeItem(
        codigo="sintesis",
        nombre="Síntesis informativa",
        nombre_plural="Síntesis informativas",
        icono="list-ul",
        modelo=Sintesis,
        ficha=SintesisFichaForm,
        plantilla="portal/tipos/sintesis.html",
        repite=("elabora", "revisa"),
        campos=(CampoDeBusqueda("clase", "Clase", nombre_de_clase),),
        texto_de_ficha=("elabora", "revisa"),
        resena=lambda item: [*nombre_de_clase(item), f"edición {item.ficha.get('edicion', 1)}"],
        relaciones=(
            ClaseDeRelacion(
                "incluye",
                "Incluye",
                "Aparece en la síntesis",
                frozenset({"sintesis"}),
                frozenset({"recorte"}),
                SECCIONES,
                _impide,
            ),
        ),
        guardia=_guardia,
        faltas=lambda item, **_: [] if item.ficha.get("clase") else ["clase"],
        identidad=_identidad,
        congelado_en=frozenset({"autorizado", "programado", "publicado", "archivado", "retirado"}),
        escriben=("monitoreo", "redaccion", "titular", "archivo_tramite"),
        esquema_org="Report",
        serie_sugerida="sintesis",
    )
)

"""El evento: actos públicos, giras, ruedas de prensa, entrevistas, conferencias y lo que de ellos se cubrió."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.relaciones import ClaseDeRelacion
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem
from archivo.catalogo.tipos.campos import MomentoField, RenglonesField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo

CLASES = [
    ("acto_publico", "Acto público"),
    ("gira", "Gira"),
    ("rueda_de_prensa", "Rueda de prensa"),
    ("entrevista", "Entrevista"),
    ("sesion", "Sesión"),
    ("conferencia", "Conferencia"),
    ("campania", "Acto de campaña"),
    ("cobertura", "Cobertura"),
    ("invitacion", "Invitación"),
]
PRIORIDADES = [("alta", "Alta"), ("media", "Media"), ("baja", "Baja")]
ACCESOS = [
    ("abierto", "Abierto al público"),
    ("con_invitacion", "Con invitación"),
    ("cerrado", "Cerrado"),
    ("prensa", "Sólo prensa"),
]
SITUACIONES = [
    ("propuesto", "Propuesto"),
    ("programado", "Programado"),
    ("cubierto", "Cubierto"),
    ("no_cubierto", "No cubierto"),
    ("cancelado", "Cancelado"),
    ("reprogramado", "Reprogramado"),
]


class EventoFichaForm(FichaForm):
    """Lo propio de un evento de la agenda."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "clase": "acto_publico",
        "situacion": "programado",
        "inicio": "2026-11-20T10:00",
        "fin": "2026-11-20T12:00",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase", "situacion", "prioridad"), ("inicio", "fin", "tipo_acceso"), ("motivo_situacion",)],
        "Quiénes": [("presidium",), ("solicita",)],
        "Cobertura e invitación": [("coberturas",), ("medios_invitados",), ("invitados", "confirmados", "asistentes")],
    }

    clase = forms.ChoiceField(label="Clase", choices=opciones(CLASES))
    situacion = forms.ChoiceField(label="Situación", choices=SITUACIONES, initial="programado")
    prioridad = forms.ChoiceField(label="Prioridad", choices=opciones(PRIORIDADES), required=False)
    inicio = MomentoField(label="Empieza")
    fin = MomentoField(label="Termina", required=False)
    tipo_acceso = forms.ChoiceField(label="Entrada", choices=opciones(ACCESOS), required=False)
    motivo_situacion = forms.CharField(label="Por qué no se cubrió, se canceló o se cambió", max_length=300, required=False)
    presidium = RenglonesField(
        label="Presídium", required=False, help_text="Uno por renglón, en el orden del acto: nombre y cargo."
    )
    solicita = forms.CharField(label="Área que lo solicita", max_length=200, required=False)
    coberturas = RenglonesField(
        label="Coberturas",
        required=False,
        help_text="Una por renglón: quién y con qué (fotografía, video, audio, redacción, transmisión).",
    )
    medios_invitados = RenglonesField(
        label="Medios invitados", required=False, help_text="Uno por renglón. Nunca datos de contacto."
    )
    invitados = forms.IntegerField(label="Invitados", min_value=0, required=False)
    confirmados = forms.IntegerField(label="Confirmados", min_value=0, required=False)
    asistentes = forms.IntegerField(label="Asistentes", min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        """Termina después de empezar; lo que no se cubrió dice por qué; lo cubierto, quién lo cubrió."""
        limpios = super().clean() or {}
        inicio, fin = limpios.get("inicio"), limpios.get("fin")
        if inicio and fin and fin <= inicio:
            self.add_error("fin", "El evento termina después de empezar.")
        situacion = limpios.get("situacion")
        if situacion in {"no_cubierto", "cancelado", "reprogramado"} and not limpios.get("motivo_situacion"):
            self.add_error("motivo_situacion", "Escriba el motivo.")
        if situacion == "cubierto" and not limpios.get("coberturas"):
            self.add_error("coberturas", "Diga quién lo cubrió, al menos una persona.")
        return limpios


class Evento(Item):
    """Un acto de la agenda y su cobertura."""

    codigo_de_tipo: ClassVar[str] = "evento"
    objects: ClassVar[ItemManager] = ItemManager(tipo="evento")

    class Meta:
        proxy = True
        verbose_name = "evento"
        verbose_name_plural = "eventos"


def nombre_de_clase(item: Item) -> list[str]:
    """La clase del evento, como se dice."""
    return [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []


def _resena(item: Item) -> list[str]:
    hora = str(item.ficha.get("inicio", ""))[11:16]
    return [*nombre_de_clase(item), *([f"{hora} h"] if hora else []), *([item.lugar] if item.lugar else [])]


EVENTO = registrar_tipo(
    TipoDeItem(
        codigo="evento",
        nombre="Evento",
        nombre_plural="Eventos",
        icono="calendar-alt",
        modelo=Evento,
        ficha=EventoFichaForm,
        plantilla="portal/tipos/evento.html",
        repite=("solicita", "tipo_acceso"),
        campos=(CampoDeBusqueda("clase", "Clase", nombre_de_clase),),
        texto_de_ficha=("presidium", "coberturas", "solicita"),
        resena=_resena,
        relaciones=(
            ClaseDeRelacion(
                "producido_en",
                "Del evento",
                "Lo que produjo",
                frozenset({"boletin", "audiovisual", "recorte", "impreso", "publicacion", "documento"}),
                frozenset({"evento"}),
            ),
        ),
        lleva_cuerpo=True,
        basta_la_ficha=True,
        faltas=lambda item, **_: [c for c in ("clase", "inicio") if not item.ficha.get(c)],
        pendientes={"inicio": "Falta cuándo empieza"},
        admite_futuro=True,
        escriben=("redaccion", "fotografia_video", "titular", "archivo_tramite"),
        esquema_org="Event",
        serie_sugerida="agenda",
    )
)

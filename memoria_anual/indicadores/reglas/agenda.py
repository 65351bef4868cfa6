"""Eventos: lo cubierto, las entrevistas y ruedas de prensa, las invitaciones."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from archivo.catalogo.puerta import Item, Relacion
from memoria_anual.indicadores.declaracion import Indicador
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import EMITIDOS, FIRMES, desglose_de_ficha, elementos

_CLASE = desglose_de_ficha("evento", "clase", "Por clase")
_NO_FIRME = "Eventos en borrador, en revisión, cancelados o retirados."


def _cubiertos(**condiciones: str) -> QuerySet[Item]:
    return elementos(FIRMES, "evento", ficha__situacion="cubierto", **condiciones)


def _entrevistas() -> QuerySet[Item]:
    """Los eventos realizados de esas clases y, de las transcritas, las que no son de un evento ya contado."""
    del_evento = Relacion.objects.filter(
        origen_id=OuterRef("pk"),
        clase="producido_en",
        destino__estado__in=FIRMES,
        destino__ficha__situacion="cubierto",
        destino__ficha__clase__in=("entrevista", "rueda_de_prensa"),
    )
    eventos = Q(tipo="evento", estado__in=FIRMES, ficha__situacion="cubierto", ficha__clase__in=("entrevista", "rueda_de_prensa"))
    transcritas = Q(tipo="boletin", estado__in=EMITIDOS, serie__clave="entrevista") & ~Q(Exists(del_evento))
    return Item.objects.filter(eventos | transcritas)


COB = registrar_indicador(
    Indicador(
        clave="COB",
        nombre="Eventos cubiertos",
        unidad="eventos",
        cuenta="Cada evento cuya situación es «cubierto», una vez, aunque lo hayan cubierto varias personas.",
        excluye=_NO_FIRME,
        base="La fecha local del evento.",
        fuente=FuenteDeFilas(_cubiertos, grupos=(_CLASE,)),
        capitulo=4,
    )
)

ENT = registrar_indicador(
    Indicador(
        clave="ENT",
        nombre="Entrevistas y ruedas de prensa",
        unidad="entrevistas",
        cuenta="Cada evento cubierto de clase entrevista o rueda de prensa, y cada entrevista transcrita que no es de uno de ellos.",
        excluye=f"{_NO_FIRME} Las conferencias transcritas (CON).",
        base="La fecha local.",
        fuente=FuenteDeFilas(_entrevistas, grupos=(_CLASE,)),
        capitulo=4,
    )
)

INV = registrar_indicador(
    Indicador(
        clave="INV",
        nombre="Invitaciones atendidas",
        unidad="invitaciones",
        cuenta="Cada evento de clase invitación cuya situación es «cubierto».",
        excluye=_NO_FIRME,
        base="La fecha local del evento.",
        fuente=FuenteDeFilas(lambda: _cubiertos(ficha__clase="invitacion")),
        capitulo=11,
    )
)

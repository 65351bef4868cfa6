"""Campañas, diseños, publicaciones oficiales y encuestas."""

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from archivo.catalogo.puerta import Item
from memoria_anual.indicadores.declaracion import Indicador, Semantica
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.periodos import Periodo
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import EMITIDOS, FIRMES, NO_EMITIDO, de_ficha, desglose_de_ficha, elementos

_NO_FIRMES = "Borradores, en revisión, cancelados y retirados."
_CLASE_DE_IMPRESO = desglose_de_ficha("impreso", "clase", "Por clase")
_CLASE_DE_PUBLICACION = desglose_de_ficha("publicacion", "clase", "Por clase")


def _campanias() -> QuerySet[Item]:
    """Las campañas con `_empieza` y `_termina` como texto ISO: así se comparan igual en cualquier base."""
    empieza = Coalesce(NullIf(Cast(de_ficha("desde"), CharField()), Value("")), Cast("fecha", CharField()), Value(""))
    termina = Coalesce(Cast(de_ficha("hasta"), CharField()), Value(""))
    return elementos(FIRMES, "campania").annotate(_empieza=empieza, _termina=termina)


def _activa(periodo: Periodo) -> Q:
    sin_termino_o_despues = Q(_termina="") | Q(_termina__gte=periodo.desde.isoformat())
    return Q(_empieza__gt="", _empieza__lte=periodo.hasta.isoformat()) & sin_termino_o_despues


def _disenios() -> QuerySet[Item]:
    sin_entregar = Q(ficha__has_key="fecha_solicitud") & ~Q(ficha__has_key="fecha_entrega")
    return elementos(FIRMES, "impreso").filter(~sin_entregar)


CAM = registrar_indicador(
    Indicador(
        clave="CAM",
        nombre="Campañas",
        unidad="campañas",
        cuenta="Cada campaña activa algún día del periodo, una vez; la que no dice cuándo termina sigue activa desde que empieza.",
        excluye=_NO_FIRMES,
        base="Los días en que empieza y termina la campaña.",
        semantica=Semantica.EXISTENCIA,
        fuente=FuenteDeFilas(_campanias, en_periodo=_activa),
        capitulo=9,
    )
)

DIS = registrar_indicador(
    Indicador(
        clave="DIS",
        nombre="Diseños entregados",
        unidad="diseños",
        cuenta="Cada impreso con visto bueno, una vez; no cuentan los ejemplares.",
        excluye=f"{_NO_FIRMES} Los solicitados que aún no dicen cuándo se entregaron.",
        fuente=FuenteDeFilas(_disenios, grupos=(_CLASE_DE_IMPRESO,)),
        capitulo=8,
    )
)

PUB = registrar_indicador(
    Indicador(
        clave="PUB",
        nombre="Publicaciones oficiales",
        unidad="publicaciones",
        cuenta="Cada publicación oficial publicada o archivada.",
        excluye=f"{NO_EMITIDO} Encuestas y estudios (ENC).",
        fuente=FuenteDeFilas(
            lambda: elementos(EMITIDOS, "publicacion").exclude(ficha__clase="encuesta"), grupos=(_CLASE_DE_PUBLICACION,)
        ),
        capitulo=10,
    )
)

ENC = registrar_indicador(
    Indicador(
        clave="ENC",
        nombre="Encuestas y estudios",
        unidad="encuestas",
        cuenta="Cada publicación oficial de clase encuesta, publicada o archivada.",
        excluye=NO_EMITIDO,
        fuente=FuenteDeFilas(lambda: elementos(EMITIDOS, "publicacion", ficha__clase="encuesta")),
        capitulo=12,
    )
)

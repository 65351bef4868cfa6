"""Producción audiovisual: fotografías tomadas, seleccionadas y publicadas (nunca mezcladas), videos, minutos y transmisiones."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from archivo.catalogo.puerta import ESTADOS, Adjunto, Item, q_fotografias
from memoria_anual.indicadores.declaracion import Indicador, Medida
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import FIRMES, de_ficha, desglose_de_ficha, elementos, segundos

FOTOS = ("fotografia", "album_fotografico")
VIDEOS = ("video", "spot_tv", "spot_radio")
_NO_FIRMES = "Borradores, en revisión, cancelados y retirados."
_CLASE = desglose_de_ficha("audiovisual", "clase", "Por clase")
_TOMADAS = tuple(e for e in ESTADOS if e != "cancelado")


def fotografias() -> QuerySet[Item]:
    """Fotografías y álbumes: existen desde que se toman, aunque su descripción sea un borrador."""
    return elementos(_TOMADAS, "audiovisual", ficha__clase__in=FOTOS)


def _contadas(condicion: Q, declaradas: str) -> Any:
    """Los archivos que son fotografías y cumplen la condición; si el elemento no tiene ninguna, lo que su ficha dice."""
    suyas = Adjunto.objects.filter(q_fotografias(), item_id=OuterRef("pk")).order_by().values("item_id")
    archivos = suyas.annotate(n=Count("pk", filter=condicion)).values("n")
    dicho = Cast(NullIf(de_ficha(declaradas), Value("")), IntegerField())
    return Coalesce(Subquery(archivos, output_field=IntegerField()), dicho, Value(0))


def _a_la_vista() -> QuerySet[Item]:
    """Las que cualquiera puede ver ahora: el álbum publicado y público. La hora se mira en cada pregunta (hay embargos)."""
    return fotografias() & Item.objects.publicos().filter(acceso_efectivo="publico")


def _videos(*clases: str) -> QuerySet[Item]:
    return elementos(FIRMES, "audiovisual", ficha__clase__in=clases)


_TODAS = _contadas(Q(), "tomadas")
_ELEGIDAS = _contadas(Q(seleccionada=True), "seleccionadas")
_ABIERTAS = _contadas(Q(acceso_efectivo="publico"), "publicadas")

for _clave, _nombre, _cuenta, _filas, _peso in (
    (
        "FOT-T",
        "Fotografías tomadas",
        "Cada archivo de fotografía ingresado; de lo que no tiene archivos, las que dice su ficha.",
        fotografias,
        _TODAS,
    ),
    ("FOT-S", "Fotografías seleccionadas", "De las tomadas, las marcadas como parte de la selección.", fotografias, _ELEGIDAS),
    ("FOT-P", "Fotografías publicadas", "De las tomadas, las que cualquiera puede ver hoy, una por una.", _a_la_vista, _ABIERTAS),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad="fotografías",
            cuenta=_cuenta,
            excluye="Álbumes y fotografías cancelados.",
            base="La fecha local de la sesión.",
            medida=Medida.SUMA,
            fuente=FuenteDeFilas(_filas, peso=_peso, grupos=(_CLASE,), sin_ceros=True),
            capitulo=7,
        )
    )

VID = registrar_indicador(
    Indicador(
        clave="VID",
        nombre="Videos producidos",
        unidad="videos",
        cuenta="Cada video y cada spot de televisión o de radio con visto bueno.",
        excluye=f"{_NO_FIRMES} Transmisiones en vivo (LIV), audios e infografías animadas.",
        fuente=FuenteDeFilas(lambda: _videos(*VIDEOS), grupos=(_CLASE,)),
        capitulo=7,
    )
)

registrar_indicador(
    Indicador(
        clave="VID-M",
        nombre="Minutos de video producidos",
        unidad="minutos",
        cuenta="La duración de los videos de VID, en minutos; el peso de cada uno son sus segundos.",
        excluye=f"{_NO_FIRMES} Los que no dicen cuánto duran.",
        medida=Medida.SUMA,
        divisor=60,
        fuente=FuenteDeFilas(lambda: _videos(*VIDEOS), peso=segundos("duracion"), grupos=(_CLASE,), sin_ceros=True),
        capitulo=7,
    )
)

LIV = registrar_indicador(
    Indicador(
        clave="LIV",
        nombre="Transmisiones en vivo",
        unidad="transmisiones",
        cuenta="Cada transmisión en vivo con visto bueno, una vez.",
        excluye=_NO_FIRMES,
        fuente=FuenteDeFilas(lambda: _videos("transmision_en_vivo")),
        capitulo=6,
    )
)

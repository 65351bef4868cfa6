"""Monitoreo: síntesis, notas, notas únicas y su valoración."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import batched

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from archivo.catalogo.puerta import Item, Relacion, rotulos
from memoria_anual.indicadores.calendario import de_la_oficina, habiles
from memoria_anual.indicadores.declaracion import Desglose, Indicador, Medida, Semantica
from memoria_anual.indicadores.escogidas import FuenteDescontada, FuenteEscogida
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.periodos import Periodo
from memoria_anual.indicadores.registro import registrar_indicador
from memoria_anual.indicadores.reglas.comunes import EMITIDOS, NO_EMITIDO, desglose_de_ficha, elementos
from memoria_anual.indicadores.reglas.nombres import nombres_de_medios

LOTE = 5_000
_CLASE = desglose_de_ficha("sintesis", "clase", "Por clase")


def _de_valoracion(claves: Collection[str]) -> Mapping[str, str]:
    return dict(rotulos("valoracion")) | {"": "Sin valorar"}


_VALORACION = Desglose("valoracion", "Por valoración", F("ficha_valoracion"), _de_valoracion)
_TIPO = replace(desglose_de_ficha("recorte", "tipo_medio", "Por clase de medio"), expresion=F("ficha_tipo_medio"))
_MEDIO = Desglose("medio", "Por medio", F("medio_id"), nombres_de_medios)


def sintesis() -> QuerySet[Item]:
    """Las síntesis publicadas."""
    return elementos(EMITIDOS, "sintesis")


def notas() -> QuerySet[Item]:
    """Los recortes publicados en el archivo."""
    return elementos(EMITIDOS, "recorte")


_DE_NOTAS = FuenteDeFilas(notas, grupos=(_MEDIO, _VALORACION, _TIPO))


def una_por_dia_habil(pares: list[tuple[int, date]]) -> set[int]:
    """La primera síntesis de cada día hábil."""
    calendario = de_la_oficina()
    primeras: dict[date, int] = {}
    for pk, dia in pares:
        if calendario is not None and calendario.cuenta(dia):
            primeras.setdefault(dia, pk)
    return set(primeras.values())


def dias_habiles_corridos(periodo: Periodo) -> int:
    """Los días hábiles del periodo hasta hoy: de un año en curso no se exige lo que falta."""
    calendario = de_la_oficina()
    if calendario is None:
        return 0
    return sum(1 for _ in habiles(calendario, periodo.desde, min(periodo.hasta, timezone.localdate())))


def repetidas(periodo: Periodo) -> dict[int, str]:
    """Las notas del periodo que repiten otra, con su día: de cada grupo unido por nota madre, a cualquier distancia, todas menos la primera.

    La primera (por fecha y fila) lo es de todas las fechas: así los trimestres suman el año. Sólo se pregunta por el día de las
    enlazadas del periodo y de las de sus grupos que son anteriores: una posterior no puede ser la primera.
    """
    vecinas = _vecinas()
    enlazadas = Q(pk__in=_lazos().values("origen_id")) | Q(pk__in=_lazos().values("destino_id"))
    dentro = _dias(Q(fecha__gte=periodo.desde, fecha__lte=periodo.hasta) & enlazadas)
    grupos = list(_grupos(vecinas, dentro))
    fuera: dict[int, str] = {}
    for lote in batched((pk for grupo in grupos for pk in grupo if pk not in dentro), LOTE):
        fuera |= _dias(Q(pk__in=lote, fecha__lt=periodo.desde))
    sobran: dict[int, str] = {}
    for grupo in grupos:
        dias = [(dentro.get(pk) or fuera[pk], pk) for pk in grupo if pk in dentro or pk in fuera]
        primera = min(dias)[1]
        sobran |= {pk: dia for dia, pk in dias if pk in dentro and pk != primera}
    return sobran


def _lazos() -> QuerySet[Relacion]:
    return Relacion.objects.filter(clase="nota_madre").order_by()


def _vecinas() -> Mapping[int, set[int]]:
    """De cada nota, las que son la misma según un lazo directo. Una consulta de dos números por lazo."""
    vecinas: dict[int, set[int]] = defaultdict(set)
    for una, otra in _lazos().values_list("origen_id", "destino_id"):
        vecinas[una].add(otra)
        vecinas[otra].add(una)
    return vecinas


def _dias(condicion: Q) -> dict[int, str]:
    """El día, como texto, de las notas que cuentan y la cumplen."""
    return dict(notas().filter(condicion).order_by().values_list("pk", Cast("fecha", CharField())))


def _grupos(vecinas: Mapping[int, set[int]], inicios: Iterable[int]) -> Iterator[set[int]]:
    """Los conjuntos de notas unidas por algún camino a una de esas."""
    vistas: set[int] = set()
    for inicio in inicios:
        if inicio in vistas:
            continue
        grupo, por_ver = {inicio}, [inicio]
        while por_ver:
            nuevas = vecinas[por_ver.pop()] - grupo
            grupo |= nuevas
            por_ver += nuevas
        vistas |= grupo
        yield grupo


SIN = registrar_indicador(
    Indicador(
        clave="SIN",
        nombre="Síntesis elaboradas",
        unidad="síntesis",
        cuenta="Cada edición de síntesis publicada o archivada, también las que dicen que no hubo menciones.",
        excluye=NO_EMITIDO,
        fuente=FuenteDeFilas(sintesis, grupos=(_CLASE,)),
        capitulo=5,
    )
)

registrar_indicador(
    Indicador(
        clave="SIN-C",
        nombre="Cumplimiento de la síntesis diaria",
        unidad="%",
        cuenta="Días hábiles con al menos una síntesis, entre los días hábiles del periodo hasta hoy.",
        excluye="Sábados, domingos, descansos obligatorios (LFT art. 74) y los días inhábiles que registró la oficina; las demás ediciones del mismo día.",
        semantica=Semantica.RAZON,
        medida=Medida.PORCENTAJE,
        fuente=FuenteEscogida(FuenteDeFilas(sintesis, grupos=(_CLASE,)), una_por_dia_habil),
        denominador=dias_habiles_corridos,
        capitulo=5,
    )
)

NOT = registrar_indicador(
    Indicador(
        clave="NOT",
        nombre="Notas monitoreadas (impactos)",
        unidad="notas",
        cuenta="Cada recorte publicado o archivado, aunque otro medio haya dado la misma nota.",
        excluye=NO_EMITIDO,
        base="La fecha en que el medio la publicó o transmitió.",
        fuente=_DE_NOTAS,
        capitulo=5,
    )
)

registrar_indicador(
    Indicador(
        clave="NOT-U",
        nombre="Notas únicas",
        unidad="notas",
        cuenta="De las que son la misma nota (nota madre), sólo la primera que se publicó.",
        excluye=NO_EMITIDO,
        base="La fecha de la primera de su grupo.",
        fuente=FuenteDescontada(_DE_NOTAS, repetidas),
        capitulo=5,
    )
)

for _clave, _nombre, _cual in (
    ("TON", "Valoración positiva", "positiva"),
    ("TON-I", "Valoración informativa", "informativa"),
    ("TON-N", "Valoración negativa", "negativa"),
):
    registrar_indicador(
        Indicador(
            clave=_clave,
            nombre=_nombre,
            unidad="%",
            cuenta=f"De los recortes valorados, cuántos son de valoración {_cual}.",
            excluye=f"{NO_EMITIDO} Los que nadie ha valorado.",
            base="La fecha en que el medio la publicó o transmitió.",
            semantica=Semantica.RAZON,
            medida=Medida.PORCENTAJE,
            fuente=FuenteDeFilas(
                lambda: notas().filter(ficha_valoracion__isnull=False),
                peso=Case(When(ficha_valoracion=_cual, then=Value(1)), default=Value(0), output_field=IntegerField()),
                grupos=(_TIPO,),
            ),
            capitulo=5,
        )
    )

"""Días hábiles, para medir el cumplimiento de lo que se hace cada día de trabajo."""

from collections.abc import Iterator
from datetime import date, timedelta

LUNES_A_VIERNES = range(5)
_FIJOS = ((1, 1), (5, 1), (9, 16), (12, 25))
_LUNES = ((2, 1), (3, 3), (11, 3))
"""El primer lunes de febrero y el tercero de marzo y de noviembre (mes, cuál)."""
_SEXENIO, _PRIMER_SEXENIO = 6, 2024


def descansos(anio: int) -> frozenset[date]:
    """Los descansos obligatorios de un año (LFT art. 74): fijos, en lunes y el 1 de octubre de cada seis años."""
    dias = {date(anio, mes, dia) for mes, dia in _FIJOS} | {_lunes(anio, mes, cual) for mes, cual in _LUNES}
    if anio >= _PRIMER_SEXENIO and (anio - _PRIMER_SEXENIO) % _SEXENIO == 0:
        dias.add(date(anio, 10, 1))
    return frozenset(dias)


def _lunes(anio: int, mes: int, cual: int) -> date:
    primero = date(anio, mes, 1)
    return primero + timedelta(days=(7 - primero.weekday()) % 7 + 7 * (cual - 1))


def es_habil(dia: date) -> bool:
    """¿Se trabaja ese día?"""
    return dia.weekday() in LUNES_A_VIERNES and dia not in descansos(dia.year)


def habiles(desde: date, hasta: date) -> Iterator[date]:
    """Los días hábiles entre dos días, los dos incluidos."""
    dia = desde
    while dia <= hasta:
        if es_habil(dia):
            yield dia
        dia += timedelta(days=1)

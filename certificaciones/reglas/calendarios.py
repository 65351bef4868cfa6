"""Contar plazos en días hábiles con un calendario: qué días no cuentan es dato, nunca código."""

from dataclasses import dataclass
from datetime import date, timedelta

from certificaciones.reglas.models import Calendario, DescansoAnual

UN_DIA = timedelta(days=1)
MAXIMO = 1000
"""Días naturales que se recorren antes de dar por mal hecho un calendario en que nada es hábil."""


@dataclass(frozen=True)
class DiasHabiles:
    """Un calendario leído de una vez, para preguntarle muchas veces. Se hace con `dias_habiles_de`."""

    semana: frozenset[int]
    anuales: tuple[DescansoAnual, ...]
    acordados: tuple[tuple[date, date], ...]

    def cuenta(self, dia: date) -> bool:
        """¿Es hábil ese día?"""
        if dia.isoweekday() in self.semana or any(desde <= dia <= hasta for desde, hasta in self.acordados):
            return False
        return not any(_cae(d, dia) for d in self.anuales)

    def sumar(self, inicio: date, dias: int) -> date:
        """El día en que termina un plazo de `dias` hábiles: corre desde el siguiente a `inicio` (LGTAIP 128).

        Raises:
            ValueError: el calendario no tiene días hábiles con que contarlo.
        """
        return self._recorrer(inicio, dias, UN_DIA)

    def restar(self, fin: date, dias: int) -> date:
        """El día hábil que está `dias` hábiles antes de `fin`. Lanza `ValueError` como `sumar`."""
        return self._recorrer(fin, dias, -UN_DIA)

    def _recorrer(self, dia: date, faltan: int, paso: timedelta) -> date:
        for _ in range(MAXIMO):
            if faltan <= 0:
                return dia
            dia += paso
            faltan -= self.cuenta(dia)
        raise ValueError("El calendario casi no tiene días hábiles: revise sus días inhábiles.")


def _cae(descanso: DescansoAnual, dia: date) -> bool:
    """¿Toca ese descanso ese día? Los de cada varios años se cuentan desde el año en que empezó a regir."""
    if dia.month != descanso.mes or not descanso.rige(dia) or (dia.year - descanso.vigente_desde.year) % descanso.cada_anios:
        return False
    if descanso.dia is not None:
        return dia.day == descanso.dia
    return dia.isoweekday() == descanso.dia_de_semana and (dia.day - 1) // 7 + 1 == descanso.cual


def dias_habiles_de(calendario: Calendario) -> DiasHabiles:
    """El calendario leído de la base (dos consultas)."""
    semana = {6} if calendario.descansa_sabado else set()
    semana |= {7} if calendario.descansa_domingo else set()
    acordados = tuple((i.desde, i.hasta or i.desde) for i in calendario.inhabiles.all())
    return DiasHabiles(frozenset(semana), tuple(calendario.descansos.all()), acordados)

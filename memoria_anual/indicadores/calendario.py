"""Días hábiles, para medir el cumplimiento de lo que se hace cada día de trabajo: con los calendarios con que se cuentan los plazos."""

from collections.abc import Iterator
from datetime import date, timedelta

from certificaciones.reglas.puerta import Calendario, DiasHabiles, dias_habiles_de

CLAVE = "LFT-74"
"""El calendario de los descansos obligatorios (LFT art. 74), que toda instalación recibe y la oficina corrige con fechas."""


def de_la_oficina() -> DiasHabiles | None:
    """El calendario con que trabaja la oficina, leído de una vez; None si alguien lo quitó: entonces no hay con qué medir."""
    calendario = Calendario.objects.filter(clave=CLAVE).first()
    return dias_habiles_de(calendario) if calendario else None


def habiles(calendario: DiasHabiles, desde: date, hasta: date) -> Iterator[date]:
    """Los días hábiles entre dos días, los dos incluidos."""
    dia = desde
    while dia <= hasta:
        if calendario.cuenta(dia):
            yield dia
        dia += timedelta(days=1)

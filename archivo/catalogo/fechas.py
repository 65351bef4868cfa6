"""Fechas parciales e inciertas como intervalos de días.

Una fecha del archivo puede ser un día, un mes, un año, una década o desconocida. Se guarda el primer y el último día
posibles, para ordenar y filtrar, y el texto como se leyó. La notación es EDTF (ISO 8601-2): `1987`, `1987-03`, `1987~`,
`198X`, `1980/1989`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

LARGO = 80
"""Lo que cabe en la columna; el lector de EDTF tarda segundos con textos de miles."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_APROXIMADA = re.compile(r"(?:ca\.?|c\.|circa|hacia)\s*(\d{4})\Z", re.IGNORECASE)
_PRECISION = ((0, "dia"), (31, "mes"), (366, "anio"), (3653, "decada"))


class FechaIlegible(ValueError):
    """El texto no es una fecha que se pueda entender."""


@dataclass(frozen=True)
class FechaParcial:
    """El intervalo de días en que cae un hecho; sin días, la fecha se desconoce."""

    desde: date | None = None
    hasta: date | None = None
    texto: str = ""

    @property
    def precision(self) -> str:
        """`dia`, `mes`, `anio`, `decada`, `intervalo` o `desconocida`."""
        if self.desde is None or self.hasta is None:
            return "desconocida"
        dias = (self.hasta - self.desde).days
        return next((nombre for limite, nombre in _PRECISION if dias <= limite), "intervalo")


DESCONOCIDA = FechaParcial()


def leer(texto: str | None) -> FechaParcial:
    """La fecha que dice un texto: ISO, EDTF, «ca. 1987», o vacío (desconocida). Con hora, vale su día local.

    Raises:
        FechaIlegible: con una frase que dice cómo escribirla.
    """
    limpio = (texto or "").strip()
    if len(limpio) > LARGO:
        raise FechaIlegible(f"La fecha pasa de {LARGO} caracteres. Escríbala como 2026-11-22, 1987-03, 1987 o ca. 1987.")
    return _leer(limpio) if limpio else DESCONOCIDA


@lru_cache(maxsize=20_000)
def _leer(texto: str) -> FechaParcial:
    try:
        if _ISO.match(texto):
            dia = date.fromisoformat(texto)
            return FechaParcial(dia, dia)
        momento = parse_datetime(texto)
        if momento is not None:
            return _del_momento(momento)
    except (ValueError, OverflowError) as error:
        raise FechaIlegible(f"«{texto}» no es una fecha del calendario. Escríbala como 2026-11-22, 1987-03 o 1987.") from error
    return _de_edtf(texto)


def _del_momento(momento: datetime) -> FechaParcial:
    dia = timezone.localtime(momento).date() if momento.tzinfo else momento.date()
    return FechaParcial(dia, dia)


def _de_edtf(texto: str) -> FechaParcial:
    aproximada = _APROXIMADA.match(texto)
    try:
        leida = parse_edtf(f"{aproximada[1]}~" if aproximada else texto)
        desde, hasta = leida.lower_strict(), leida.upper_strict()
        dato = "" if texto.replace("-", "").isdigit() else texto
        return FechaParcial(date(*desde[:3]), date(*hasta[:3]), dato)
    except (EDTFParseException, ValueError, AttributeError, TypeError) as error:
        raise FechaIlegible(f"No entendemos la fecha «{texto}». Escríbala como 2026-11-22, 1987-03, 1987 o ca. 1987.") from error

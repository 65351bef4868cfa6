"""Fechas parciales e inciertas como intervalos de días.

Una fecha del archivo puede ser un día, un mes, una estación, un año, una década, un siglo, un intervalo (abierto o no) o
desconocida. Se guarda el primer y el último día posibles, para ordenar y filtrar, y el texto como se leyó. La notación es EDTF
(ISO 8601-2) y, además, el español: `1987`, `1987~`, `198X`, `1980/..`, «ca. 1987», «entre 1985 y 1990», «s. XIX».
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from archivo.catalogo.fechas_espanol import de_espanol
from archivo.catalogo.fechas_lectura import Lectura, de_dia, de_edtf, frase_de_intervalo

LARGO = 80
"""Lo que cabe en la columna; el lector de EDTF tarda segundos con textos de miles."""
COMO = "Escríbala como 2026-11-22, 1987-03, 1987, ca. 1987, 198X, entre 1985 y 1990 o s. XIX."
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_LLANA = re.compile(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d{2})?)?\Z")
_SIN_FECHA = re.compile(r"(?:s\.? ?/?f\.?|sin fecha|desconocida|se desconoce|s\.? ?d\.?)\Z", re.IGNORECASE)
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
        """`dia`, `mes`, `anio`, `decada`, `intervalo` o `desconocida`. Lo que cruza de un año a otro nunca es `mes` ni `anio`."""
        if self.desde is None or self.hasta is None:
            return "desconocida"
        dias = (self.hasta - self.desde).days
        nombre = next((nombre for limite, nombre in _PRECISION if dias <= limite), "intervalo")
        cruza = nombre in {"mes", "anio"} and self.desde.year != self.hasta.year
        return "intervalo" if cruza else nombre

    @property
    def frase(self) -> str:
        """Cómo se dice: «hacia 1987», «década de 1980», «desde 1985», «sin fecha»."""
        if self.desde is None or self.hasta is None:
            return "sin fecha"
        leida = _entender(self.texto) if self.texto else None
        return leida.frase if leida else frase_de_intervalo(self.desde, self.hasta)


DESCONOCIDA = FechaParcial()


def leer(texto: str | None) -> FechaParcial:
    """La fecha que dice un texto: ISO, EDTF, español, o vacío («s/f» también: desconocida). Con hora, vale su día local.

    Raises:
        FechaIlegible: con una frase que dice cómo escribirla.
    """
    limpio = " ".join((texto or "").split())
    if len(limpio) > LARGO:
        raise FechaIlegible(f"La fecha pasa de {LARGO} caracteres. {COMO}")
    return _leer(limpio) if limpio and not _SIN_FECHA.match(limpio) else DESCONOCIDA


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
        raise FechaIlegible(f"«{texto}» no es una fecha del calendario. {COMO}") from error
    leida = _entender(texto)
    if leida is None:
        raise FechaIlegible(f"No entendemos la fecha «{texto}». {COMO}")
    return FechaParcial(leida.desde, leida.hasta, "" if _LLANA.match(texto) else texto)


@lru_cache(maxsize=20_000)
def _entender(texto: str) -> Lectura | None:
    return de_edtf(texto) or de_espanol(texto)


def _del_momento(momento: datetime) -> FechaParcial:
    dia = timezone.localtime(momento).date() if momento.tzinfo else momento.date()
    leida = de_dia(dia)
    return FechaParcial(leida.desde, leida.hasta)

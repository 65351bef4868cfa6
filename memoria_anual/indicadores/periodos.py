"""Los periodos de que se dan cuentas: año, trimestre, año de gobierno o dos días cualesquiera. Se deciden por fecha local."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.formats import date_format

COMO = "Escriba un año (2026), un trimestre (2026-T3), un año de gobierno (2026-G) o dos días (2026-01-01..2026-06-30)."
_ANIO = re.compile(r"([0-9]{4})\Z")
_TRIMESTRE = re.compile(r"([0-9]{4})-T([1-4])\Z")
_DE_GOBIERNO = re.compile(r"([0-9]{4})-G\Z")
_ORDINALES = ("primer", "segundo", "tercer", "cuarto")
PRIMER_ANIO = 1500


class PeriodoIlegible(ValueError):
    """El periodo no se entiende; el mensaje dice cómo escribirlo."""


@dataclass(frozen=True)
class Periodo:
    """Del primer al último día, los dos incluidos. `clave` es su forma canónica y vuelve a leerse con `leer_periodo`."""

    desde: date
    hasta: date
    clave: str

    @property
    def nombre(self) -> str:
        """Cómo se dice: «2026», «tercer trimestre de 2026», «año de gobierno 2026–2027», «del 1 de enero de 2026 al…»."""
        if _ANIO.match(self.clave):
            return self.clave
        if trimestre := _TRIMESTRE.match(self.clave):
            return f"{_ORDINALES[int(trimestre[2]) - 1]} trimestre de {trimestre[1]}"
        if _DE_GOBIERNO.match(self.clave):
            return f"año de gobierno {self.desde.year}–{self.hasta.year}"
        return f"del {_en_palabras(self.desde)} al {_en_palabras(self.hasta)}"

    @property
    def anio(self) -> int:
        """El año en que empieza."""
        return self.desde.year

    @property
    def anterior(self) -> "Periodo":
        """El mismo periodo un año antes. Lo que termina con el mes termina con el mes, también en febrero."""
        if _ANIO.match(self.clave) or _TRIMESTRE.match(self.clave) or _DE_GOBIERNO.match(self.clave):
            return leer_periodo(f"{self.desde.year - 1:04d}{self.clave[4:]}")
        return _de_dias(_un_anio_antes(self.desde, al_final=False), _un_anio_antes(self.hasta, al_final=True))

    @property
    def trimestres(self) -> tuple["Periodo", ...]:
        """Los cuatro de un año natural; de otro periodo, ninguno."""
        return tuple(leer_periodo(f"{self.clave}-T{n}") for n in (1, 2, 3, 4)) if _ANIO.match(self.clave) else ()

    @property
    def dias(self) -> int:
        """Cuántos días abarca."""
        return (self.hasta - self.desde).days + 1

    def __str__(self) -> str:
        return self.clave


def leer_periodo(texto: str) -> Periodo:
    """El periodo que dice `AAAA`, `AAAA-Tn`, `AAAA-G` o `DESDE..HASTA`.

    Raises:
        PeriodoIlegible: con una frase que dice cómo escribirlo.
    """
    limpio = texto.strip().upper()
    if limpio[:4].isascii() and limpio[:4].isdecimal() and not PRIMER_ANIO <= int(limpio[:4]) < date.max.year:
        raise PeriodoIlegible(f"El año de «{texto}» no es de este archivo. {COMO}")
    if anio := _ANIO.match(limpio):
        return Periodo(date(int(anio[1]), 1, 1), date(int(anio[1]), 12, 31), limpio)
    if trimestre := _TRIMESTRE.match(limpio):
        return _del_trimestre(int(trimestre[1]), int(trimestre[2]), limpio)
    if gobierno := _DE_GOBIERNO.match(limpio):
        return _de_gobierno(int(gobierno[1]), limpio)
    return _entre_dias(texto, limpio)


def periodo_del_trimestre(anio: int, trimestre: int) -> Periodo:
    """El trimestre de ese año, del 1 al 4."""
    return leer_periodo(f"{anio:04d}-T{trimestre}")


def _del_trimestre(anio: int, n: int, clave: str) -> Periodo:
    ultimo_mes = 3 * n
    return Periodo(date(anio, ultimo_mes - 2, 1), date(anio, ultimo_mes, calendar.monthrange(anio, ultimo_mes)[1]), clave)


def _de_gobierno(anio: int, clave: str) -> Periodo:
    mes, dia = settings.ACERVO_INICIO_DE_GOBIERNO
    return Periodo(date(anio, mes, dia), date(anio + 1, mes, dia) - timedelta(days=1), clave)


def _entre_dias(texto: str, limpio: str) -> Periodo:
    desde, puntos, hasta = limpio.partition("..")
    try:
        primero, ultimo = date.fromisoformat(desde.strip()), date.fromisoformat(hasta.strip())
    except ValueError as error:
        raise PeriodoIlegible(f"No se entiende el periodo «{texto[:60]}». {COMO}") from error
    if not puntos or ultimo < primero:
        raise PeriodoIlegible(f"El periodo «{texto[:60]}» termina antes de empezar. {COMO}")
    if not PRIMER_ANIO <= primero.year <= ultimo.year < date.max.year:
        raise PeriodoIlegible(f"El año de «{texto[:60]}» no es de este archivo. {COMO}")
    return _de_dias(primero, ultimo)


def _de_dias(desde: date, hasta: date) -> Periodo:
    return Periodo(desde, hasta, f"{desde.isoformat()}..{hasta.isoformat()}")


def _un_anio_antes(dia: date, *, al_final: bool) -> date:
    ultimo = calendar.monthrange(dia.year - 1, dia.month)[1]
    termina_el_mes = al_final and dia.day == calendar.monthrange(dia.year, dia.month)[1]
    return date(dia.year - 1, dia.month, ultimo if termina_el_mes else min(dia.day, ultimo))


def _en_palabras(dia: date) -> str:
    return date_format(dia, r"j \d\e F \d\e Y")

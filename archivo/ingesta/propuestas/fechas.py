"""Fechas escritas en español, de un día a un año."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

MESES = {
    nombre: n
    for n, nombres in enumerate(
        (
            "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago",
            "septiembre setiembre sep set", "octubre oct", "noviembre nov", "diciembre dic",
        ),
        1,
    )
    for nombre in nombres.split()
}  # fmt: skip
ANIO_MINIMO = 1500
_LARGOS = "|".join(sorted((m for m in MESES if len(m) > 3), key=len, reverse=True))
_TODOS = "|".join(sorted(MESES, key=len, reverse=True))
_ANIO = r"(?P<a>\d{4}|\d\.\d{3})(?![\d.]*\d)"
_DIA = r"(?<!\d)(?P<d>\d{1,2}|primero)(?:\s?(?:o|er|ro|°|º)\.?)?"
_DE = r"\s*(?:de\s*l?\s*(?:ano\s*(?:de\s*)?)?|,)?\s*"

# De lo más preciso a lo menos: el primero que dé una fecha del calendario gana.
_DIAS = (
    re.compile(rf"{_DIA}\s*(?:dias?\s*)?(?:del\s+mes\s+)?de\s+(?P<m>{_LARGOS})\b{_DE}{_ANIO}"),
    re.compile(rf"{_DIA}[\s./-]+(?P<m>{_TODOS})\b\.?[\s./-]+(?:de\s+)?{_ANIO}"),
    re.compile(r"(?<![\d/-])(?P<a>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d/-])"),
    re.compile(r"(?<![\d./-])(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<a>\d{4})(?![\d/-])"),
    re.compile(rf"\b(?P<m>{_LARGOS})\s+(?P<d>\d{{1,2}})\s*,\s*(?:de\s+)?{_ANIO}"),
)
_MESES_Y_ANIO = (re.compile(rf"\b(?P<m>{_LARGOS})\b{_DE}{_ANIO}"),)
_ANIOS = (re.compile(rf"\b(?:ano|ejercicio|edicion|periodo)\s+(?:fiscal\s+)?(?:de\s+)?{_ANIO}"),)


def _llano(texto: str) -> str:
    """Minúsculas sin acentos, letra por letra, para que las posiciones sigan siendo las del original."""
    return "".join((unicodedata.normalize("NFD", c)[0].lower()[:1] or c) if c not in "°º" else c for c in texto)


def _anio(hallazgo: re.Match[str], hoy: date) -> int | None:
    anio = int(hallazgo["a"].replace(".", ""))
    return anio if ANIO_MINIMO <= anio <= hoy.year + 1 else None


def _mes(hallazgo: re.Match[str]) -> int:
    crudo = hallazgo["m"]
    return int(crudo) if crudo.isdigit() else MESES[crudo]


def _dia_completo(hallazgo: re.Match[str], hoy: date) -> str:
    anio = _anio(hallazgo, hoy)
    dia = 1 if hallazgo["d"] == "primero" else int(hallazgo["d"])
    try:
        return date(anio or 0, _mes(hallazgo), dia).isoformat()
    except ValueError:
        return ""


def _mes_y_anio(hallazgo: re.Match[str], hoy: date) -> str:
    anio = _anio(hallazgo, hoy)
    return f"{anio:04}-{_mes(hallazgo):02}" if anio else ""


def _solo_anio(hallazgo: re.Match[str], hoy: date) -> str:
    anio = _anio(hallazgo, hoy)
    return f"{anio:04}" if anio else ""


_ESCALERA: tuple[tuple[tuple[re.Pattern[str], ...], Callable[[re.Match[str], date], str]], ...] = (
    (_DIAS, _dia_completo),
    (_MESES_Y_ANIO, _mes_y_anio),
    (_ANIOS, _solo_anio),
)


def _hallazgos(
    llano: str, patrones: tuple[re.Pattern[str], ...], leer: Callable[[re.Match[str], date], str], hoy: date
) -> Iterator[tuple[int, int, str]]:
    for patron in patrones:
        for hallazgo in patron.finditer(llano):
            if fecha := leer(hallazgo, hoy):
                yield hallazgo.start(), hallazgo.end(), fecha


def proponer_fecha(texto: str, hoy: date | None = None) -> tuple[str, str]:
    """La fecha más precisa y primera del texto, en EDTF, y las palabras de donde salió; dos cadenas vacías si no hay.

    «22 de noviembre de 2026» → `2026-11-22`; «noviembre de 1987» → `1987-11`; «22/11/2026» → `2026-11-22` (día primero,
    como se escribe en México y Colombia). Una fecha que el calendario no tiene no se propone.
    """
    limite = hoy or date.today()
    llano = _llano(texto)
    for patrones, leer in _ESCALERA:
        primera = min(_hallazgos(llano, patrones, leer, limite), default=None)
        if primera:
            inicio, fin, fecha = primera
            return fecha, " ".join(texto[inicio:fin].split())[:120]
    return "", ""

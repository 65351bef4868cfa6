"""Las fechas como las escribe una persona en español: «ca. 1987», «entre 1985 y 1990», «s. XIX», «primavera de 1987»."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from archivo.catalogo.fechas_lectura import (
    ESTACIONES,
    MESES,
    Lectura,
    calificar,
    con_articulo,
    de_anios,
    de_dia,
    de_edtf,
    de_estacion,
    de_mes,
    de_periodo,
    entre,
)

_MES = "|".join([*MESES, "setiembre", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept?", "oct", "nov", "dic"])
_ROMANO = {"i": 1, "v": 5, "x": 10}
_ORDINAL = {"primer": 0, "1er": 0, "1": 0, "segundo": 1, "2": 1, "tercer": 2, "3er": 2, "3": 2, "cuarto": 3, "4": 3}
_TRAMOS = {
    "principios": (0, 29), "inicios": (0, 29), "mediados": (40, 59), "fines": (70, 99), "finales": (70, 99),
    "primera mitad": (0, 49), "segunda mitad": (50, 99), "primer tercio": (0, 32), "ultimo tercio": (66, 99),
}  # fmt: skip
_SIGLO = re.compile(rf"(?:(?P<tramo>{'|'.join(_TRAMOS)}) de(?:l)? )?(?:s\.?|siglo) ?(?P<siglo>[ivx]+)\Z")
_MESES_POR_PERIODO = {"trimestre": 3, "cuatrimestre": 4, "semestre": 6}


def de_espanol(texto: str) -> Lectura | None:
    """Lo que dice un texto en español; None si no se entiende."""
    plano = _plano(texto)
    for patron, leer in _REGLAS:
        hallado = patron.match(plano)
        if hallado:
            try:
                return leer(hallado)
            except (ValueError, OverflowError):
                return None
    return None


def _plano(texto: str) -> str:
    """Minúsculas, sin acentos (la eñe incluida), guiones iguales y espacios recogidos; sin los corchetes de fecha atribuida."""
    sin_acentos = "".join(c for c in unicodedata.normalize("NFKD", texto.casefold()) if not unicodedata.combining(c))
    plano = " ".join(re.sub("[–—‒]", "-", sin_acentos).replace("¿", "").split())
    return plano[1:-1].strip() if plano.startswith("[") and plano.endswith("]") else plano


def _otra(texto: str) -> Lectura | None:
    """Una fecha dentro de otra: EDTF o español."""
    return de_edtf(texto) or de_espanol(texto)


def _aproximada(partes: re.Match[str]) -> Lectura | None:
    leida = _otra(partes[1])
    return leida and calificar(leida, "~")


def _dudosa(partes: re.Match[str]) -> Lectura | None:
    leida = _otra(partes[1])
    return leida and calificar(leida, "?")


def _entre(partes: re.Match[str]) -> Lectura | None:
    inicio, fin = _otra(partes[1]), _otra(partes[2])
    if inicio is None or fin is None or inicio.desde > fin.hasta:
        return None
    return Lectura(inicio.desde, fin.hasta, f"entre {con_articulo(inicio)} y {con_articulo(fin)}")


def _de_a(partes: re.Match[str]) -> Lectura | None:
    inicio, fin = _otra(partes[1]), _otra(partes[2])
    return entre(inicio, fin) if inicio and fin else None


def _desde(partes: re.Match[str]) -> Lectura | None:
    inicio = _otra(partes[1])
    return inicio and entre(inicio, None)


def _hasta(partes: re.Match[str]) -> Lectura | None:
    fin = _otra(partes[1])
    return fin and entre(None, fin)


def _antes(partes: re.Match[str]) -> Lectura | None:
    fin = _otra(partes[1])
    if fin is None or fin.desde == date.min:
        return None
    return Lectura(date.min, fin.desde - timedelta(days=1), f"antes de {fin.frase}")


def _despues(partes: re.Match[str]) -> Lectura | None:
    inicio = _otra(partes[1])
    if inicio is None or inicio.hasta == date.max:
        return None
    return Lectura(inicio.hasta + timedelta(days=1), date.max, f"después de {inicio.frase}")


def _siglo(partes: re.Match[str]) -> Lectura | None:
    """El siglo XIX va de 1801 a 1900; sus mitades y tercios, en años enteros."""
    escrito = partes["siglo"]
    numero = _de_romano(escrito)
    if not 1 <= numero <= 21:
        return None
    inicio = (numero - 1) * 100 + 1
    primero, ultimo = _TRAMOS.get(partes["tramo"] or "", (0, 99))
    tramo = {"ultimo tercio": "último tercio"}.get(partes["tramo"], partes["tramo"])
    frase = f"{tramo} del siglo {escrito.upper()}" if tramo else f"siglo {escrito.upper()}"
    return Lectura(date(inicio + primero, 1, 1), date(inicio + ultimo, 12, 31), frase)


def _de_romano(escrito: str) -> int:
    total = 0
    for letra, siguiente in zip(escrito, [*escrito[1:], ""], strict=True):
        valor = _ROMANO[letra]
        total += -valor if _ROMANO.get(siguiente, 0) > valor else valor
    return total


def _decada(partes: re.Match[str]) -> Lectura:
    anio = int(partes[1]) if len(partes[1]) == 4 else 1900 + int(partes[1])
    return de_anios(anio - anio % 10, anio - anio % 10 + 9)


def _decada_cortada(partes: re.Match[str]) -> Lectura:
    """`198-`, la notación de las reglas de catalogación."""
    return de_anios(int(partes[1]) * 10, int(partes[1]) * 10 + 9)


def _estacion(partes: re.Match[str]) -> Lectura:
    nombres = [e.replace("ñ", "n") for e in ESTACIONES]
    cual = nombres.index(partes[1])
    return de_estacion(int(partes[2]), cual, 3 + 3 * cual)


def _periodo(partes: re.Match[str]) -> Lectura | None:
    meses, cual = _MESES_POR_PERIODO[partes[2]], _ORDINAL.get(partes[1], 12)
    return de_periodo(int(partes[3]), cual, meses) if cual * meses < 12 else None


def _numero_de_mes(nombre: str) -> int:
    return next(n for n, mes in enumerate(MESES, 1) if mes.startswith(nombre.replace("setiembre", "septiembre")[:3]))


def _dia_escrito(partes: re.Match[str]) -> Lectura:
    return de_dia(date(int(partes[3]), _numero_de_mes(partes[2]), int(partes[1])))


def _mes_escrito(partes: re.Match[str]) -> Lectura:
    return de_mes(int(partes[2]), _numero_de_mes(partes[1]))


def _dia_con_barras(partes: re.Match[str]) -> Lectura:
    return de_dia(date(int(partes[3]), int(partes[2]), int(partes[1])))


def _regla(patron: str, leer: Callable[[re.Match[str]], Lectura | None]) -> tuple[re.Pattern[str], Callable]:
    return re.compile(rf"(?:{patron})\Z"), leer


_REGLAS = (
    _regla(r"(?:circa|hacia|alrededor de|aprox(?:imadamente|\.)?|ca?\.?)\s*(?:el )?(\S.*)", _aproximada),
    _regla(r"(?:posiblemente|probablemente|quizas?|tal vez)\s+(\S.*)", _dudosa),
    _regla(r"entre (?:el )?(.+?) y (?:el )?(.+)", _entre),
    _regla(r"del? (?:el )?(.+?) al? (?:el )?(.+)", _de_a),
    _regla(r"(\d{4}) ?(?:-|a|al) ?(\d{4})", _de_a),
    _regla(r"desde (?:el )?(.+)", _desde),
    _regla(r"(.+?) en adelante", _desde),
    _regla(r"hasta (?:el )?(.+)", _hasta),
    _regla(r"(?:antes de|anterior a)(?:l)? ?(.+)", _antes),
    _regla(r"(?:despues de|posterior a)(?:l)? ?(.+)", _despues),
    (_SIGLO, _siglo),
    _regla(r"(?:decada de(?: los)?|anos|los anos|los) ?(\d{4}|[1-9]0)", _decada),
    _regla(r"(\d{3})-", _decada_cortada),
    _regla(r"(primavera|verano|otono|invierno) (?:de(?:l)? )?(\d{4})", _estacion),
    _regla(r"(\w+?)\.?[ºo]? (trimestre|cuatrimestre|semestre) (?:de(?:l)? )?(\d{4})", _periodo),
    _regla(rf"(\d{{1,2}})(?:o|er)? de ({_MES})\.? (?:de(?:l)? )?(\d{{4}})", _dia_escrito),
    _regla(rf"({_MES})\.? (?:de(?:l)? )?(\d{{4}})", _mes_escrito),
    _regla(r"(\d{1,2})/(\d{1,2})/(\d{4})", _dia_con_barras),
    _regla(r"(.+?) ?\?", _dudosa),
)  # fmt: skip

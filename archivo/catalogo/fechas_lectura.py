"""Lo que se entiende de una fecha escrita: el intervalo de días y cómo se dice en español.

Aquí está la notación EDTF (ISO 8601-2:2019, anexo A): niveles 0 y 1 enteros, y del 2 las estaciones, trimestres y semestres, los
conjuntos y los calificadores parciales. Lo que no es EDTF lo intenta `fechas_espanol`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
ESTACIONES = ("primavera", "verano", "otoño", "invierno")
_ORDINALES = ("primer", "segundo", "tercer", "cuarto")
_SIMPLE = re.compile(r"(?P<anio>\d{4}|\d{3}X|\d{2}XX|\dXXX)(?:-(?P<mes>\d{2}|XX)(?:-(?P<dia>\d{2}|XX))?)?(?P<duda>[?~%]?)\Z")
_ABIERTO = ("", "..")
_ANTES = {"~": "hacia ", "?": "posiblemente ", "%": "posiblemente hacia ", "": ""}


@dataclass(frozen=True)
class Lectura:
    """El primer y el último día posibles, y la frase que lo dice («hacia 1987», «siglo XIX»)."""

    desde: date
    hasta: date
    frase: str


def de_edtf(texto: str) -> Lectura | None:
    """Lo que dice una fecha EDTF; None si no lo es, o si cae fuera de los años 1 a 9999."""
    escrito = texto.replace(" ", "").upper().replace("U", "X")
    desde, barra, hasta = escrito.partition("/")
    try:
        if barra:
            return _intervalo(desde, hasta)
        return _simple(escrito) or _con_la_biblioteca(escrito, texto)
    except (ValueError, OverflowError):
        return None


def _simple(texto: str) -> Lectura | None:
    partes = _SIMPLE.match(texto)
    if partes is None:
        return None
    anio, mes, dia, duda = partes["anio"], partes["mes"], partes["dia"], partes["duda"]
    if "X" in anio:
        leida = _anio_incompleto(anio) if mes in {None, "XX"} else None
    elif mes is None or mes == "XX":
        leida = de_anios(int(anio), int(anio))
    elif int(mes) > 12:
        leida = _parte_del_anio(int(anio), int(mes)) if dia is None else None
    else:
        leida = de_mes(int(anio), int(mes)) if dia in {None, "XX"} else _de_dia(int(anio), int(mes), int(dia))
    return leida and calificar(leida, duda)


def calificar(leida: Lectura, duda: str) -> Lectura:
    """La misma, dicha como aproximada (`~`), dudosa (`?`) o ambas (`%`)."""
    articulo = "el " if duda and leida.desde == leida.hasta else ""
    frase = leida.frase.removeprefix("de ") if duda else leida.frase
    return Lectura(leida.desde, leida.hasta, f"{_ANTES[duda]}{articulo}{frase}")


def _anio_incompleto(anio: str) -> Lectura:
    """`198X` es una década; `19XX`, cien años; `1XXX`, mil."""
    primero, ultimo = int(anio.replace("X", "0")), int(anio.replace("X", "9"))
    return de_anios(max(primero, 1), ultimo)


def de_anios(primero: int, ultimo: int) -> Lectura:
    """Años enteros: uno, una década o varios."""
    if primero == ultimo:
        frase = str(primero)
    elif primero % 10 == 0 and ultimo == primero + 9:
        frase = f"década de {primero}"
    else:
        frase = f"entre {primero} y {ultimo}"
    return Lectura(date(primero, 1, 1), date(ultimo, 12, 31), frase)


def de_mes(anio: int, mes: int) -> Lectura:
    """Un mes entero."""
    ultimo = calendar.monthrange(anio, mes)[1]
    return Lectura(date(anio, mes, 1), date(anio, mes, ultimo), f"{MESES[mes - 1]} de {anio}")


def _de_dia(anio: int, mes: int, dia: int) -> Lectura:
    return de_dia(date(anio, mes, dia))


def de_dia(dia: date) -> Lectura:
    """Un solo día."""
    return Lectura(dia, dia, f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}")


def _parte_del_anio(anio: int, codigo: int) -> Lectura | None:
    """Estaciones (21-32), trimestres (33-36), cuatrimestres (37-39) y semestres (40-41) de ISO 8601-2.

    Las estaciones son las meteorológicas: 21-28 las del norte, 29-32 las del sur; el invierno del norte acaba en el año siguiente.
    """
    if 21 <= codigo <= 28:
        cual = (codigo - 21) % 4
        return de_estacion(anio, cual, 3 + 3 * cual)
    if 29 <= codigo <= 32:
        return de_estacion(anio, codigo - 29, (9, 12, 3, 6)[codigo - 29])
    if 33 <= codigo <= 41:
        return _periodo_de_codigo(anio, codigo)
    return None


def _periodo_de_codigo(anio: int, codigo: int) -> Lectura:
    base, meses = (33, 3) if codigo <= 36 else (37, 4) if codigo <= 39 else (40, 6)
    return de_periodo(anio, codigo - base, meses)


def de_estacion(anio: int, cual: int, mes: int) -> Lectura:
    """La estación `cual` (0 es primavera), que empieza en ese mes y dura tres."""
    return Lectura(date(anio, mes, 1), _fin_de_meses(anio, mes, 3), f"{ESTACIONES[cual]} de {anio}")


def de_periodo(anio: int, cual: int, meses: int) -> Lectura:
    """El trimestre, cuatrimestre o semestre `cual` (desde 0) del año."""
    nombre = {3: "trimestre", 4: "cuatrimestre", 6: "semestre"}[meses]
    mes = 1 + cual * meses
    return Lectura(date(anio, mes, 1), _fin_de_meses(anio, mes, meses), f"{_ORDINALES[cual]} {nombre} de {anio}")


def _fin_de_meses(anio: int, mes: int, cuantos: int) -> date:
    salto = mes - 1 + cuantos
    return date(anio + salto // 12, salto % 12 + 1, 1) - timedelta(days=1)


def _intervalo(desde: str, hasta: str) -> Lectura | None:
    """`1985/1990`, `1985/..` (sigue abierto), `1985/` (no se sabe cuándo acabó), `../1990`."""
    if desde in _ABIERTO and hasta in _ABIERTO:
        return None
    inicio = None if desde in _ABIERTO else _simple(desde)
    fin = None if hasta in _ABIERTO else _simple(hasta)
    if (inicio is None and desde not in _ABIERTO) or (fin is None and hasta not in _ABIERTO):
        return None
    return entre(inicio, fin)


def entre(inicio: Lectura | None, fin: Lectura | None) -> Lectura | None:
    """De una fecha a otra; None en un extremo es que está abierto. El final no puede ir antes que el principio."""
    if inicio is None:
        return fin and Lectura(date.min, fin.hasta, f"hasta {con_articulo(fin)}")
    if fin is None:
        return Lectura(inicio.desde, date.max, f"desde {con_articulo(inicio)}")
    if inicio.desde > fin.hasta:
        return None
    frase = f"de {inicio.frase} a {fin.frase}"
    if inicio.desde == inicio.hasta and fin.desde == fin.hasta:
        frase = f"del {inicio.frase} al {fin.frase}"
    return Lectura(inicio.desde, fin.hasta, frase)


def con_articulo(leida: Lectura) -> str:
    """La frase con «el» si es un día."""
    return f"el {leida.frase}" if leida.desde == leida.hasta and leida.frase[:1].isdigit() else leida.frase


def _con_la_biblioteca(texto: str, escrito: str) -> Lectura | None:
    """Conjuntos (`[1667,1670..1672]`, `{1667,1668}`) y calificadores dentro de la fecha (`1987?-04`)."""
    pedido = f"[{texto[1:-1]}]" if texto.startswith("{") and texto.endswith("}") else texto
    try:
        leida = parse_edtf(pedido)
        desde, hasta = leida.lower_strict(), leida.upper_strict()
        dias = date(*desde[:3]), date(*hasta[:3])
    except (EDTFParseException, ValueError, AttributeError, TypeError):
        return None
    if dias[0] > dias[1]:
        return None
    if pedido.startswith("["):
        return Lectura(*dias, _conjunto(texto, escrito))
    duda = "~" if "~" in texto else "?" if "?" in texto else "%" if "%" in texto else ""
    return calificar(Lectura(*dias, frase_de_intervalo(*dias)), duda)


def _conjunto(texto: str, escrito: str) -> str:
    """«1667 o 1668»; el conjunto `{}` son todas: «1667 y 1668»."""
    y = "y" if texto.startswith("{") else "o"
    piezas = [p.replace("..", " a ") for p in escrito.strip()[1:-1].replace(" ", "").split(",")]
    return piezas[0] if len(piezas) == 1 else f"{', '.join(piezas[:-1])} {y} {piezas[-1]}"


def frase_de_intervalo(desde: date, hasta: date) -> str:
    """Cómo se dice un intervalo del que no se guardó el texto."""
    if desde == hasta:
        return de_dia(desde).frase
    mes = de_mes(desde.year, desde.month)
    if (mes.desde, mes.hasta) == (desde, hasta):
        return mes.frase
    if desde == date.min:
        return f"hasta {hasta.year}"
    if hasta == date.max:
        return f"desde {desde.year}"
    return de_anios(desde.year, hasta.year).frase

"""Los datos del archivo dichos en palabras: fechas, tamaños, cantidades y citas (es-MX)."""

from datetime import date

from archivo.catalogo.puerta import FechaParcial

MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_UNIDADES = ("bytes", "kB", "MB", "GB", "TB")
_MIL = 1000


def dia_en_palabras(dia: date) -> str:
    """«18 de agosto de 2026»."""
    return f"{dia.day} de {MESES[dia.month - 1]} de {dia.year}"


def fecha_en_palabras(fecha: FechaParcial) -> str:
    """La fecha con la precisión que tiene: día, mes, año, década, intervalo o «sin fecha»."""
    if fecha.desde is None or fecha.hasta is None:
        return "sin fecha"
    if fecha.precision == "dia":
        return dia_en_palabras(fecha.desde)
    if _es_mes_entero(fecha.desde, fecha.hasta):
        return f"{MESES[fecha.desde.month - 1]} de {fecha.desde.year}"
    return _anios_en_palabras(fecha.desde.year, fecha.hasta.year, fecha.texto)


def _es_mes_entero(desde: date, hasta: date) -> bool:
    return (desde.year, desde.month, desde.day) == (hasta.year, hasta.month, 1)


def _anios_en_palabras(primero: int, ultimo: int, texto: str) -> str:
    if primero == ultimo:
        return f"hacia {primero}" if "~" in texto or "?" in texto else str(primero)
    if primero % 10 == 0 and ultimo == primero + 9:
        return f"década de {primero}"
    return f"entre {primero} y {ultimo}"


def fecha_para_maquina(fecha: FechaParcial) -> str:
    """El valor de `datetime`: día, mes o año; vacío si no tiene uno solo."""
    if fecha.desde is None or fecha.hasta is None:
        return ""
    if fecha.precision == "dia":
        return fecha.desde.isoformat()
    if fecha.desde.year != fecha.hasta.year:
        return ""
    return fecha.desde.isoformat()[:7] if fecha.desde.month == fecha.hasta.month else str(fecha.desde.year)


def tamano_en_palabras(cantidad: int) -> str:
    """«412 kB», «1.1 MB»: unidades de mil en mil, como las cuentan los sistemas de archivos."""
    medida, paso = float(cantidad), 0
    while medida >= _MIL and paso < len(_UNIDADES) - 1:
        medida, paso = medida / _MIL, paso + 1
    return f"{medida:.1f} {_UNIDADES[paso]}" if paso > 1 and medida < 10 else f"{round(medida)} {_UNIDADES[paso]}"


def miles(cantidad: int) -> str:
    """«128,412»."""
    return f"{cantidad:,}"

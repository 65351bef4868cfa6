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
    """La fecha como se dice: «18 de agosto de 2026», «hacia 1987», «siglo XIX», «desde 1985» o «sin fecha»."""
    return fecha.frase


def fecha_para_maquina(fecha: FechaParcial) -> str:
    """El valor de `datetime`: día, mes o año; vacío si no tiene uno solo."""
    if fecha.desde is None or fecha.hasta is None:
        return ""
    if fecha.precision == "dia":
        return fecha.desde.isoformat()
    if fecha.desde.year != fecha.hasta.year:
        return ""
    return fecha.desde.isoformat()[: 7 if fecha.desde.month == fecha.hasta.month else 4]


def tamano_en_palabras(cantidad: int) -> str:
    """«412 kB», «1.1 MB»: unidades de mil en mil, como las cuentan los sistemas de archivos."""
    medida, paso = float(cantidad), 0
    while medida >= _MIL and paso < len(_UNIDADES) - 1:
        medida, paso = medida / _MIL, paso + 1
    return f"{medida:.1f} {_UNIDADES[paso]}" if paso > 1 and medida < 10 else f"{round(medida)} {_UNIDADES[paso]}"


def miles(cantidad: int) -> str:
    """«128,412»."""
    return f"{cantidad:,}"

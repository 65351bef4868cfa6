"""Cantidades y fechas con letra, como las escribe una certificación: nunca a mano.

El femenino concuerda con «fojas»: «treinta y una», «doscientas». La biblioteca `num2words` sólo escribe el masculino y, de los
miles, «veintiuno mil»: de ella se usan los números menores que mil y el género se pone aquí.
"""

from collections.abc import Callable
from datetime import date

from num2words import num2words

MAXIMO = 999_999
MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def _hasta_mil(n: int) -> str:
    return str(num2words(n, lang="es"))


def _en_femenino(letra: str) -> str:
    """Las centenas y el uno final concuerdan; «cien» y «ciento», no."""
    letra = letra.replace("ientos", "ientas")
    return f"{letra[:-1]}a" if letra.endswith("uno") else letra


def _apocopado(letra: str) -> str:
    """Ante un sustantivo masculino: «veintiún días», «treinta y un días»."""
    if letra.endswith("veintiuno"):
        return f"{letra[:-9]}veintiún"
    return letra[:-1] if letra.endswith("uno") else letra


def _en_letra(n: int, concordar: Callable[[str], str], apocopar: Callable[[str], str]) -> str:
    """Los miles, cuyo número se apocopa ante «mil», y el resto, que concuerda con el sustantivo."""
    if not 1 <= n <= MAXIMO:
        raise ValueError(f"Se escriben con letra las cantidades de 1 a {MAXIMO:,}; llegó {n}.")
    miles, resto = divmod(n, 1000)
    partes = []
    if miles:
        partes.append("mil" if miles == 1 else f"{apocopar(_hasta_mil(miles))} mil")
    if resto:
        partes.append(concordar(_hasta_mil(resto)))
    return " ".join(partes)


def fojas_en_letra(n: int) -> str:
    """El número en femenino: 1 «una», 21 «veintiuna», 500 «quinientas», 1001 «mil una», 21000 «veintiuna mil».

    Raises:
        ValueError: `n` no está entre 1 y 999,999.
    """
    return _en_letra(n, _en_femenino, _en_femenino)


def numero_en_letra(n: int) -> str:
    """El número en masculino, como se dice un año: 2026 «dos mil veintiséis».

    Raises:
        ValueError: `n` no está entre 1 y 999,999.
    """
    return _en_letra(n, str, _apocopado)


def fojas_utiles(n: int) -> str:
    """Con el sustantivo y el número, como lo pide una certificación: «cincuenta y cinco (55) fojas útiles», «una (1) foja útil»."""
    return f"{fojas_en_letra(n)} ({n}) {nombre_de_fojas(n)}"


def nombre_de_fojas(n: int) -> str:
    """«foja útil» o «fojas útiles»."""
    return "foja útil" if n == 1 else "fojas útiles"


def fecha_en_letra(dia: date) -> str:
    """«a los veintidós días del mes de noviembre de dos mil veintiséis»; el día 1, «al primer día del mes de…»."""
    cuando = f"del mes de {MESES[dia.month - 1]} de {numero_en_letra(dia.year)}"
    if dia.day == 1:
        return f"al primer día {cuando}"
    return f"a los {_apocopado(_hasta_mil(dia.day))} días {cuando}"


def fecha_breve_en_letra(dia: date) -> str:
    """La forma breve del Diario Oficial: «a diecinueve de noviembre de dos mil veinticuatro»; el día 1, «a primero de…»."""
    numero = "primero" if dia.day == 1 else _hasta_mil(dia.day)
    return f"a {numero} de {MESES[dia.month - 1]} de {numero_en_letra(dia.year)}"

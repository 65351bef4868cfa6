"""El lenguaje de los modelos de texto: variables y tramos que se omiten. Nada se ejecuta.

`{{ nombre }}` es una variable; `[[ … ]]`, un tramo que desaparece si alguna de sus variables viene vacía. Lo demás es texto.
"""

import re
from collections.abc import Mapping

VARIABLE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
TRAMO = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
SUELTAS = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{%|%\}")


def variables_de(cuerpo: str) -> frozenset[str]:
    """Todas las que nombra."""
    return frozenset(VARIABLE.findall(cuerpo))


def indispensables_de(cuerpo: str) -> frozenset[str]:
    """Las que están fuera de los tramos que se omiten: ninguna puede venir vacía."""
    return variables_de(TRAMO.sub("", cuerpo))


def falta_de_forma(cuerpo: str) -> str:
    """Por qué el texto no se puede leer como plantilla, o «»."""
    resto = VARIABLE.sub("", TRAMO.sub(r"\1", cuerpo))
    hallada = SUELTAS.search(resto)
    if hallada is None:
        return ""
    return f"Hay un «{hallada.group()}» que no abre ni cierra una variable. Escríbalas así: {{{{ expediente }}}}."


def llenar(cuerpo: str, valores: Mapping[str, str]) -> str:
    """El texto con sus variables puestas y sin los tramos cuyas variables vienen vacías. Los valores no se interpretan."""

    def tramo(hallado: re.Match[str]) -> str:
        adentro = hallado.group(1)
        completo = all(valores.get(v, "").strip() for v in variables_de(adentro))
        return adentro if completo else ""

    return VARIABLE.sub(lambda v: valores.get(v.group(1), "").strip(), TRAMO.sub(tramo, cuerpo))


def parrafos_de(texto: str) -> tuple[str, ...]:
    """Los párrafos: los separa un renglón en blanco; adentro, los espacios y saltos cuentan como uno."""
    return tuple(" ".join(p.split()) for p in re.split(r"\n\s*\n", texto) if p.strip())

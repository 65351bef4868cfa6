"""La identidad de la institución: unas cuantas fichas de color, comprobadas por contraste, y el interruptor de veda.

`Institucion.identidad` = {"tela": "#123c32", "tela_tinta": …, "tela_suave": …, "manila": …, "manila_2": …, "manila_tinta": …,
"hilo": …, "veda": true}. Un color ilegible o sin contraste suficiente se ignora entero con aviso en la bitácora: la página se
queda con la identidad de fábrica, que está comprobada (WCAG 2.2, 1.4.3: 4.5 a 1).
"""

import hashlib
import logging
import re
from collections.abc import Mapping

bitacora = logging.getLogger("archivo.portal")

DE_FABRICA = {
    "tela": "#123c32",
    "tela_tinta": "#f6f1e2",
    "tela_suave": "#c9d6cd",
    "manila": "#f5e8c8",
    "manila_2": "#cbaa64",
    "manila_tinta": "#463412",
    "hilo": "#a8182d",
}
PARES = (("tela_tinta", "tela"), ("tela_suave", "tela"), ("manila_tinta", "manila"))
CONTRASTE = 4.5
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_UMBRAL_LINEAL = 0.04045


def luminancia(color: str) -> float:
    """Luminancia relativa de un `#rrggbb` (WCAG 2.2)."""
    canales = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= _UMBRAL_LINEAL else ((c + 0.055) / 1.055) ** 2.4 for c in canales)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contraste(uno: str, otro: str) -> float:
    """Razón de contraste entre dos colores, de 1 a 21."""
    claro, oscuro = sorted((luminancia(uno), luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def faltas(identidad: Mapping[str, object]) -> list[str]:
    """Qué está mal en esos colores, en frases; vacío si se pueden usar."""
    dados = {c: v for c, v in identidad.items() if c in DE_FABRICA}
    malos = [f"«{c}» no es un color #rrggbb." for c, v in dados.items() if not (isinstance(v, str) and _COLOR.fullmatch(v))]
    if malos:
        return malos
    todos = DE_FABRICA | {c: str(v) for c, v in dados.items()}
    return [
        f"«{tinta}» sobre «{fondo}» contrasta {contraste(todos[tinta], todos[fondo]):.1f} a 1; hace falta {CONTRASTE} a 1."
        for tinta, fondo in PARES
        if contraste(todos[tinta], todos[fondo]) < CONTRASTE
    ]


def hoja_de_identidad(identidad: Mapping[str, object]) -> str:
    """La hoja CSS con los colores propios; vacía si no hay o no pasan la comprobación."""
    dados = {c: identidad[c] for c in DE_FABRICA if c in identidad}
    if not dados:
        return ""
    if problemas := faltas(identidad):
        bitacora.warning("La identidad gráfica no se usa: %s", " ".join(problemas))
        return ""
    reglas = ";".join(f"--{c.replace('_', '-')}:{v}" for c, v in dados.items())
    return f"@layer fichas{{:root:not([data-identidad=veda]){{{reglas}}}}}\n"


def version_de(hoja: str) -> str:
    """Ocho signos que cambian con la hoja, para su dirección; vacío sin hoja."""
    return hashlib.sha256(hoja.encode()).hexdigest()[:8] if hoja else ""

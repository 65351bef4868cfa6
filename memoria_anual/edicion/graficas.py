"""Gráficas SVG hechas de datos: las mismas sirven al sitio y al PDF.

Cada color va como atributo de presentación (lo que lee Typst) y como clase (lo que la hoja de estilo del sitio gana, en oscuro y en
veda). Sin estilos, guiones ni degradados; cada serie se distingue sin color: liso, o línea con marca hueca.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from html import escape
from textwrap import wrap

VERDE, HILO, TINTA, TINTA2, LINEA = "#0b5a49", "#a8182d", "#1b201d", "#4c544d", "#d6d3c8"
ANCHO = 640
LETRA = 12.5
LARGO_DE_ROTULO = 27
RENGLONES_DE_ROTULO = 2


@dataclass(frozen=True)
class Titulada:
    """Lo que una gráfica dice de sí a quien no la ve."""

    titulo: str
    descripcion: str


def _texto(x: float, y: float, dicho: str, ancla: str = "start", clase: str = "") -> str:
    peso, color = (700, TINTA) if clase == "fuerte" else (400, TINTA2)
    return (
        f'<text class="{clase}" x="{x:.1f}" y="{y:.1f}" font-family="Noto Sans" font-size="{LETRA}" font-weight="{peso}" '
        f'fill="{color}" text-anchor="{ancla}">{escape(dicho)}</text>'
    )


def _raya(x1: float, x2: float, y: float, *, base: bool = False) -> str:
    clase, color, grosor = ("g-base", TINTA, 1.3) if base else ("g-eje", LINEA, 0.8)
    return f'<path class="{clase}" d="M{x1:.1f} {y:.1f}H{x2:.1f}" stroke="{color}" stroke-width="{grosor}" fill="none"/>'


def _barra(x: float, y: float, ancho: float, alto: float) -> str:
    return f'<rect class="g-1" x="{x:.1f}" y="{y:.1f}" width="{max(ancho, 0.6):.1f}" height="{max(alto, 0):.1f}" fill="{VERDE}"/>'


def _svg(alto: float, cuerpo: Sequence[str], dicho: Titulada) -> str:
    llave = "g" + sha256((dicho.titulo + dicho.descripcion).encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ancha" viewBox="0 0 {ANCHO} {alto:.0f}" width="{ANCHO}" height="{alto:.0f}" role="img" '
        f'aria-labelledby="{llave}-t {llave}-d"><title id="{llave}-t">{escape(dicho.titulo)}</title>'
        f'<desc id="{llave}-d">{escape(dicho.descripcion)}</desc>{"".join(cuerpo)}</svg>'
    )


def tope(valor: float) -> float:
    """El menor de 4, 8, 12, 16 o 20 por una potencia de diez que alcanza: cuatro divisiones que se leen."""
    if valor <= 0:
        return 4
    return next(p * 10.0**e for e in range(-2, 15) for p in (4, 8, 12, 16, 20) if p * 10.0**e >= valor)


def _numero(valor: float) -> str:
    return f"{valor:,.0f}" if valor == int(valor) else f"{valor:,.1f}"


def barras(
    dicho: Titulada, rotulos: Sequence[str], valores: Sequence[Decimal | None], antes: Sequence[Decimal | None] = ()
) -> str:
    """Barras con su valor encima y, si se da, la línea del año anterior con marcas huecas. Lo que no tiene dato no se dibuja."""
    x0, x1, y0, y1 = 44.0, ANCHO - 4.0, 212.0, 22.0
    todos = [v for v in (*valores, *antes) if v is not None]
    maximo = max(tope(float(max(todos, default=Decimal(0)))), 4.0 if all(v == v.to_integral_value() for v in todos) else 0.0)
    por_unidad, paso = (y0 - y1) / maximo, (x1 - x0) / max(len(rotulos), 1)
    cuerpo = [_raya(x0, x1, y0 - maximo * k / 4 * por_unidad, base=k == 0) for k in range(5)]
    cuerpo += [_texto(x0 - 8, y0 - maximo * k / 4 * por_unidad + 4, _numero(maximo * k / 4), "end") for k in range(5)]
    cada = max(1, -(-len(rotulos) // 14))
    for n, (rotulo, valor) in enumerate(zip(rotulos, valores, strict=True)):
        centro = x0 + paso * (n + 0.5)
        if n % cada == 0:
            cuerpo.append(_texto(centro, y0 + 18, rotulo, "middle"))
        if valor is not None:
            alto = float(valor) * por_unidad
            cuerpo.append(_barra(centro - paso * 0.31, y0 - alto, paso * 0.62, alto))
            if not antes and cada == 1:
                cuerpo.append(_texto(centro, y0 - alto - 5, _numero(float(valor)), "middle", "fuerte"))
    puntos = [(x0 + paso * (n + 0.5), y0 - float(v) * por_unidad) for n, v in enumerate(antes) if v is not None]
    return _svg(238, [*cuerpo, *_linea(puntos)], dicho)


def _linea(puntos: Sequence[tuple[float, float]]) -> list[str]:
    if not puntos:
        return []
    trazo = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in puntos)
    return [
        f'<path class="g-halo" d="{trazo}" fill="none" stroke="#ffffff" stroke-width="5"/>',
        f'<path class="g-linea" d="{trazo}" fill="none" stroke="{HILO}" stroke-width="2"/>',
        *(
            f'<circle class="g-punto" cx="{x:.1f}" cy="{y:.1f}" r="3.4" fill="#ffffff" stroke="{HILO}" stroke-width="1.8"/>'
            for x, y in puntos
        ),
    ]


def _en_renglones(rotulo: str) -> list[str]:
    """El rótulo en uno o dos renglones que caben a la izquierda de las barras; lo que sobra se corta con puntos."""
    partido = wrap(rotulo, LARGO_DE_ROTULO, max_lines=RENGLONES_DE_ROTULO, placeholder="…", break_on_hyphens=False)
    return partido or [""]


def renglones(dicho: Titulada, rotulos: Sequence[str], valores: Sequence[Decimal | None]) -> str:
    """Barras horizontales con su rótulo a la izquierda y su valor a la derecha: áreas, medios, tipos."""
    dichos = [_en_renglones(r) for r in rotulos]
    x0, alto = 196.0, 20.0
    paso = 38.0 if any(len(d) > 1 for d in dichos) else 31.0
    maximo = float(max((v for v in valores if v is not None), default=Decimal(0))) or 1.0
    por_unidad = (ANCHO - 74 - x0) / maximo
    cuerpo = []
    for n, (dicho_asi, valor) in enumerate(zip(dichos, valores, strict=True)):
        y = (paso - alto) / 2 + paso * n
        arriba = y + alto / 2 + 4.5 - 7.5 * (len(dicho_asi) - 1)
        cuerpo += [_texto(x0 - 10, arriba + 15 * k, renglon, "end") for k, renglon in enumerate(dicho_asi)]
        largo = float(valor) * por_unidad if valor is not None else 0.0
        if valor is not None:
            cuerpo.append(_barra(x0, y, largo, alto))
        cuerpo.append(_texto(x0 + largo + 8, y + alto / 2 + 4, "n/a" if valor is None else _numero(float(valor)), clase="fuerte"))
    fin = paso * max(len(rotulos), 1)
    eje = f'<path class="g-base" d="M{x0:.1f} 0V{fin:.1f}" stroke="{TINTA}" stroke-width="1.3" fill="none"/>'
    return _svg(fin + 4, [*cuerpo, eje], dicho)

"""Lo que se buscó, marcado en el texto y sobre la imagen de la página."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe

from archivo.catalogo.puerta import limpiar
from archivo.indexacion.puerta import LARGO_DE_CONSULTA, leer_consulta
from archivo.objetos.puerta import Palabra
from search import Node, find_matches

type Segmentos = list[tuple[str, bool]]

__all__ = ["LARGO_DE_CONSULTA", "Segmentos", "cuerpo_marcado", "leer_consulta", "parrafos", "rectangulos", "segmentos"]

REJILLA = 1000
RENGLON_CORTO = 0.75
_RENGLON = re.compile(r"[\r\n]+")


def segmentos(texto: str, consulta: Node | None, campo: str | None = None) -> Segmentos:
    """El texto en trozos `(texto, encontrado)`; juntos dan el texto entero."""
    return _entre(texto, 0, len(texto), find_matches(texto, consulta, field=campo))


def parrafos(texto: str, consulta: Node | None, *, por_renglon: bool) -> list[Segmentos]:
    """El texto en párrafos marcados.

    `por_renglon`: cada renglón es un párrafo. Si no, es el texto de una página: los renglones llenos siguen en el siguiente y
    uno corto (menos de tres cuartos del más largo) cierra el párrafo.
    """
    halladas = find_matches(texto, consulta)
    renglones = _renglones(texto)
    parrafos_ = renglones if por_renglon else _juntar(renglones)
    return [_entre(texto, desde, hasta, halladas) for desde, hasta in parrafos_]


def _renglones(texto: str) -> list[tuple[int, int]]:
    hechos, inicio = [], 0
    for corte in _RENGLON.finditer(texto):
        hechos.append((inicio, corte.start()))
        inicio = corte.end()
    hechos.append((inicio, len(texto)))
    return [(desde, hasta) for desde, hasta in hechos if texto[desde:hasta].strip()]


def _juntar(renglones: list[tuple[int, int]]) -> list[tuple[int, int]]:
    lleno = RENGLON_CORTO * max((hasta - desde for desde, hasta in renglones), default=0)
    juntos: list[tuple[int, int]] = []
    sigue = False
    for desde, hasta in renglones:
        juntos[-1:] = [(juntos[-1][0], hasta)] if sigue else [*juntos[-1:], (desde, hasta)]
        sigue = hasta - desde >= lleno
    return juntos


def _entre(texto: str, desde: int, hasta: int, halladas: Iterable[tuple[int, int]]) -> Segmentos:
    trozos: Segmentos = []
    lugar = desde
    for inicio, fin in halladas:
        if fin <= desde or inicio >= hasta:
            continue
        inicio, fin = max(inicio, desde), min(fin, hasta)
        trozos += [(texto[lugar:inicio], False), (texto[inicio:fin], True)]
        lugar = fin
    trozos.append((texto[lugar:hasta], False))
    return [t for t in trozos if t[0]]


class _Marcador(HTMLParser):
    """Copia un HTML limpio poniendo `<mark>` en lo hallado dentro de cada trozo de texto."""

    def __init__(self, consulta: Node) -> None:
        super().__init__(convert_charrefs=True)
        self.consulta = consulta
        self.salida: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        dados = "".join(f' {nombre}="{escape(valor or "")}"' for nombre, valor in attrs)
        self.salida.append(f"<{tag}{dados}>")

    def handle_endtag(self, tag: str) -> None:
        self.salida.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        for trozo, hallado in segmentos(data, self.consulta):
            self.salida.append(f"<mark>{escape(trozo)}</mark>" if hallado else escape(trozo))


def cuerpo_marcado(html: str, consulta: Node | None) -> SafeString:
    """El cuerpo redactado, limpio otra vez y con lo hallado marcado."""
    limpio = limpiar(html)
    if consulta is None:
        return mark_safe(limpio)
    marcador = _Marcador(consulta)
    marcador.feed(limpio)
    marcador.close()
    return mark_safe("".join(marcador.salida))


@dataclass(frozen=True)
class Rectangulo:
    """Una palabra hallada sobre la imagen, en una rejilla de 1000 × 1000 desde arriba a la izquierda."""

    x: int
    y: int
    ancho: int
    alto: int


def rectangulos(palabras: Sequence[Palabra], consulta: Node | None) -> list[Rectangulo]:
    """Dónde están, sobre la imagen de la página, las palabras halladas."""
    lugares: list[tuple[int, int]] = []
    texto = ""
    for palabra in palabras:
        lugares.append((len(texto), len(texto) + len(palabra[0])))
        texto += palabra[0] + " "
    halladas = find_matches(texto, consulta)
    return [
        _rectangulo(palabra)
        for palabra, (inicio, fin) in zip(palabras, lugares, strict=True)
        if any(desde < fin and inicio < hasta for desde, hasta in halladas)
    ]


def _rectangulo(palabra: Palabra) -> Rectangulo:
    _, x0, y0, x1, y1 = palabra
    x, y = round(x0 * REJILLA), round(y0 * REJILLA)
    return Rectangulo(x, y, max(1, round(x1 * REJILLA) - x), max(1, round(y1 * REJILLA) - y))

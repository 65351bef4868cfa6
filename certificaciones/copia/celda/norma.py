"""Lo que en un PDF ajeno impide declarar la copia como PDF/A (ISO 19005-3): sólo se declara lo que consta."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

#: Filtros de PDF/A-3 (6.1.6, 6.2.8.3) que además no piden mirar por dentro del flujo.
FILTROS = frozenset(
    {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
)
COLORES_SEGUROS = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased", "/Indexed", "/Lab"})


def _filtros(flujo: Stream) -> Iterator[str]:
    filtro = flujo.get("/Filter")
    yield from (str(f) for f in (filtro if isinstance(filtro, Array) else [filtro]) if f is not None)


def _color(espacio: Any) -> str:
    if isinstance(espacio, Array) and len(espacio):
        nombre = str(espacio[0])
        return _color(espacio[1]) if nombre == "/Indexed" and len(espacio) > 1 else nombre
    return str(espacio)


def _de_una_imagen(imagen: Stream) -> Iterator[str]:
    color = imagen.get("/ColorSpace")
    if color is not None and _color(color) not in COLORES_SEGUROS:
        yield "colores"
    if isinstance(color, Array) and str(color[0]) == "/ICCBased" and int(color[1].get("/N", 3)) == 4:
        yield "colores"
    if imagen.get("/Interpolate") is True or "/Alternates" in imagen:
        yield "imágenes"


def _de_los_recursos(recursos: Any) -> Iterator[str]:
    if not isinstance(recursos, Dictionary):
        return
    if isinstance(recursos.get("/Font"), Dictionary) and len(recursos.Font.keys()):
        yield "letras"
    for clave in ("/Pattern", "/Shading", "/ExtGState", "/ColorSpace"):
        if isinstance(recursos.get(clave), Dictionary) and len(recursos[clave].keys()):
            yield "gráficos"


def _de_un_objeto(objeto: Any) -> Iterator[str]:
    if isinstance(objeto, Stream):
        if any(filtro not in FILTROS for filtro in _filtros(objeto)):
            yield "compresión"
        if objeto.get("/Subtype") == Name.Image:
            yield from _de_una_imagen(objeto)
        if objeto.get("/Subtype") == Name.PS:
            yield "PostScript"
    if isinstance(objeto, Dictionary | Stream):
        yield from _de_los_recursos(objeto.get("/Resources"))


def fuera_de_norma(pdf: pikepdf.Pdf) -> set[str]:
    """Los motivos. Se admite lo que con certeza cumple: imágenes en escala de grises o RGB, sin letras ni gráficos complejos."""
    motivos: set[str] = set()
    for pagina in pdf.pages:
        motivos.update(_de_los_recursos(pagina.obj.get("/Resources")))
    for objeto in pdf.objects:
        motivos.update(_de_un_objeto(objeto))
    return motivos

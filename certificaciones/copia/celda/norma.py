"""Qué puede declarar la copia (PDF/A-3a, 3b o nada; ISO 19005-3) según lo que reproduce: sólo se declara lo que consta."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

#: Filtros de PDF/A-3 (6.1.6, 6.2.8.3) que además no piden mirar por dentro del flujo.
FILTROS = frozenset(
    {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
)
COLORES_SEGUROS = frozenset({"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased", "/Indexed", "/Lab"})


DECLARADA = re.compile(rb"pdfaid:conformance(?:>|\s*=\s*[\"'])\s*([ABUabu])")
#: Lo que no podemos comprobar por dentro y vale si quien hizo el archivo declaró la norma.
COMPROBABLE_POR_OTROS = frozenset({"letras", "gráficos"})


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


def _incrustadas(pdf: pikepdf.Pdf) -> bool:
    """¿Toda letra va dentro del archivo?"""
    descriptores = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.FontDescriptor]
    fuentes = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font]
    sueltas = [
        f for f in fuentes if f.get("/Subtype") in (Name.Type1, Name.TrueType, Name.MMType1) and "/FontDescriptor" not in f
    ]
    return not sueltas and all({"/FontFile", "/FontFile2", "/FontFile3"} & set(d.keys()) for d in descriptores)


def nivel_declarado(pdf: pikepdf.Pdf) -> str:
    """El nivel de PDF/A que el archivo dice cumplir: `a` (con texto que se extrae), `b` o nada."""
    metadatos = pdf.Root.get("/Metadata")
    if not isinstance(metadatos, Stream):
        return ""
    try:
        hallado = DECLARADA.search(metadatos.read_bytes())
    except pikepdf.PdfError:
        return ""
    return "" if hallado is None else "b" if hallado[1] in b"Bb" else "a"


def nivel(preparado: pikepdf.Pdf, declarado: str) -> str:
    """El nivel que la copia puede declarar por este archivo: `a`, `b` o nada."""
    motivos = fuera_de_norma(preparado)
    if not motivos:
        return "a"
    return declarado if motivos <= COMPROBABLE_POR_OTROS and _incrustadas(preparado) else ""

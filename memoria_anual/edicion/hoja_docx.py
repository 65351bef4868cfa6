"""La hoja de un DOCX: página, estilos, índice, tablas, enlaces y notas. Qué se dice lo pone `redactable`."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

Documento = Any
TINTA, GRIS, VERDE = RGBColor(0x1B, 0x20, 0x1D), RGBColor(0x4C, 0x54, 0x4D), RGBColor(0x0B, 0x5A, 0x49)
LINEA, RAYA = "8A877C", "1B201D"
ANCHO_UTIL = 16.6
"""Centímetros entre márgenes, en carta."""
DE_ENLACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
SERIF, SANS = "Cambria", "Calibri"
ESTILOS: dict[str, tuple[str, float, RGBColor, bool]] = {
    "Normal": (SANS, 11, TINTA, False),
    "Title": (SERIF, 30, TINTA, True),
    "Subtitle": (SERIF, 20, VERDE, False),
    "Heading 1": (SERIF, 22, TINTA, True),
    "Heading 2": (SERIF, 15, TINTA, True),
    "Heading 3": (SERIF, 12.5, TINTA, True),
    "Caption": (SANS, 10.5, TINTA, True),
    "Intense Quote": (SERIF, 13, VERDE, False),
}


def preparar(hoja: Documento, titulo: str, autor: str) -> None:
    """Carta, márgenes, español de México, letra y tinta de cada estilo, y el pie con su página."""
    hoja.core_properties.title, hoja.core_properties.author, hoja.core_properties.language = titulo, autor, "es-MX"
    seccion = hoja.sections[0]
    seccion.page_width, seccion.page_height = Cm(21.59), Cm(27.94)
    seccion.left_margin = seccion.right_margin = Cm((21.59 - ANCHO_UTIL) / 2)
    seccion.top_margin, seccion.bottom_margin = Cm(2.2), Cm(2.2)
    for nombre, (letra, tamano, tinta, negrita) in ESTILOS.items():
        _vestir(hoja.styles[nombre], letra, tamano, tinta, negrita=negrita)
    normal = hoja.styles["Normal"]
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(7), 1.12
    hoja.styles["Heading 1"].paragraph_format.page_break_before = True
    normal.element.get_or_add_rPr().append(_elemento("w:lang", val="es-MX"))
    _pie(seccion, titulo)


def _vestir(estilo: Any, letra: str, tamano: float, tinta: RGBColor, *, negrita: bool) -> None:
    """La letra va también en `rFonts`: la plantilla la toma de su tema y ganaría."""
    letras = estilo.element.get_or_add_rPr().get_or_add_rFonts()
    for atributo in [a for a in letras.attrib if "heme" in a]:
        del letras.attrib[atributo]
    estilo.font.name, estilo.font.size, estilo.font.bold, estilo.font.italic = letra, Pt(tamano), negrita, False
    estilo.font.color.rgb = tinta
    letras.set(qn("w:hAnsi"), letra)
    for borde in estilo.element.xpath("./w:pPr/w:pBdr"):
        borde.getparent().remove(borde)


def _pie(seccion: Any, titulo: str) -> None:
    parrafo = seccion.footer.paragraphs[0]
    parrafo.style = "Normal"
    parrafo.paragraph_format.tab_stops.add_tab_stop(Cm(ANCHO_UTIL), WD_TAB_ALIGNMENT.RIGHT)
    parrafo.add_run(f"{titulo}\tPágina ")
    campo(parrafo, "PAGE", "1")
    parrafo.add_run(" de ")
    campo(parrafo, "NUMPAGES", "1")
    for corrida in parrafo.runs:
        corrida.font.size, corrida.font.color.rgb = Pt(8.5), GRIS


def _elemento(nombre: str, **atributos: str) -> Any:
    hecho = OxmlElement(nombre)
    for atributo, valor in atributos.items():
        hecho.set(qn(f"w:{atributo}"), valor)
    return hecho


def _orden(parrafo: Any, clase: str, orden: str = "") -> None:
    corrida = parrafo.add_run()
    corrida._r.append(_elemento("w:fldChar", fldCharType=clase))
    if orden:
        instruccion = OxmlElement("w:instrText")
        instruccion.text = orden
        parrafo.add_run()._r.append(instruccion)


def campo(parrafo: Any, orden: str, mientras: str) -> None:
    """Un campo que se calcula al abrir o imprimir."""
    _orden(parrafo, "begin", orden)
    _orden(parrafo, "separate")
    parrafo.add_run(mientras)
    _orden(parrafo, "end")


def indice(hoja: Documento, titulos: Sequence[str]) -> None:
    """El contenido, ya escrito y con enlaces; quien lo actualiza en su procesador obtiene también las páginas."""
    hoja.add_paragraph("Contenido", style="Heading 2")
    for n, titulo in enumerate(titulos, 1):
        parrafo = hoja.add_paragraph()
        parrafo.paragraph_format.space_after = Pt(3)
        if n == 1:
            _orden(parrafo, "begin", r'TOC \o "1-1" \h \z \u')
            _orden(parrafo, "separate")
        enlace = _elemento("w:hyperlink", anchor=marca_de(n))
        enlace.append(parrafo.add_run(titulo)._r)
        parrafo._p.append(enlace)
    if titulos:
        _orden(parrafo, "end")


def marca_de(n: int) -> str:
    """El nombre del lugar al que lleva el enésimo renglón del contenido."""
    return f"_Toc{n:06}"


def titulo_con_marca(hoja: Documento, texto: str, n: int) -> None:
    """Un título de primer nivel al que llega el contenido."""
    parrafo = hoja.add_heading(texto, 1)
    parrafo._p.insert(1, _elemento("w:bookmarkStart", id=str(n), name=marca_de(n)))
    parrafo._p.append(_elemento("w:bookmarkEnd", id=str(n)))


def enlazada(parrafo: Any, dicho: str, direccion: str) -> Any:
    """Una corrida que lleva a una dirección."""
    corrida = parrafo.add_run(dicho)
    corrida.font.color.rgb, corrida.font.underline = VERDE, True
    enlace = _elemento("w:hyperlink")
    enlace.set(qn("r:id"), parrafo.part.relate_to(direccion, DE_ENLACE, is_external=True))
    enlace.append(corrida._r)
    parrafo._p.append(enlace)
    return corrida


def llamada(parrafo: Any, nota: str, notas: list[str]) -> None:
    """La llamada a una nota del capítulo; la misma nota lleva siempre el mismo número."""
    if nota not in notas:
        notas.append(nota)
    parrafo.add_run(f"\u00a0{notas.index(nota) + 1}").font.superscript = True


def medidas(columnas: Sequence[dict[str, Any]]) -> list[float]:
    """Los anchos en centímetros, según el peso de cada columna; las de números, iguales y angostas."""
    pesos = [float(c.get("peso", 1.1 if c.get("n") else 1.5)) for c in columnas]
    return [ANCHO_UTIL * p / sum(pesos) for p in pesos]


def tabla(hoja: Documento, anchos: Sequence[float]) -> Any:
    """Una tabla de anchos fijos, sin más rayas que las que se le pongan."""
    puesta = hoja.add_table(rows=0, cols=len(anchos))
    puesta.autofit = False
    for columna, ancho in zip(puesta.columns, anchos, strict=True):
        columna.width = Cm(ancho)
    return puesta


def renglon(puesta: Any, anchos: Sequence[float], *, encabeza: bool = False) -> Iterator[Any]:
    """Un renglón más, que no se parte entre páginas; da sus párrafos. El de encabezado se repite en cada página."""
    fila = puesta.add_row()
    propiedades = fila._tr.get_or_add_trPr()
    propiedades.append(_elemento("w:cantSplit"))
    if encabeza:
        propiedades.append(_elemento("w:tblHeader"))
    for celda, ancho in zip(fila.cells, anchos, strict=True):
        celda.width = Cm(ancho)
        bordes = _elemento("w:tcBorders")
        bordes.append(_elemento("w:bottom", val="single", sz="8" if encabeza else "4", color=RAYA if encabeza else LINEA))
        celda._tc.get_or_add_tcPr().append(bordes)
        celda.paragraphs[0].paragraph_format.space_after = Pt(2)
        celda.paragraphs[0].paragraph_format.space_before = Pt(2)
        yield celda.paragraphs[0]


def escrito(parrafo: Any, dicho: str, *, negrita: bool = False, tamano: float = 9.5, derecha: bool = False) -> Any:
    """Una corrida de tabla, con su letra y su lado."""
    corrida = parrafo.add_run(dicho)
    corrida.bold, corrida.font.size = negrita or None, Pt(tamano)
    if derecha:
        parrafo.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return corrida

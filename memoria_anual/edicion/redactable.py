"""La memoria en DOCX, para seguir trabajándola: títulos, estilos, tablas y enlaces de verdad; las notas, al final del capítulo."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import docx
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from archivo.salidas import Recursos, componer, texto_llano
from memoria_anual.edicion.impreso import datos_de_hoja, dia_de, fotografia

Documento = Any
ESCALA = 2.0
ANCHO = Cm(16)
VERDE = RGBColor(0x0B, 0x5A, 0x49)
DE_ENLACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
MAXIMO_DE_FILAS = 400


def memoria_docx(documento: dict[str, Any]) -> bytes:
    """El DOCX de la memoria."""
    hoja = docx.Document()
    _preparar(hoja, documento)
    _portada(hoja, documento)
    imagenes = iter(_imagenes(documento))
    for capitulo in documento["capitulos"]:
        _capitulo(hoja, capitulo, imagenes)
    _todas_las_cifras(hoja, documento)
    crudo = io.BytesIO()
    hoja.save(crudo)
    return crudo.getvalue()


def _preparar(hoja: Documento, documento: dict[str, Any]) -> None:
    hoja.core_properties.title = f"{documento['titulo']}, {documento['nombre_de_periodo']}"
    hoja.core_properties.author = documento["institucion"]["nombre"]
    hoja.core_properties.language = "es-MX"
    estilo = hoja.styles["Normal"]
    estilo.font.name, estilo.font.size = "Calibri", Pt(11)
    idioma = estilo.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "es-MX"})
    estilo.element.get_or_add_rPr().append(idioma)
    for nivel, tamano in ((1, 22), (2, 15), (3, 12)):
        titulo = hoja.styles[f"Heading {nivel}"]
        titulo.font.name, titulo.font.size, titulo.font.color.rgb = "Cambria", Pt(tamano), RGBColor(0x1B, 0x20, 0x1D)


def _portada(hoja: Documento, documento: dict[str, Any]) -> None:
    hoja.add_paragraph(documento["institucion"]["nombre"]).runs[0].bold = True
    hoja.add_paragraph(documento["titulo"], style="Title")
    hoja.add_paragraph(documento["nombre_de_periodo"], style="Subtitle")
    corte = documento["corte"]
    hoja.add_paragraph(
        f"Datos al corte del {corte['momento'][:10]}, con {corte['elementos']:,} elementos. SHA-256: {corte['sha256']}"
    )
    if documento["colofon"]["aportaciones"]:
        hoja.add_paragraph(documento["colofon"]["aportaciones"])
    hoja.add_page_break()
    hoja.add_paragraph("Contenido", style="Title")
    _campo(hoja.add_paragraph(), r'TOC \o "1-2" \h \z \u', "Para ver el contenido, actualice los campos (Ctrl+A, F9).")


def _campo(parrafo: Any, orden: str, mientras: str) -> None:
    """Un campo de Word que se calcula al abrir."""
    for clase, texto in (("begin", ""), ("instr", orden), ("separate", ""), ("texto", mientras), ("end", "")):
        corrida = parrafo.add_run(texto if clase == "texto" else "")
        if clase == "instr":
            instruccion = OxmlElement("w:instrText")
            instruccion.text = texto
            corrida._r.append(instruccion)
        elif clase != "texto":
            marca = OxmlElement("w:fldChar")
            marca.set(qn("w:fldCharType"), clase)
            corrida._r.append(marca)


def _imagenes(documento: dict[str, Any]) -> list[bytes]:
    """Las gráficas en PNG, en su orden: un procesador de textos no dibuja SVG en todas partes."""
    recursos = Recursos()
    graficas = []
    for bloque in (b for c in documento["capitulos"] for b in c["bloques"] if b["tipo"] == "grafica"):
        archivo = f"graficas/{len(recursos)}.svg"
        recursos[archivo] = bloque["svg"].encode()
        graficas.append({"archivo": archivo, "alt": bloque["alt"]})
    if not graficas:
        return []
    datos = datos_de_hoja({c: v for c, v in documento.items() if c not in {"capitulos", "cifras"}}, Recursos())
    paginas = pypdfium2.PdfDocument(componer("memoria_graficas", datos | {"graficas": graficas}, recursos, dia_de(documento)))
    return [_png(pagina) for pagina in paginas]


def _png(pagina: Any) -> bytes:
    crudo = io.BytesIO()
    pagina.render(scale=ESCALA).to_pil().save(crudo, "PNG")
    return crudo.getvalue()


def _capitulo(hoja: Documento, capitulo: dict[str, Any], imagenes: Iterator[bytes]) -> None:
    hoja.add_page_break()
    hoja.add_heading(f"{capitulo['n']}. {capitulo['titulo']}", 1)
    if capitulo["entradilla"]:
        hoja.add_paragraph(capitulo["entradilla"]).runs[0].italic = True
    notas: list[str] = []
    for bloque in capitulo["bloques"]:
        if bloque["tipo"] == "grafica":
            _grafica(hoja, bloque, next(imagenes))
        else:
            _PONEN[bloque["tipo"]](hoja, bloque, notas)
    if notas:
        hoja.add_heading("Notas", 2)
        for n, nota in enumerate(notas, 1):
            hoja.add_paragraph(f"{n}. {nota}")


def _texto(parrafo: Any, texto: Any, notas: list[str]) -> None:
    for trozo in [texto] if isinstance(texto, str) else texto:
        dato = {"t": trozo} if isinstance(trozo, str) else trozo
        corrida = _enlazada(parrafo, dato) if dato.get("url") else parrafo.add_run(dato["t"])
        corrida.bold, corrida.italic = bool(dato.get("negrita")) or None, bool(dato.get("cursiva")) or None
        if dato.get("nota"):
            notas.append(dato["nota"])
            parrafo.add_run(f"[{len(notas)}]").font.superscript = True


def _enlazada(parrafo: Any, dato: dict[str, Any]) -> Any:
    corrida = parrafo.add_run(dato["t"])
    corrida.font.color.rgb, corrida.font.underline = VERDE, True
    enlace = OxmlElement("w:hyperlink")
    enlace.set(qn("r:id"), parrafo.part.relate_to(dato["url"], DE_ENLACE, is_external=True))
    enlace.append(corrida._r)
    parrafo._p.append(enlace)
    return corrida


def _parrafo(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    parrafo = hoja.add_paragraph()
    if b.get("sin_revisar"):
        parrafo.add_run("[Sin revisar] ").bold = True
    _texto(parrafo, b["texto"], notas)


def _subtitulo(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_heading(texto_llano(b["texto"]), b.get("nivel", 2))


def _lista(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    estilo = "List Bullet" if b["tipo"] == "lista" else "List Number"
    for punto in b["puntos"]:
        anidado = isinstance(punto, dict) and "bloques" in punto
        _texto(hoja.add_paragraph(style=estilo), punto["texto"] if anidado else punto, notas)
        for adentro in punto["bloques"] if anidado else ():
            _lista(hoja, adentro, notas)


def _cita(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    parrafo = hoja.add_paragraph(style="Intense Quote")
    _texto(parrafo, b["texto"], notas)
    if b.get("quien"):
        parrafo.add_run(f"\n— {', '.join(x for x in (b['quien'], b.get('cargo', '')) if x)}")


def _cifras(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    tabla = hoja.add_table(rows=0, cols=2, style="Light Grid Accent 1")
    for cifra in b["cifras"]:
        izquierda, derecha = tabla.add_row().cells
        _texto(
            izquierda.paragraphs[0], [{"t": cifra["valor"], "negrita": True, "url": cifra["url"], "nota": cifra["nota"]}], notas
        )
        derecha.paragraphs[0].add_run(cifra["nombre"]).bold = True
        derecha.add_paragraph(cifra["detalle"])


def _grafica(hoja: Documento, b: dict[str, Any], imagen: bytes) -> None:
    hoja.add_paragraph(b["titulo"], style="Caption").paragraph_format.keep_with_next = True
    puesta = hoja.add_picture(io.BytesIO(imagen), width=ANCHO)
    puesta._inline.docPr.set("descr", b["alt"])
    _cuadro(hoja, b["tabla"]["columnas"], b["tabla"]["filas"])
    _huella(hoja, b["huella"])


def _cuadro(hoja: Documento, columnas: Sequence[dict[str, Any]], filas: Sequence[Sequence[Any]]) -> None:
    tabla = hoja.add_table(rows=1, cols=len(columnas), style="Light List Accent 1")
    for celda, columna in zip(tabla.rows[0].cells, columnas, strict=True):
        celda.text = columna["t"]
    for fila in filas[:MAXIMO_DE_FILAS]:
        for celda, dato, columna in zip(tabla.add_row().cells, fila, columnas, strict=True):
            celda.text = str(dato)
            if columna.get("n"):
                celda.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _huella(hoja: Documento, h: dict[str, Any]) -> None:
    dicho = hoja.add_paragraph(f"{h['clave']} · {h['elementos']:,} elementos · corte {h['corte']} · huella {h['sha256'][:8]}…")
    dicho.runs[0].font.size = Pt(8)


def _tabla(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_paragraph(b["titulo"], style="Caption")
    if b.get("aviso"):
        hoja.add_paragraph(b["aviso"])
    _cuadro(hoja, b["columnas"], b["filas"])
    for nota in b.get("notas", ()):
        if nota:
            hoja.add_paragraph(nota)
    if b.get("huella"):
        _huella(hoja, b["huella"])


def _indicadores(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    columnas = [
        {"t": t, "n": n}
        for t, n in (("Clave", False), ("Indicador", False), ("Antes", True), ("Meta", True), ("Logro", True), ("%", True))
    ]
    filas = [
        [f["clave"], f["nombre"], f["anterior"], f["meta"], f["logro"], "n/a" if f["porcentaje"] is None else f["porcentaje"]]
        for f in b["filas"]
    ]
    _tabla(hoja, {"titulo": b["titulo"], "columnas": columnas, "filas": filas, "notas": [f["nota"] for f in b["filas"]]}, notas)


def _galeria(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_paragraph(b["titulo"], style="Caption")
    for foto in b["fotos"]:
        recursos = Recursos()
        puesta = fotografia(foto, recursos)
        if puesta is not None:
            hoja.add_picture(io.BytesIO(recursos[puesta["archivo"]]), width=Cm(12))._inline.docPr.set("descr", foto["alt"])
            hoja.add_paragraph(
                " ".join(x for x in (foto["pie"], f"Foto: {foto['credito']}." if foto["credito"] else "", foto["clave"]) if x)
            )


def _cronologia(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_heading(b["titulo"], 2)
    for hecho in b["hechos"]:
        parrafo = hoja.add_paragraph()
        parrafo.add_run(f"{hecho['fecha']}. {hecho['titulo']}").bold = True
        parrafo.add_run(f" {hecho['texto']} {hecho['clave']}".rstrip())


def _destacado(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_paragraph(" · ".join(x for x in (b["folio"], b["titulo"]) if x)).runs[0].bold = True
    hoja.add_paragraph(f"{b['texto']} ({b['clave']})")


def _aportacion(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    hoja.add_heading(b["area"], 3)
    if "dicho" in b:
        hoja.add_paragraph(b["dicho"]).runs[0].bold = True
        return
    for rotulo, dicho in (("Línea de acción", b["linea"]), ("Meta", b["meta"])):
        if dicho:
            hoja.add_paragraph(f"{rotulo}: {dicho}")
    for bloque in b["texto"]:
        _parrafo(hoja, bloque, notas)
    if b["sin_prueba"]:
        hoja.add_paragraph("Afirmación sin prueba en el archivo.").runs[0].bold = True
    for prueba in b["pruebas"]:
        hoja.add_paragraph(" · ".join(x for x in (prueba["folio"], prueba["titulo"], prueba["clave"]) if x), style="List Bullet")
    if b["reservadas"]:
        hoja.add_paragraph(f"Y {b['reservadas']} que no son de consulta pública.", style="List Bullet")


def _todas_las_cifras(hoja: Documento, documento: dict[str, Any]) -> None:
    hoja.add_page_break()
    hoja.add_heading("Todas las cifras del corte", 1)
    columnas = [
        {"t": t, "n": n}
        for t, n in (("Clave", False), ("Indicador", False), ("Valor", True), ("Un año antes", True), ("Elementos", True))
    ]
    _cuadro(
        hoja, columnas, [[c["clave"], c["nombre"], c["valor"], c["anterior"], f"{c['elementos']:,}"] for c in documento["cifras"]]
    )


_PONEN: dict[str, Callable[[Documento, dict[str, Any], list[str]], None]] = {
    "parrafo": _parrafo, "subtitulo": _subtitulo, "cita": _cita, "lista": _lista, "enumeracion": _lista, "cifras": _cifras,
    "tabla": _tabla, "relacion": _tabla, "indicadores": _indicadores, "galeria": _galeria, "cronologia": _cronologia,
    "destacado": _destacado, "aportacion": _aportacion,
}  # fmt: skip

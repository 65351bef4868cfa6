"""La memoria en DOCX, para seguir trabajándola: títulos, estilos, tablas y enlaces de verdad; las notas, al final del capítulo."""

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

import docx
import pypdfium2
from django.utils.formats import date_format
from docx.shared import Cm, Pt

from archivo.salidas import Recursos, componer, texto_llano
from memoria_anual.edicion.hoja_docx import (
    ANCHO_UTIL,
    GRIS,
    Documento,
    enlazada,
    escrito,
    indice,
    llamada,
    medidas,
    preparar,
    renglon,
    tabla,
    titulo_con_marca,
)
from memoria_anual.edicion.impreso import datos_de_hoja, dia_de, fotografia

ESCALA = 2.0
MAXIMO_DE_FILAS = 400
CIFRAS_POR_RENGLON = 3
DEL_CORTE = "Todas las cifras del corte"


def memoria_docx(documento: dict[str, Any]) -> bytes:
    """El DOCX de la memoria."""
    hoja = docx.Document()
    preparar(hoja, f"{documento['titulo']}, {documento['nombre_de_periodo']}", documento["institucion"]["nombre"])
    _portada(hoja, documento)
    imagenes = iter(_imagenes(documento))
    for n, capitulo in enumerate(documento["capitulos"], 1):
        titulo_con_marca(hoja, f"{capitulo['n']}. {capitulo['titulo']}", n)
        _capitulo(hoja, capitulo, imagenes)
    _todas_las_cifras(hoja, documento)
    crudo = io.BytesIO()
    hoja.save(crudo)
    return crudo.getvalue()


def _portada(hoja: Documento, documento: dict[str, Any]) -> None:
    institucion, corte, colofon = documento["institucion"], documento["corte"], documento["colofon"]
    casa = hoja.add_paragraph(" · ".join(x for x in (institucion["nombre"], institucion["area"]) if x))
    casa.paragraph_format.space_after = Pt(150)
    casa.runs[0].bold = True
    hoja.add_paragraph(documento["titulo"], style="Title")
    hoja.add_paragraph(documento["nombre_de_periodo"], style="Subtitle")
    if documento["estado"] not in {"publicada", "archivada"}:
        hoja.add_paragraph("BORRADOR").runs[0].bold = True
    autoriza = f"Autorizó {colofon['autoriza']}." if colofon["autoriza"] else ""
    for dicho in (colofon["aportaciones"], autoriza, f"Editor responsable: {colofon['editor']}." if colofon["editor"] else ""):
        if dicho:
            hoja.add_paragraph(dicho)
    dia = date_format(datetime.fromisoformat(corte["momento"]), r"j \d\e F \d\e Y")
    _chico(hoja, f"Datos al corte del {dia}, con {corte['elementos']:,} elementos. SHA-256 del corte: {corte['sha256']}")
    hoja.add_page_break()
    indice(hoja, [*(f"{c['n']}. {c['titulo']}" for c in documento["capitulos"]), DEL_CORTE])


def _chico(hoja: Documento, dicho: str) -> None:
    corrida = hoja.add_paragraph().add_run(dicho)
    corrida.font.size, corrida.font.color.rgb = Pt(8.5), GRIS


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
    if capitulo["entradilla"]:
        hoja.add_paragraph(capitulo["entradilla"]).runs[0].italic = True
    notas: list[str] = []
    for bloque in capitulo["bloques"]:
        if bloque["tipo"] == "grafica":
            _grafica(hoja, bloque, next(imagenes))
        else:
            _PONEN[bloque["tipo"]](hoja, bloque, notas)
    _notas(hoja, notas)


def _notas(hoja: Documento, notas: Sequence[str]) -> None:
    if notas:
        hoja.add_heading("Notas", 2)
        for n, nota in enumerate(notas, 1):
            _chico(hoja, f"{n}. {nota}")


def _texto(parrafo: Any, texto: Any, notas: list[str]) -> None:
    for trozo in [texto] if isinstance(texto, str) else texto:
        dato = {"t": trozo} if isinstance(trozo, str) else trozo
        corrida = enlazada(parrafo, dato["t"], dato["url"]) if dato.get("url") else parrafo.add_run(dato["t"])
        corrida.bold, corrida.italic = bool(dato.get("negrita")) or None, bool(dato.get("cursiva")) or None
        if dato.get("nota"):
            llamada(parrafo, dato["nota"], notas)


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
    anchos = [ANCHO_UTIL / CIFRAS_POR_RENGLON] * CIFRAS_POR_RENGLON
    puesta = tabla(hoja, anchos)
    for grupo in batched(b["cifras"], CIFRAS_POR_RENGLON):
        parrafos = list(renglon(puesta, anchos))
        for parrafo, cifra in zip(parrafos, grupo, strict=False):
            corrida = enlazada(parrafo, cifra["valor"], cifra["url"])
            corrida.font.size, corrida.font.name, corrida.font.underline = Pt(24), "Cambria", False
            if cifra["nota"]:
                llamada(parrafo, cifra["nota"], notas)
            parrafo.add_run("\n")
            escrito(parrafo, f"{cifra['nombre']}\n", negrita=True, tamano=10)
            escrito(parrafo, cifra["detalle"], tamano=9).font.color.rgb = GRIS
    _aire(hoja)


def _aire(hoja: Documento) -> None:
    """Después de una tabla: dos seguidas se juntarían en una."""
    hoja.add_paragraph().paragraph_format.space_after = Pt(2)


def _rotulo(hoja: Documento, titulo: str) -> None:
    """El título de una gráfica o una tabla, que no se separa de ella."""
    puesto = hoja.add_paragraph(titulo, style="Caption")
    puesto.paragraph_format.keep_with_next, puesto.paragraph_format.space_before = True, Pt(10)


def _grafica(hoja: Documento, b: dict[str, Any], imagen: bytes) -> None:
    _rotulo(hoja, b["titulo"])
    puesta = hoja.add_picture(io.BytesIO(imagen), width=Cm(ANCHO_UTIL))
    puesta._inline.docPr.set("descr", b["alt"])
    hoja.paragraphs[-1].paragraph_format.keep_with_next = True
    _huella(hoja, b["huella"])
    columnas = [{**c, "peso": 2.0} if not c.get("n") else c for c in b["tabla"]["columnas"]]
    _cuadro(hoja, columnas, b["tabla"]["filas"])


def _cuadro(
    hoja: Documento,
    columnas: Sequence[dict[str, Any]],
    filas: Sequence[Sequence[Any]],
    llamadas: Sequence[tuple[str, list[str]]] = (),
) -> None:
    """`llamadas`: por fila, la nota que lleva su primera celda y dónde se juntan las del capítulo."""
    anchos = medidas(columnas)
    puesta = tabla(hoja, anchos)
    for parrafo, columna in zip(renglon(puesta, anchos, encabeza=True), columnas, strict=True):
        escrito(parrafo, columna["t"], negrita=True, derecha=bool(columna.get("n")))
    for n, fila in enumerate(filas[:MAXIMO_DE_FILAS]):
        parrafos = list(renglon(puesta, anchos))
        for parrafo, dato, columna in zip(parrafos, fila, columnas, strict=True):
            escrito(parrafo, str(dato), derecha=bool(columna.get("n")))
        if llamadas and llamadas[n][0]:
            llamada(parrafos[0], *llamadas[n])
    _aire(hoja)


def _huella(hoja: Documento, h: dict[str, Any]) -> None:
    _chico(hoja, f"{h['clave']} · {h['elementos']:,} elementos · corte {h['corte']} · huella {h['sha256'][:8]}…")


def _tabla(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    _rotulo(hoja, b["titulo"])
    if b.get("aviso"):
        _chico(hoja, b["aviso"])
    _cuadro(hoja, b["columnas"], b["filas"], [(nota, notas) for nota in b.get("notas", ())])
    if b.get("huella"):
        _huella(hoja, b["huella"])


def _indicadores(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    columnas = [{"t": "Indicador", "peso": 4}, *({"t": t, "n": True} for t in ("Un año antes", "Meta", "Logro", "Avance, %"))]
    filas = [
        [f["nombre"], f["anterior"], f["meta"], f["logro"], "n/a" if f["porcentaje"] is None else f["porcentaje"]]
        for f in b["filas"]
    ]
    _tabla(hoja, {"titulo": b["titulo"], "columnas": columnas, "filas": filas, "notas": [f["nota"] for f in b["filas"]]}, notas)


def _galeria(hoja: Documento, b: dict[str, Any], notas: list[str]) -> None:
    _rotulo(hoja, b["titulo"])
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
    titulo_con_marca(hoja, DEL_CORTE, len(documento["capitulos"]) + 1)
    columnas: list[dict[str, Any]] = [
        {"t": "Clave"},
        {"t": "Indicador", "peso": 4},
        *({"t": t, "n": True} for t in ("Valor", "Un año antes", "Elementos")),
    ]
    filas = [[c["clave"], c["nombre"], c["valor"], c["anterior"], f"{c['elementos']:,}"] for c in documento["cifras"]]
    notas: list[str] = []
    _cuadro(hoja, columnas, filas, [(c["nota"], notas) for c in documento["cifras"]])
    _notas(hoja, notas)


_PONEN: dict[str, Callable[[Documento, dict[str, Any], list[str]], None]] = {
    "parrafo": _parrafo, "subtitulo": _subtitulo, "cita": _cita, "lista": _lista, "enumeracion": _lista, "cifras": _cifras,
    "tabla": _tabla, "relacion": _tabla, "indicadores": _indicadores, "galeria": _galeria, "cronologia": _cronologia,
    "destacado": _destacado, "aportacion": _aportacion,
}  # fmt: skip

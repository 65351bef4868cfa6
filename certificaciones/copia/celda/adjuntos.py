"""Lo que va dentro del PDF además de las páginas: adjuntos idénticos, índice, rótulos de página y lo que se declara."""

import hashlib
import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Object, String

DECLARACIONES = re.compile(rb"<pdf(?:aid|uaid):[a-z]+>[^<]*</pdf(?:aid|uaid):[a-z]+>")
DE_ACCESO = re.compile(rb"<pdfuaid:[a-z]+>[^<]*</pdfuaid:[a-z]+>")
MIB = 1024 * 1024
PESADOS = 8 * MIB
MUESTRA = MIB // 16


def _contenido(adjunto: dict[str, Any]) -> bytes:
    """Los bytes, que deben ser los de la huella impresa. Lanza `ValueError` si el archivo cambió."""
    datos = adjunto["texto"].encode() if "texto" in adjunto else Path(adjunto["ruta"]).read_bytes()
    if adjunto.get("sha256") and hashlib.sha256(datos).hexdigest() != adjunto["sha256"]:
        raise ValueError(f"«{adjunto['nombre']}» cambió mientras se hacía la copia")
    return datos


def _se_encoge(datos: bytes) -> bool:
    """¿Comprimirlo ahorra algo que se note? Se prueba con una muestra de en medio: lo digitalizado ya viene comprimido."""
    mitad = len(datos) // 2
    muestra = datos[mitad : mitad + MUESTRA]
    return len(datos) > MUESTRA and len(zlib.compress(muestra, 1)) < 0.9 * len(muestra)


def adjuntar(copia: pikepdf.Pdf, adjuntos: list[dict[str, Any]], fecha: str) -> bool:
    """Adjunta cada archivo con su relación (PDF/A-3, 6.8). Devuelve si conviene comprimir la copia al escribirla."""
    asociados, total, encogen = Array(), 0, False
    for adjunto in adjuntos:
        datos = _contenido(adjunto)
        total, encogen = total + len(datos), encogen or _se_encoge(datos)
        especificacion = AttachedFileSpec(
            copia,
            datos,
            description=adjunto["descripcion"],
            filename=adjunto["nombre"],
            mime_type=adjunto["mime"],
            creation_date=fecha,
            mod_date=fecha,
        )
        especificacion.relationship = Name("/" + adjunto["relacion"])
        copia.attachments[adjunto["nombre"]] = especificacion
        asociados.append(copia.attachments[adjunto["nombre"]].obj)
    copia.Root.AF = asociados
    return total < MIB or (encogen and total < PESADOS)


def rotular(copia: pikepdf.Pdf, rotulos: list[str], hojas: int) -> None:
    """Los visores llaman a cada página como el papel: «Certificación 1», «Foja 3», «Foja 1 rev.»."""
    numeros: list[Object | int] = [0, Dictionary(S=Name.D, P=String("Certificación "))]
    for indice, rotulo in enumerate(rotulos, hojas):
        numeros += [indice, Dictionary(P=String(rotulo))]
    copia.Root.PageLabels = copia.make_indirect(Dictionary(Nums=Array(numeros)))


def marcar(copia: pikepdf.Pdf, marcadores: list[tuple[str, int]]) -> None:
    """El índice: certificación, anexo y cada documento."""
    with copia.open_outline() as indice:
        indice.root.clear()
        indice.root.extend(pikepdf.OutlineItem(titulo, pagina) for titulo, pagina in marcadores)


def declarar(copia: pikepdf.Pdf, nivel: str) -> None:
    """Deja en los metadatos sólo lo que lo copiado sostiene: PDF/A-3a y PDF/UA (`a`), PDF/A-3b (`b`) o nada."""
    if nivel == "a":
        return
    metadatos = copia.Root.Metadata
    datos = metadatos.read_bytes()
    if nivel == "b":
        datos = DE_ACCESO.sub(b"", datos).replace(b"<pdfaid:conformance>A<", b"<pdfaid:conformance>B<")
    else:
        datos = DECLARACIONES.sub(b"", datos)
    metadatos.write(datos)


def ordenar(copia: pikepdf.Pdf, paginas: list[Object]) -> None:
    """Deja las páginas en ese orden; son las mismas, ni una más."""
    if [p.obj.objgen for p in copia.pages] == [p.objgen for p in paginas]:
        return
    if sorted(p.obj.objgen for p in copia.pages) != sorted(p.objgen for p in paginas):
        raise ValueError("al ordenar las páginas faltaría o sobraría alguna")
    del copia.pages[:]
    for pagina in paginas:
        copia.pages.append(pikepdf.Page(pagina))

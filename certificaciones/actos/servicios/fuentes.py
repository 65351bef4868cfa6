"""De un elemento a los documentos que se copian, y de cada documento a lo que la composición necesita."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from archivo.catalogo.puerta import Adjunto, Item, a_texto, combinar
from archivo.objetos.puerta import ruta_local
from archivo.salidas import Bloque, arbol_de_html, arbol_de_texto
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.models import Certificacion, DocumentoCertificado
from certificaciones.copia.puerta import Caras, Fuente

TEXTO = "text/plain"
NOMBRE_DEL_TEXTO = "texto-{clave}.txt"


@dataclass(frozen=True)
class DocumentoPedido:
    """Lo que se quiere copiar de un elemento: un archivo suyo o, sin él, su texto; `paginas` None, todas.

    `confirmado`: alguien vio que el archivo, dañado, se lee completo.
    """

    item: Item
    adjunto: Adjunto | None = None
    paginas: tuple[int, ...] | None = None
    caras: str = ""
    descripcion: str = ""
    confirmado: bool = False


def pedidos_de(item: Item, paginas: tuple[int, ...] | None = None) -> list[DocumentoPedido]:
    """Los originales de un elemento, en su orden, o su texto si no tiene. `paginas` cuenta a lo largo de todos ellos."""
    originales = list(item.adjuntos.select_related("objeto").exclude(rol__in=("difusion", "version_publica")))
    if not originales:
        return [DocumentoPedido(item, None, paginas)]
    if paginas is None:
        return [DocumentoPedido(item, adjunto) for adjunto in originales]
    return _repartir(item, originales, paginas)


def _repartir(item: Item, originales: Sequence[Adjunto], paginas: tuple[int, ...]) -> list[DocumentoPedido]:
    pedidos, antes = [], 0
    for adjunto in originales:
        tiene = adjunto.objeto.paginas or 1
        suyas = tuple(n - antes for n in paginas if antes < n <= antes + tiene)
        if suyas:
            pedidos.append(DocumentoPedido(item, adjunto, suyas))
        antes += tiene
    if max(paginas) > antes:
        raise ActoRechazado(f"El documento tiene {antes} páginas: no hay una página {max(paginas)}.")
    return pedidos


def texto_de(item: Item) -> str:
    """El texto propio del elemento, sin formato: de él es la huella de un documento sin archivo."""
    cuerpo = getattr(item, "cuerpo", None)
    if cuerpo is not None and cuerpo.html.strip():
        return a_texto(cuerpo.html)
    return "\n".join(item.paginas.filter(adjunto__isnull=True).order_by("n").values_list("texto", flat=True))


def _arbol_de(item: Item) -> tuple[Bloque, ...]:
    cuerpo = getattr(item, "cuerpo", None)
    if cuerpo is not None and cuerpo.html.strip():
        return tuple(arbol_de_html(cuerpo.html))
    return tuple(arbol_de_texto(texto_de(item)))


def huella_de_texto(item: Item) -> str:
    """SHA-256 del título y el texto en UTF-8. `ActoRechazado` si no hay texto que copiar."""
    texto = texto_de(item)
    if not texto.strip():
        raise ActoRechazado(f"«{item.titulo}» no tiene archivo ni texto: no hay qué copiar.")
    return hashlib.sha256(f"{item.titulo}\n\n{texto}".encode()).hexdigest()


def documento_de(pedido: DocumentoPedido, certificacion: Certificacion, orden: int) -> DocumentoCertificado:
    """La fila, todavía sin guardar y sin expediente, con lo que el archivo sabe hoy del documento."""
    item, adjunto = pedido.item, pedido.adjunto
    comunes = {
        "certificacion": certificacion, "orden": orden, "item": item, "item_clave": item.clave, "titulo": item.titulo[:1000],
        "descripcion": pedido.descripcion or item.titulo[:1000], "paginas": list(pedido.paginas) if pedido.paginas else None,
        "caras": pedido.caras or DocumentoCertificado.Caras.ANVERSO, "confirmado": pedido.confirmado,
        "adjuntar": certificacion.adjuntar_originales and not certificacion.version_publica,
        "area_clave": item.area.clave if item.area else "",
    }  # fmt: skip
    if adjunto is None:
        texto = texto_de(item)
        return DocumentoCertificado(
            nombre=NOMBRE_DEL_TEXTO.format(clave=item.clave), mime=TEXTO, sha256=huella_de_texto(item),
            bytes=len(texto.encode()), acceso=item.acceso_efectivo, **comunes,
        )  # fmt: skip
    objeto = adjunto.objeto
    return DocumentoCertificado(
        objeto=objeto, rol=adjunto.rol, nombre=adjunto.nombre, mime=objeto.mime, sha256=objeto.sha256, bytes=objeto.bytes,
        acceso=combinar(item.acceso_efectivo, adjunto.acceso_efectivo), **comunes,
    )  # fmt: skip


def fuente_de(documento: DocumentoCertificado) -> Fuente:
    """Lo que la composición copia. `ActoRechazado` si el texto del elemento ya no es el que se reunió."""
    if documento.objeto is None and huella_de_texto(documento.item) != documento.sha256:
        raise ActoRechazado(
            f"El texto de «{documento.titulo}» cambió desde que se reunió. Corrija la certificación y coteje otra vez."
        )
    return Fuente(
        nombre=documento.nombre,
        titulo=documento.descripcion,
        ruta=ruta_local(documento.objeto) if documento.objeto else None,
        sha256=documento.sha256,
        mime=documento.mime,
        paginas=tuple(documento.paginas) if documento.paginas else None,
        caras=cast("Caras", documento.caras),
        arbol=None if documento.objeto else _arbol_de(documento.item),
        adjuntar=documento.adjuntar,
        expediente=documento.expediente_codigo,
        dictamen=documento.dictamen,
        confirmada=documento.confirmado,
    )


def huella_de_los_documentos(documentos: Iterable[DocumentoCertificado]) -> str:
    """SHA-256 de qué se copia y cómo: si cambia después del cotejo, hay que cotejar de nuevo."""
    renglones = (f"{d.orden}|{d.sha256}|{d.paginas}|{d.caras}|{d.confirmado}" for d in documentos)
    return hashlib.sha256("\n".join(renglones).encode()).hexdigest()

"""Cómo se arma la página de un elemento: su visor, sus coincidencias y su cita."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from archivo.catalogo.puerta import Adjunto, Pagina
from archivo.indexacion.puerta import ambito_de, anotar_falla, motor
from archivo.objetos.puerta import DerivadoImposible, palabras_de_pagina
from archivo.portal import marcas
from archivo.portal.lectura import Elemento, GrupoDePaginas
from archivo.portal.portada import tiene_imagen
from search import Node, SearchError

bitacora = logging.getLogger("archivo.portal")

COINCIDENCIAS = 24
PARTES_A_LA_VISTA = 3
POR_MOSAICO = 48
ANCHOS = {1: 800, 2: 1600, 3: 2400}
LECTURAS = {
    "pdf": "Texto tomado del archivo tal como se recibió.",
    "ocr": "Texto leído por máquina: puede tener errores.",
    "sin_texto": "De esta página no se ha leído texto.",
    "texto": "",
}


@dataclass(frozen=True)
class Hoja:
    """Una página lista para dibujarse: su imagen (si tiene), lo hallado sobre ella y su texto en párrafos."""

    pagina: Pagina
    parrafos: list[marcas.Segmentos]
    rectangulos: list[marcas.Rectangulo] = field(default_factory=list)
    zoom: int = 1

    @property
    def adjunto(self) -> Adjunto | None:
        """El archivo de la página."""
        return self.pagina.adjunto

    @property
    def tiene_imagen(self) -> bool:
        """¿Se puede dibujar?"""
        return self.adjunto is not None and tiene_imagen(self.adjunto)

    @property
    def ancho(self) -> int:
        """Ancho de la imagen en pixeles, según el acercamiento."""
        return ANCHOS[self.zoom]

    @property
    def lectura(self) -> str:
        """Cómo se leyó el texto, en una frase."""
        if self.pagina.lectura == "ocr" and self.pagina.texto and self.pagina.confianza:
            return f"Texto leído por máquina, puede tener errores (confianza {self.pagina.confianza} %)."
        return LECTURAS[self.pagina.lectura]


def hoja_de(pagina: Pagina, consulta: Node | None, zoom: int = 1) -> Hoja:
    """Arma una página. Si hay consulta y es de un PDF, busca las palabras sobre la imagen."""
    parrafos = marcas.parrafos(pagina.texto, consulta, por_renglon=pagina.lectura == "texto")
    return Hoja(pagina, parrafos, _sobre_la_imagen(pagina, consulta), zoom)


def _sobre_la_imagen(pagina: Pagina, consulta: Node | None) -> list[marcas.Rectangulo]:
    if consulta is None or pagina.adjunto is None or pagina.n_en_archivo is None:
        return []
    try:
        return marcas.rectangulos(palabras_de_pagina(pagina.adjunto.objeto, pagina.n_en_archivo), consulta)
    except (DerivadoImposible, OSError):
        bitacora.warning("No se pudieron ubicar las palabras de la página %s de %s", pagina.n, pagina.item_id, exc_info=True)
        return []


def coincidencias(elemento: Elemento, consulta: Node | None) -> list[int] | None:
    """Las páginas del elemento en que aparece lo buscado, en orden, según el motor; None si no responde: no se sabe si las hay."""
    if consulta is None:
        return []
    try:
        halladas = motor().pages([elemento.item.clave], consulta, ambito_de(elemento.visita.lector), per_item=COINCIDENCIAS)
    except SearchError as error:
        anotar_falla(bitacora, "No se pudo buscar dentro de un documento", error)
        return None
    return sorted(pagina.number for pagina in halladas.get(elemento.item.clave, ()))


def propias(grupos: Sequence[GrupoDePaginas]) -> GrupoDePaginas | None:
    """Las partes del texto propio del elemento."""
    return next((g for g in grupos if g.adjunto is None), None)


def de_archivos(grupos: Sequence[GrupoDePaginas]) -> list[GrupoDePaginas]:
    """Las páginas de sus archivos."""
    return [g for g in grupos if g.adjunto is not None]


def rotulo_de(elemento: Elemento) -> str:
    """Cómo se nombra el documento: su folio, o el nombre de su tipo."""
    item = elemento.item
    return f"{elemento.tipo.nombre} {item.folio}" if item.folio else elemento.tipo.nombre


def parametros(consulta: str, **otros: object) -> str:
    """La cola de una dirección con la consulta y lo demás; vacía si no hay nada."""
    dados = {c: v for c, v in {"q": consulta, **otros}.items() if v}
    return f"?{urlencode(dados)}" if dados else ""


def miniaturas(elemento: Elemento, desde: int) -> list[Pagina]:
    """Las páginas con archivo a partir de una, sin su texto, para el mosaico."""
    paginas = elemento.paginas.filter(adjunto__isnull=False, n__gte=desde).order_by("n").defer("texto")
    return list(paginas[: POR_MOSAICO + 1])


def puede_llevar_posicion(adjunto: Adjunto) -> bool:
    """¿Es una foto que dice dónde se tomó? De las que no se revisó al ingresarlas, se supone que sí."""
    return adjunto.objeto.mime.startswith("image/") and adjunto.datos.get("con_posicion", True)


def grabaciones(elemento: Elemento) -> list[dict[str, Any]]:
    """Los audios y videos que esa persona puede oír o ver, con su tamaño."""
    return [
        {"adjunto": a, "es_video": a.objeto.mime.startswith("video/"), "ancho": a.datos.get("ancho"), "alto": a.datos.get("alto")}
        for a in elemento.adjuntos
        if a.objeto.mime.startswith(("audio/", "video/"))
    ]


def fotografias(elemento: Elemento) -> list[Adjunto]:
    """Las imágenes sueltas del elemento (sin páginas), con su pie y su crédito."""
    imagenes = (a for a in elemento.adjuntos if a.objeto.mime.startswith("image/"))
    return [a for a in imagenes if a.rol == "fotografia" or (a.rol == "original" and a.objeto.paginas is None)]

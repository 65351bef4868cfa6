"""El PDF de cada elemento de la muestra, hecho con los impresos del producto."""

from dataclasses import replace

from archivo.salidas import (
    DatosDeBoletin,
    DatosDePublicacion,
    Foto,
    Relacion,
    arbol_de_html,
    boletin_pdf,
    publicacion_pdf,
)

from .casa import CASA, CONTACTO, EDITOR
from .dibujos import describir, dibujar
from .libro import con_paginas
from .modelo import DibujoPendiente, ElementoDeMuestra, PublicacionDeMuestra
from .vocabulario import nombre_de_area

SERIES = {
    "boletin": "Boletín de prensa",
    "comunicado": "Comunicado",
    "tarjeta-informativa": "Tarjeta informativa",
    "invitacion": "Invitación",
    "version-estenografica": "Versión estenográfica",
    "fe-de-erratas": "Fe de erratas",
}


def _relacion(elemento: ElementoDeMuestra, corregido: ElementoDeMuestra | None) -> Relacion | None:
    if elemento.relacion is None or corregido is None:
        return None
    return Relacion(corregido.folio, corregido.fecha, corregido.titulo, elemento.relacion.correcciones)


def _foto(pendiente: DibujoPendiente) -> Foto:
    contenido = dibujar(pendiente.escena, pendiente.semilla)
    return Foto(contenido, describir(pendiente.escena), pendiente.pie, EDITOR, f"AE-FOT-{pendiente.semilla:06d}")


def completar(publicada: PublicacionDeMuestra) -> DatosDePublicacion:
    """Los datos de la publicación con sus dibujos hechos y, si se piden, sus páginas exactas."""
    fotos = {clave: _foto(pendiente) for clave, pendiente in publicada.dibujos.items()}
    datos = replace(publicada.datos, fotos=fotos, portada=fotos.get("portada"))
    if publicada.paginas is None:
        return datos
    return con_paginas(datos, publicada.fichas, publicada.paginas)


def pdf_de(elemento: ElementoDeMuestra, corregido: ElementoDeMuestra | None = None) -> bytes:
    """El PDF del elemento; `corregido` es el boletín al que se refiere si es una fe de erratas."""
    if elemento.publicacion is not None:
        return publicacion_pdf(completar(elemento.publicacion), elemento.fecha)
    datos = DatosDeBoletin(
        institucion=CASA,
        serie=SERIES[elemento.serie],
        titulo=elemento.titulo,
        fecha=elemento.fecha,
        cuerpo=arbol_de_html(elemento.cuerpo_html),
        folio=elemento.folio,
        lugar="Alcaldía Ejemplo",
        emite=nombre_de_area(elemento.area),
        vocero=elemento.vocero,
        temas=elemento.temas,
        codigo=f"AE/CCS/{elemento.serie.upper()}/{elemento.fecha.year}/{elemento.numero or 0:04d}",
        balazos=elemento.balazos,
        fotografias=[Foto(f.dibujar(), f.alt, f.pie, f.credito, f.clave) for f in elemento.fotos],
        contacto=CONTACTO,
        embargo_hasta=elemento.embargo_hasta,
        relacion=_relacion(elemento, corregido),
        marca="CANCELADO" if elemento.estado == "cancelado" else "",
    )
    return boletin_pdf(datos, elemento.fecha)

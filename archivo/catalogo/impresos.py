"""El boletín como documento impreso."""

import logging
from datetime import datetime

from django.utils import timezone

from archivo.catalogo.acceso import puede_ver_ficha
from archivo.catalogo.models import Adjunto, Cuerpo, Item, Relacion
from archivo.identidad.puerta import ANONIMO, institucion
from archivo.objetos.puerta import ObjetoAusente, abrir
from archivo.salidas import (
    Bloque,
    Contacto,
    Correccion,
    DatosDeBoletin,
    Foto,
    Institucion,
    arbol_de_html,
    arbol_de_texto,
    boletin_pdf,
)
from archivo.salidas import Relacion as RelacionImpresa

registro = logging.getLogger("archivo.catalogo")
_MARCAS = {"borrador": "BORRADOR", "en_revision": "BORRADOR", "cancelado": "CANCELADO"}
_VERBOS = {
    "fe_de_erratas_de": "Corrige al",
    "alcance_de": "Amplía el",
    "sustituye_a": "Sustituye al",
    "traduccion_de": "Traduce el",
}
_VE_EL_CONTACTO = {"borrador", "en_revision", "autorizado", "programado", "publicado", "retirado"}
FOTOS = 6


def boletin_en_pdf(item: Item, enlace: str) -> bytes:
    """El PDF de un boletín (PDF/A-3a y PDF/UA-1). Mismo elemento y misma versión dan los mismos bytes.

    Args:
        enlace: la dirección pública completa del elemento, para el código QR.
    """
    datos = DatosDeBoletin(
        institucion=membrete(),
        serie=item.serie.nombre if item.serie else "Boletín",
        titulo=item.titulo,
        fecha=item.fecha or timezone.localtime(item.creado).date(),
        cuerpo=_cuerpo(item),
        folio=item.folio,
        lugar=item.lugar,
        emite=item.area.nombre if item.area else "",
        vocero=item.ficha.get("vocero", ""),
        temas=tuple(t.nombre for t in item.temas.all()),
        codigo=item.clave,
        enlace=enlace,
        balazos=tuple(item.ficha.get("balazos", ())),
        fotografias=_fotografias(item),
        contacto=_contacto(item),
        embargo_hasta=_embargo(item),
        relacion=_relacion(item),
        marca=_MARCAS.get(item.estado, ""),
    )
    return boletin_pdf(datos, datos.fecha)


def membrete() -> Institucion:
    """La institución como se imprime hoy: con su identidad, o neutra si hay veda."""
    oficina = institucion()
    identidad = dict(oficina.identidad or {})
    veda = bool(identidad.pop("veda", False))
    return Institucion(oficina.nombre, oficina.oficina, oficina.domicilio, oficina.sitio, identidad=identidad, veda=veda)


def _cuerpo(item: Item) -> list[Bloque]:
    redactado = Cuerpo.objects.filter(item_id=item.pk).values_list("html", flat=True).first()
    if redactado:
        return arbol_de_html(redactado)
    return arbol_de_texto("".join(item.paginas.filter(adjunto__isnull=True).order_by("n").values_list("texto", flat=True)))


def _fotografias(item: Item) -> tuple[Foto, ...]:
    """Las que lee quien lee el texto: una fotografía más restringida que su boletín no se imprime."""
    fotos = item.adjuntos.filter(rol="fotografia", acceso_efectivo=item.acceso_efectivo).select_related("objeto")
    return tuple(foto for a in fotos[:FOTOS] if (foto := _foto(a)))


def _foto(adjunto: Adjunto) -> Foto | None:
    try:
        with abrir(adjunto.objeto) as archivo:
            contenido = archivo.read()
    except ObjetoAusente:
        registro.exception("El boletín %s se imprime sin una fotografía: falta su original.", adjunto.item.clave)
        return None
    alternativa = adjunto.alternativa or adjunto.pie or f"Fotografía: {adjunto.nombre}"
    return Foto(contenido, alternativa, adjunto.pie or adjunto.nombre, adjunto.credito)


def _contacto(item: Item) -> Contacto | None:
    nombre = item.ficha.get("contacto_prensa", "")
    return Contacto(nombre) if nombre and item.estado in _VE_EL_CONTACTO else None


def _embargo(item: Item) -> datetime | None:
    if item.embargo_hasta is None or item.embargo_hasta <= timezone.now():
        return None
    return timezone.localtime(item.embargo_hasta).replace(tzinfo=None)


def _relacion(item: Item) -> RelacionImpresa | None:
    relacion = Relacion.objects.filter(origen_id=item.pk).select_related("destino", "destino__serie").first()
    if relacion is None:
        return None
    destino = relacion.destino
    fecha = destino.fecha
    if fecha is None:
        return None
    if puede_ver_ficha(ANONIMO, item) and not puede_ver_ficha(ANONIMO, destino):
        return None
    correcciones = tuple(Correccion(c.get("donde", ""), c.get("dice", ""), c.get("debe", "")) for c in relacion.correcciones)
    nombre = destino.serie.nombre.lower() if destino.serie else "documento"
    return RelacionImpresa(destino.folio or destino.clave, fecha, destino.titulo, correcciones, _VERBOS[relacion.clase], nombre)

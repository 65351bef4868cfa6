"""Quién entra a cada pantalla. Lo que a una persona no le toca es el mismo 404 que lo que no existe."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from archivo.catalogo.puerta import dejar_constancia_de_lectura, dejar_constancia_de_lista, puede_ver_ficha, puede_ver_texto
from archivo.identidad.puerta import Lector, lector_de
from certificaciones.actos.puerta import Certificacion, DocumentoCertificado, adjunto_de, ocultar_lo_ajeno
from certificaciones.solicitudes.puerta import VEN_SOLICITUDES, Solicitud, solicitudes_para

ATIENDEN = ("unidad_transparencia",)
ARMAN = ("unidad_transparencia", "certificacion", "titular", "archivo_tramite")
CERTIFICAN = ("certificacion", "titular")
COTEJAN = ("cotejo", "archivo_tramite", "archivo_concentracion", "archivo_historico", "certificacion", "titular")
VEN_CERTIFICACIONES = (*VEN_SOLICITUDES, "archivo_concentracion", "archivo_historico")
REMITEN = ("certificacion", "titular", "unidad_transparencia")


def lector_con(request: Any, *roles: str) -> Lector:
    """Quien pregunta, si ejerce alguno de esos roles; si no, 404."""
    lector = lector_de(request.user)
    if not lector.tiene(*roles):
        raise Http404
    return lector


def solicitud_para(request: Any, folio: str) -> Solicitud:
    """La solicitud, si esa persona puede ver solicitudes."""
    return get_object_or_404(solicitudes_para(lector_de(request.user)), folio=folio)


def certificaciones_para(lector: Lector) -> Any:
    """Las que esa persona puede ver: las de las áreas en que ejerce; sin área, las de toda la institución."""
    if not lector.tiene(*VEN_CERTIFICACIONES):
        return Certificacion.objects.none()
    propias = Certificacion.objects.exclude(firma_tipo=Certificacion.Firma.ENSAYO)
    if lector.tiene_en_todo(*VEN_CERTIFICACIONES):
        return propias
    return propias.filter(area_id__in=[r.area_id for r in lector.roles if r.rol in VEN_CERTIFICACIONES and r.area_id])


def certificacion_para(request: Any, clave: str) -> Certificacion:
    """La certificación, si esa persona la puede ver."""
    filas = certificaciones_para(lector_de(request.user)).select_related("area", "certificador", "libro", "objeto", "creado_por")
    return get_object_or_404(filas, clave=clave)


def a_la_vista(documentos: Iterable[DocumentoCertificado], lector: Lector, usuario: Any) -> bool:
    """Deja a la vista lo que esa persona puede ver, con constancia de lo que se audita. ¿Se ve todo?"""
    mostrados = list(documentos)
    vistos = {d.item_id: d.item for d in mostrados if puede_ver_ficha(lector, d.item)}
    dejar_constancia_de_lista(vistos.values(), usuario, "certificación")
    return not ocultar_lo_ajeno(mostrados, lector)


def exigir_lectura(certificacion: Certificacion, lector: Lector, usuario: Any) -> None:
    """Quien ve las fojas debe poder leer todos sus documentos; si no, 404. De lo que se audita queda constancia a nombre
    de `usuario`; con None no (la página que las enseña ya la dejó).
    """
    for documento in certificacion.documentos.select_related("item").prefetch_related("item__adjuntos"):
        if not puede_ver_texto(lector, documento.item, adjunto_de(documento)):
            raise Http404
        if usuario is not None:
            dejar_constancia_de_lectura(documento.item, usuario, "certificación")

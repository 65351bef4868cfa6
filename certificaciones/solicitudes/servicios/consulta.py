"""Leer solicitudes: quién ve qué, y el seguimiento de quien pidió."""

from typing import Any

from django.utils.crypto import constant_time_compare

from archivo.identidad.puerta import Lector, lector_de
from certificaciones.solicitudes.models import Solicitante, Solicitud, SolicitudQuerySet
from certificaciones.solicitudes.servicios.altas import huella_de_codigo

VEN_SOLICITUDES = (
    "unidad_transparencia",
    "comite_transparencia",
    "titular",
    "archivo_tramite",
    "cotejo",
    "certificacion",
    "auditoria",
)
VEN_A_QUIEN_PIDE = ("unidad_transparencia",)


def solicitudes_para(lector: Lector) -> SolicitudQuerySet:
    """Las que esa persona puede ver. Ninguna dice quién la hizo."""
    return Solicitud.objects.all() if lector.tiene(*VEN_SOLICITUDES) else Solicitud.objects.none()


def solicitante_de(solicitud: Solicitud, usuario: Any) -> Solicitante | None:
    """Quién la hizo, sólo para la Unidad de Transparencia; None para los demás."""
    if not lector_de(usuario).tiene(*VEN_A_QUIEN_PIDE):
        return None
    return Solicitante.objects.filter(solicitud=solicitud).first()


def quien_pide(solicitud: Solicitud) -> str:
    """Como lo dice una certificación: la autoridad, o «la parte interesada». Nunca el nombre de una persona."""
    return solicitud.autoridad.strip() if solicitud.es_de_autoridad else "la parte interesada"


def referencia_de(solicitud: Solicitud) -> str:
    """Lo que se atiende: el oficio de la autoridad o la solicitud."""
    return solicitud.referencia.strip() or f"la solicitud {solicitud.folio_pnt or solicitud.folio}"


def seguir(folio: str, codigo: str) -> Solicitud | None:
    """La solicitud con ese folio, si el código es el suyo. El tiempo no delata si el folio existe."""
    hallada = Solicitud.objects.filter(folio=folio.strip().upper()).first()
    suya = hallada.huella_codigo if hallada else "0" * 64
    return hallada if constant_time_compare(suya, huella_de_codigo(codigo)) else None

"""Lo que espera a cada persona: por cotejar y por firmar."""

from django.db.models import Q
from django.utils import timezone

from archivo.identidad.puerta import Usuario, lector_de
from certificaciones.actos.estados import CERTIFICAN, COTEJAN
from certificaciones.actos.models import Certificacion, CertificacionQuerySet
from certificaciones.reglas.puerta import areas_al_alcance

POR_FIRMAR = ("en_firma", "pendiente_de_sello")


def por_firmar(actor: Usuario) -> CertificacionQuerySet:
    """Lo que esa persona puede expedir hoy: enviado a su nombre (o a nadie) y al alcance de su facultad vigente."""
    alcance = areas_al_alcance(actor, timezone.localdate())
    suyas = Certificacion.objects.filter(Q(certificador=actor) | Q(certificador__isnull=True), estado__in=POR_FIRMAR)
    if not lector_de(actor).tiene(*CERTIFICAN):
        return suyas.none()
    return (suyas if alcance is None else suyas.filter(area__in=alcance)).order_by("creado", "pk")


def por_cotejar(actor: Usuario) -> CertificacionQuerySet:
    """Lo que esa persona puede cotejar: en cotejo, de sus áreas, y que no vaya a certificar ella misma."""
    lector = lector_de(actor)
    en_cotejo = Certificacion.objects.filter(estado="en_cotejo").exclude(certificador=actor)
    if lector.tiene_en_todo(*COTEJAN):
        return en_cotejo.order_by("creado", "pk")
    areas = {r.area_id for r in lector.roles if r.rol in COTEJAN}
    return en_cotejo.filter(area__in=areas).order_by("creado", "pk")

"""Los enlaces que van en un correo: firmados con la clave del archivo, sin la dirección de nadie."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from buscador.models import BusquedaGuardada

CONFIRMAR, BAJA = "buscador.aviso.confirmar", "buscador.aviso.baja"


def direccion_completa(camino: str) -> str:
    """Un camino del sitio como se escribe en un correo."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{camino}"


def enlace_para(guardada: BusquedaGuardada, sal: str) -> str:
    """La dirección que confirma o que da de baja."""
    nombre = "aviso_confirmar" if sal == CONFIRMAR else "aviso_baja"
    return direccion_completa(reverse(f"buscador:{nombre}", args=[signing.dumps(guardada.pk, salt=sal)]))


def seguir(testigo: str, sal: str) -> BusquedaGuardada | None:
    """La búsqueda de ese enlace; None si no es nuestro, venció (sólo el de confirmar vence) o ya se borró."""
    vigencia = timedelta(hours=settings.ACERVO_AVISOS_HORAS_PARA_CONFIRMAR) if sal == CONFIRMAR else None
    try:
        pk = signing.loads(testigo, salt=sal, max_age=vigencia)
    except signing.BadSignature:
        return None
    return BusquedaGuardada.objects.filter(pk=pk).first()

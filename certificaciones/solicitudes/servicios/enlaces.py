"""El enlace con que quien pidió entra a su solicitud desde un correo, sin escribir el código."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from certificaciones.solicitudes.models import Solicitud

SAL, VIGENCIA = "solicitudes.enlace", timedelta(days=90)


def testigo_de(solicitud: Solicitud) -> str:
    """Firmado con la clave del archivo; vale `VIGENCIA`. No lleva el código ni nada de quien pidió."""
    return signing.dumps([solicitud.folio, solicitud.huella_codigo[:16]], salt=SAL)


def enlace_de(solicitud: Solicitud) -> str:
    """La dirección completa."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{reverse('solicitudes:enlace', args=[testigo_de(solicitud)])}"


def seguir_enlace(testigo: str) -> Solicitud | None:
    """La solicitud de ese enlace; None si no es nuestro, venció o ya no hay tal solicitud."""
    try:
        folio, huella = signing.loads(testigo, salt=SAL, max_age=VIGENCIA)
    except (signing.BadSignature, ValueError):
        return None
    return Solicitud.objects.filter(folio=folio, huella_codigo__startswith=huella).first()

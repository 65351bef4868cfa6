"""Los correos de los avisos: texto llano, con su enlace de baja y sin rastreo."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, InvalidMailer, MailerDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import ANONIMO, institucion
from buscador.avisos.enlaces import BAJA, CONFIRMAR, direccion_completa, enlace_para
from buscador.models import BusquedaGuardada

FALLAS_DE_CORREO = (OSError, ImproperlyConfigured, MailerDoesNotExist, InvalidMailer)
"""Por lo que un correo no sale: el servidor no contesta, o nadie lo configuró."""


def mandar_confirmacion(guardada: BusquedaGuardada) -> None:
    """El correo que pide confirmar. No dice nada del archivo: quien no lo pidió sólo tiene que ignorarlo."""
    valores = {"enlace": enlace_para(guardada, CONFIRMAR), "horas": settings.ACERVO_AVISOS_HORAS_PARA_CONFIRMAR}
    _mensaje(guardada, "Confirme que quiere recibir avisos del archivo", "confirmar", valores).send()


def mandar_novedades(guardada: BusquedaGuardada) -> int:
    """Lo nuevo que cualquiera puede ver en este momento; devuelve cuántos documentos se anuncian, y con cero no escribe a nadie."""
    claves, total = guardada.por_enviar["claves"], guardada.por_enviar["total"]
    filas = {i.clave: i for i in Item.objects.visibles_para(ANONIMO).filter(clave__in=claves)}
    items = [filas[c] for c in claves if c in filas]
    if not items or not guardada.destino:
        return 0
    cuantos = total - len(claves) + len(items)
    documentos = [(i.titulo, i.fecha_texto or i.fecha, direccion_completa(i.get_absolute_url())) for i in items]
    valores = {
        "documentos": documentos,
        "total": cuantos,
        "mas": cuantos - len(items),
        "busqueda": direccion_completa(f"{reverse('buscador:buscar')}?{guardada.consulta}"),
    }
    asunto = f"{cuantos:,} documento{'s nuevos' if cuantos != 1 else ' nuevo'}: {guardada.nombre}"
    _mensaje(guardada, asunto, "novedades", valores).send()
    return cuantos


def _mensaje(guardada: BusquedaGuardada, asunto: str, carta: str, valores: dict[str, object]) -> EmailMessage:
    """Con identificador fijo por envío, para que un programa de correo junte los repetidos, y baja de un clic (RFC 8058)."""
    baja = enlace_para(guardada, BAJA)
    comunes = {"nombre": guardada.nombre, "baja": baja, "institucion": institucion().nombre}
    cuerpo = render_to_string(f"buscador/cartas/{carta}.txt", valores | comunes)
    mensaje = EmailMessage(" ".join(asunto.split())[:200], cuerpo, to=[guardada.destino])
    casa = mensaje.from_email.rpartition("@")[2].rstrip(">")
    vez = f"{guardada.enviado_en:%Y%m%d%H%M}" if guardada.enviado_en else "0"
    mensaje.extra_headers = {
        "Message-ID": f"<busqueda-{guardada.pk}-{carta}-{vez}@{casa}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{baja}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mensaje

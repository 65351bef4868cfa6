"""Mandar un aviso por correo. Puede correr dos veces; si el servidor falla queda dicho, y se vuelve a intentar."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, InvalidMailer, MailerDoesNotExist
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from archivo.identidad.puerta import institucion
from certificaciones.reglas.puerta import ClaseDeAviso, redactar_aviso
from certificaciones.solicitudes.models import Aviso, Solicitante, Solicitud
from certificaciones.solicitudes.servicios.constancias import anotar
from certificaciones.solicitudes.servicios.enlaces import enlace_de

TOMADO = timedelta(minutes=10)
"""Lo que se espera a un proceso que tomó el aviso antes de creerlo muerto."""
ESPERAS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720, 1440, 1440))
"""Cuánto se espera después de cada intento; tras el último, el aviso queda como no salido y lo dice la bandeja."""
_DE_COBRO = (ClaseDeAviso.ORDEN, ClaseDeAviso.RECORDATORIO)


def mandar_aviso(pk: int) -> str:
    """Manda el aviso si sigue pendiente y le toca; devuelve en qué quedó."""
    ahora = timezone.now()
    suyo = Aviso.objects.filter(pk=pk, estado=Aviso.Estado.PENDIENTE, proximo__lte=ahora)
    if not suyo.update(proximo=ahora + TOMADO, intentos=F("intentos") + 1):
        return ""
    aviso = Aviso.objects.select_related("solicitud", "orden__plazo").get(pk=pk)
    correo = Solicitante.objects.filter(solicitud=aviso.solicitud).values_list("correo", flat=True).first()
    if not correo or not _viene_al_caso(aviso):
        return _cerrar(aviso, Aviso.Estado.OMITIDO)
    try:
        _mensaje(aviso, correo).send()
    except (OSError, ImproperlyConfigured, MailerDoesNotExist, InvalidMailer) as error:
        return _dejar_para_luego(aviso, _razon(error, correo))
    anotar(aviso.solicitud, "aviso_enviado", None, detalle={"aviso": aviso.clase})
    return _cerrar(aviso, Aviso.Estado.ENVIADO)


def _viene_al_caso(aviso: Aviso) -> bool:
    """De una orden sustituida o ya cubierta no se escribe."""
    if aviso.clase not in _DE_COBRO:
        return True
    return aviso.solicitud.estado == "en_espera_pago" and not hasattr(aviso.orden, "sustituta")


def _mensaje(aviso: Aviso, correo: str) -> EmailMessage:
    """Con un identificador que no cambia: si el aviso saliera dos veces, el programa de correo lo junta."""
    carta = redactar_aviso(aviso.clase, timezone.localdate(), _valores(aviso))
    mensaje = EmailMessage(carta.asunto, carta.cuerpo, to=[correo])
    remitente = mensaje.from_email.rpartition("@")[2].rstrip(">")
    mensaje.extra_headers = {
        "Message-ID": f"<aviso-{aviso.pk}.{aviso.solicitud.huella_codigo[:12]}@{remitente}>",
        "Auto-Submitted": "auto-generated",
    }
    return mensaje


def _valores(aviso: Aviso) -> dict[str, str]:
    solicitud, casa = aviso.solicitud, institucion()
    plazo = getattr(aviso.orden, "plazo", None)
    en_papel = solicitud.modalidad == Solicitud.Modalidad.PAPEL
    return {
        "folio": solicitud.folio,
        "enlace": enlace_de(solicitud),
        "total": f"${aviso.orden.total:,.2f}" if aviso.orden else "",
        "dias": str(plazo.dias) if plazo else "",
        "vence": date_format(plazo.vencimiento, r"l j \d\e F \d\e Y") if plazo else "",
        "fecha": date_format(timezone.localdate(), r"j \d\e F \d\e Y"),
        "institucion": casa.nombre,
        "domicilio": casa.domicilio if en_papel else "",
    }


def _cerrar(aviso: Aviso, estado: str) -> str:
    enviado = timezone.now() if estado == Aviso.Estado.ENVIADO else None
    Aviso.objects.filter(pk=aviso.pk).update(estado=estado, error="", enviado_en=enviado)
    return estado


def _dejar_para_luego(aviso: Aviso, razon: str) -> str:
    agotado = aviso.intentos > len(ESPERAS)
    estado = Aviso.Estado.FALLIDO if agotado else Aviso.Estado.PENDIENTE
    espera = timedelta(0) if agotado else ESPERAS[aviso.intentos - 1]
    Aviso.objects.filter(pk=aviso.pk).update(estado=estado, error=razon, proximo=timezone.now() + espera)
    return estado


def _razon(error: Exception, correo: str) -> str:
    """En una frase y sin la dirección de quien pidió."""
    if isinstance(error, MailerDoesNotExist):
        return "No hay servidor de correo: quien administra debe escribirlo en ACERVO_CORREO."
    return f"El servidor de correo no lo tomó: {error}".replace(correo, "la dirección")[:300]

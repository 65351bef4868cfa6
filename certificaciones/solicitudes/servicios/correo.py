"""Mandar un aviso por correo. Puede correr dos veces; si el servidor falla queda dicho, y se vuelve a intentar."""

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.formats import date_format

from archivo.identidad.puerta import institucion
from archivo.salidas import carta, mandar_debido
from certificaciones.reglas.puerta import ClaseDeAviso, redactar_aviso
from certificaciones.solicitudes.models import Aviso, Solicitante, Solicitud
from certificaciones.solicitudes.servicios.constancias import anotar
from certificaciones.solicitudes.servicios.enlaces import enlace_de

_DE_COBRO = (ClaseDeAviso.ORDEN, ClaseDeAviso.RECORDATORIO)


def mandar_aviso(pk: int) -> str:
    """Manda el aviso si sigue pendiente y le toca; devuelve en qué quedó."""
    avisos = Aviso.objects.select_related("solicitud", "orden__plazo")
    quedo = mandar_debido(avisos, pk, _mensaje)
    if quedo == Aviso.Estado.ENVIADO:
        aviso = avisos.get(pk=pk)
        anotar(aviso.solicitud, "aviso_enviado", None, detalle={"aviso": aviso.clase})
    return quedo


def _viene_al_caso(aviso: Aviso) -> bool:
    """De una orden sustituida o ya cubierta no se escribe."""
    if aviso.clase not in _DE_COBRO:
        return True
    return aviso.solicitud.estado == "en_espera_pago" and not hasattr(aviso.orden, "sustituta")


def _mensaje(aviso: Aviso) -> EmailMessage | None:
    """Con un identificador que no cambia: si el aviso saliera dos veces, el programa de correo lo junta. None si ya no viene al caso."""
    correo = Solicitante.objects.filter(solicitud=aviso.solicitud).values_list("correo", flat=True).first()
    if not correo or not _viene_al_caso(aviso):
        return None
    texto = redactar_aviso(aviso.clase, timezone.localdate(), _valores(aviso))
    return carta(texto.asunto, texto.cuerpo, correo, marca=f"aviso-{aviso.pk}.{aviso.solicitud.huella_codigo[:12]}")


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

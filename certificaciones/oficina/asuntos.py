"""Lo que las solicitudes y las certificaciones dejan en la bandeja de cada quien."""

from collections.abc import Collection, Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from archivo.identidad.puerta import Lector
from archivo.registros import Asunto, asuntos
from certificaciones.actos.puerta import por_cotejar, por_firmar
from certificaciones.oficina.permisos import CERTIFICAN, COTEJAN
from certificaciones.solicitudes.puerta import Solicitud, solicitudes_para

TOPE = 200


def _fin_del_dia(solicitud: Solicitud) -> datetime | None:
    """El último momento del día en que vence, si la autoridad fijó fecha."""
    return timezone.make_aware(datetime.combine(solicitud.vence, time.max)) if solicitud.vence else None


@asuntos("solicitudes", "Solicitudes por atender", orden=15)
def solicitudes_por_atender(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las que esperan a alguno de sus roles. De quien las hizo no se dice nada."""
    if usuario.pk not in de:
        return
    for solicitud in solicitudes_para(lector).por_atender()[:TOPE]:
        situacion = solicitud.situacion
        if lector.tiene(*situacion.espera_a):
            yield Asunto(
                clave=f"solicitud:{solicitud.folio}",
                titulo=f"{solicitud.folio} · {solicitud.autoridad or solicitud.get_tipo_display()}",
                que_hacer=_QUE_HACER.get(situacion.clave, "Ábrala y siga con ella."),
                desde=solicitud.recibida,
                direccion=reverse("oficina_solicitud", args=[solicitud.folio]),
                de_quien=usuario.pk,
                vence=_fin_del_dia(solicitud),
                urgencia=2 if solicitud.prioritaria else 1,
            )


_QUE_HACER = {
    "recibida": "Localice los documentos y arme la canasta.",
    "con_informacion": "Emita la orden de pago, o exímala.",
    "pagada": "Ya está pagada: prepare la certificación.",
    "en_reproduccion": "Prepare y expida la copia, y deje la solicitud disponible.",
}


@asuntos("por_cotejar", "Por cotejar", orden=16)
def asuntos_por_cotejar(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las copias que esperan que otra persona las compare."""
    if usuario.pk not in de or not lector.tiene(*COTEJAN):
        return
    for certificacion in por_cotejar(usuario)[:TOPE]:
        yield _de_certificacion(certificacion, usuario, "Compare la copia con el original.", "oficina_cotejar")


@asuntos("por_firmar", "Por firmar", orden=17)
def asuntos_por_firmar(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las que puede expedir con su facultad de hoy."""
    if usuario.pk not in de or not lector.tiene(*CERTIFICAN):
        return
    for certificacion in por_firmar(usuario)[:TOPE]:
        que_hacer = "Falta el sello de tiempo: intente otra vez." if certificacion.motivo else "Revise el texto y expídala."
        yield _de_certificacion(certificacion, usuario, que_hacer, "oficina_certificacion")


def _de_certificacion(certificacion: Any, usuario: Any, que_hacer: str, ruta: str) -> Asunto:
    return Asunto(
        clave=f"certificacion:{certificacion.clave}",
        titulo=f"Copia de {certificacion.fojas} fojas · {certificacion.referencia or certificacion.clave}",
        que_hacer=que_hacer,
        desde=certificacion.modificado,
        direccion=reverse(ruta, args=[certificacion.clave]),
        de_quien=usuario.pk,
        urgencia=1,
    )

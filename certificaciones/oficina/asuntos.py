"""Lo que las solicitudes y las certificaciones dejan en la bandeja de cada quien."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from archivo.identidad.puerta import Lector
from archivo.registros import Asunto, asuntos
from certificaciones.actos.puerta import por_cotejar, por_firmar
from certificaciones.oficina.permisos import ATIENDEN, CERTIFICAN, COTEJAN
from certificaciones.solicitudes.puerta import Aviso, solicitudes_para, vencidos_sin_pago

TOPE = 200


def _fin_del_dia(dia: date | None) -> datetime | None:
    """El último momento del día en que vence, si hay fecha."""
    return timezone.make_aware(datetime.combine(dia, time.max)) if dia else None


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
                vence=_fin_del_dia(solicitud.vence),
                urgencia=2 if solicitud.prioritaria else 1,
            )


_QUE_HACER = {
    "recibida": "Localice los documentos y arme la canasta.",
    "con_informacion": "Emita la orden de pago, o exímala.",
    "pagada": "Ya está pagada: prepare la certificación.",
    "en_reproduccion": "Prepare y expida la copia, y deje la solicitud disponible.",
}


@asuntos("pagos_vencidos", "Plazos para pagar que vencieron", orden=15)
def pagos_vencidos(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Las órdenes cuyo plazo pasó sin que conste el pago: nadie las concluye sola."""
    if usuario.pk not in de or not lector.tiene(*ATIENDEN):
        return
    for plazo in vencidos_sin_pago(timezone.localdate())[:TOPE]:
        yield Asunto(
            clave=f"plazo:{plazo.pk}",
            titulo=f"{plazo.solicitud.folio} · el plazo para pagar venció el {plazo.vencimiento:%d/%m/%Y}",
            que_hacer="Registre el pago si ya lo hizo, o conclúyala por falta de pago.",
            desde=plazo.abierto_en,
            direccion=reverse("oficina_solicitud", args=[plazo.solicitud.folio]),
            de_quien=usuario.pk,
            vence=_fin_del_dia(plazo.vencimiento),
            urgencia=1,
        )


@asuntos("avisos_sin_salir", "Correos que no salieron", orden=15)
def avisos_sin_salir(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Los avisos que el servidor de correo no ha tomado: quien pidió no se ha enterado."""
    if usuario.pk not in de or not lector.tiene(*ATIENDEN):
        return
    for aviso in Aviso.objects.con_falla().select_related("solicitud")[:TOPE]:
        yield Asunto(
            clave=f"aviso:{aviso.pk}",
            titulo=f"{aviso.solicitud.folio} · {aviso.get_clase_display()}",
            que_hacer="El correo no ha salido. Vea por qué, y avise por otro medio si urge.",
            desde=aviso.creado,
            direccion=f"{reverse('oficina_solicitud', args=[aviso.solicitud.folio])}#cer-avisos",
            de_quien=usuario.pk,
            urgencia=2,
        )


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

"""A quién se le debe un correo y cuándo. Avisar nunca impide el acto que se avisa."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificaciones.reglas.puerta import ClaseDeAviso, DiasHabiles, dias_habiles_de, politica_vigente
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import Aviso, OrdenDePago, Plazo, Solicitante, Solicitud
from certificaciones.solicitudes.servicios.constancias import anotar
from certificaciones.solicitudes.tasks import enviar_aviso

_AL_LLEGAR = {"disponible": ClaseDeAviso.LISTA, "entregada": ClaseDeAviso.ENTREGADA}


def avisar(solicitud: Solicitud, clase: str, orden: OrdenDePago | None = None) -> Aviso | None:
    """Deja el aviso por mandar, en la misma transacción que el acto; None si quien pidió no dio correo o ya se le debía."""
    if not Solicitante.objects.filter(solicitud=solicitud).exclude(correo="").exists():
        return None
    unico = f"{clase}:{orden.pk if orden else solicitud.pk}"
    aviso, nuevo = Aviso.objects.get_or_create(unico=unico, defaults={"solicitud": solicitud, "clase": clase, "orden": orden})
    if not nuevo:
        return None
    enviar_aviso.enqueue(aviso.pk)
    return aviso


def avisar_del_estado(solicitud: Solicitud) -> None:
    """Si a ese estado le toca un correo, lo deja por mandar."""
    if clase := _AL_LLEGAR.get(solicitud.estado):
        avisar(solicitud, clase)


def recordar_pagos(hoy: date) -> int:
    """Deja por mandar el recordatorio de las órdenes cuyo plazo está por vencer; una vez por orden. Devuelve cuántos."""
    antes = politica_vigente(hoy).dias_de_recordatorio
    if not antes:
        return 0
    cerca = Plazo.objects.corriendo().filter(
        clave=Plazo.Clave.PAGO, vencimiento__gte=hoy, vencimiento__lte=hoy + timedelta(days=4 * antes + 30)
    )
    calendarios: dict[int, DiasHabiles] = {}
    hechos = 0
    for plazo in cerca.select_related("solicitud", "orden", "calendario"):
        habiles = calendarios.setdefault(plazo.calendario_id, dias_habiles_de(plazo.calendario))
        if habiles.restar(plazo.vencimiento, antes) <= hoy:
            hechos += avisar(plazo.solicitud, ClaseDeAviso.RECORDATORIO, plazo.orden) is not None
    return hechos


def repasar_avisos() -> int:
    """Vuelve a encargar los que no salieron y ya les toca. Devuelve cuántos."""
    pendientes = list(Aviso.objects.por_mandar().values_list("pk", flat=True)[:200])
    for pk in pendientes:
        enviar_aviso.enqueue(pk)
    return len(pendientes)


@transaction.atomic
def volver_a_mandar(aviso: Aviso, actor: Any) -> None:
    """Lo intenta otra vez desde cero, porque alguien lo pidió.

    Raises:
        SolicitudRechazada: ya salió.
    """
    sin_salir = (Aviso.Estado.PENDIENTE, Aviso.Estado.FALLIDO)
    suyo = Aviso.objects.filter(pk=aviso.pk, estado__in=sin_salir)
    if not suyo.update(estado=Aviso.Estado.PENDIENTE, intentos=0, proximo=timezone.now()):
        raise SolicitudRechazada("Ese aviso ya no está por mandar.")
    anotar(aviso.solicitud, "aviso_repetido", actor, detalle={"aviso": aviso.clase})
    enviar_aviso.enqueue(aviso.pk)

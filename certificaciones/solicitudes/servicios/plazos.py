"""Abrir, recontar y cerrar los plazos. Nada se cierra solo: que venza un plazo se dice, y alguien decide."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from certificaciones.reglas.puerta import Calendario, PoliticaDeCertificacion, dias_habiles_de
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import OrdenDePago, Plazo, Solicitud
from certificaciones.solicitudes.servicios.constancias import anotar

_AL_SALIR_DE_LA_ESPERA = {"acreditar": Plazo.Resultado.CUMPLIDO, "concluir_sin_pago": Plazo.Resultado.VENCIDO}


def abrir_plazo_de_pago(orden: OrdenDePago, politica: PoliticaDeCertificacion) -> Plazo | None:
    """Empieza a correr con la orden (la anterior, si la hubo, queda sin efecto); None si la política no dice con qué calendario."""
    cerrar_plazo_de_pago(orden.solicitud, "")
    if politica.calendario is None:
        return None
    inicio = timezone.localdate(orden.emitida)
    return Plazo.objects.create(
        solicitud=orden.solicitud,
        clave=Plazo.Clave.PAGO,
        orden=orden,
        inicio=inicio,
        dias=politica.dias_para_pagar,
        calendario=politica.calendario,
        vencimiento=dias_habiles_de(politica.calendario).sumar(inicio, politica.dias_para_pagar),
        regla={"calendario": politica.calendario.clave, "fundamento": politica.calendario.fundamento},
    )


def plazo_de_pago(solicitud: Solicitud) -> Plazo | None:
    """El de la última orden, corra o no; None si no se contó ninguno."""
    return solicitud.plazos.filter(clave=Plazo.Clave.PAGO).last()


def cerrar_plazo_de_pago(solicitud: Solicitud, accion: str) -> None:
    """Deja de correr, por lo que pasó (`acreditar`, `concluir_sin_pago`…)."""
    resultado = _AL_SALIR_DE_LA_ESPERA.get(accion, Plazo.Resultado.SIN_EFECTO)
    abiertos = solicitud.plazos.filter(clave=Plazo.Clave.PAGO).corriendo()
    abiertos.update(cerrado_en=timezone.now(), resultado=resultado)


def exigir_vencido(solicitud: Solicitud) -> None:
    """Nadie concluye por falta de pago una solicitud que todavía está en plazo.

    Raises:
        SolicitudRechazada: el plazo para pagar no ha vencido.
    """
    plazo = plazo_de_pago(solicitud)
    if plazo is not None and en_plazo(solicitud):
        raise SolicitudRechazada(f"Quien pidió puede pagar hasta el {plazo.vencimiento:%d/%m/%Y}: espere a que venza el plazo.")


def en_plazo(solicitud: Solicitud) -> bool:
    """¿Corre un plazo para pagar que no ha vencido?"""
    plazo = plazo_de_pago(solicitud)
    return plazo is not None and plazo.cerrado_en is None and not plazo.vencido


@transaction.atomic
def recontar_plazos(calendario: Calendario, actor: Any, motivo: str) -> int:
    """Cuenta otra vez los que corren con ese calendario, que cambió; de cada uno que se mueve queda la fecha anterior y la nueva.

    Devuelve cuántos se movieron. Los cerrados no cambian.
    """
    habiles, movidos = dias_habiles_de(calendario), 0
    for plazo in (
        Plazo.objects.corriendo().filter(calendario=calendario).select_related("solicitud").select_for_update(of=("self",))
    ):
        nuevo = habiles.sumar(plazo.inicio, plazo.dias)
        if nuevo == plazo.vencimiento:
            continue
        detalle = {"antes": plazo.vencimiento.isoformat(), "ahora": nuevo.isoformat()}
        plazo.vencimiento = nuevo
        plazo.save(update_fields=["vencimiento"])
        anotar(plazo.solicitud, "plazo_recontado", actor, motivo=motivo, detalle=detalle)
        movidos += 1
    return movidos


def recontar_todos() -> int:
    """Lo que haya movido un cambio de calendario hecho sin las pantallas."""
    usados = Calendario.objects.filter(pk__in=Plazo.objects.corriendo().values("calendario"))
    return sum(recontar_plazos(c, None, f"Cambió el calendario «{c}».") for c in usados)


def vencidos_sin_pago(hoy: date) -> Any:
    """Los plazos para pagar que corren y ya pasaron, con su solicitud."""
    return Plazo.objects.vencidos(hoy).filter(clave=Plazo.Clave.PAGO).select_related("solicitud")

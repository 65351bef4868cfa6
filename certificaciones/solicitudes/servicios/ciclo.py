"""Los pasos de una solicitud, de uno en uno y con constancia."""

from datetime import date
from typing import Any

from django.db import transaction

from archivo.identidad.puerta import Paso, lector_de
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import Solicitud
from certificaciones.solicitudes.servicios.avisos import avisar_del_estado
from certificaciones.solicitudes.servicios.constancias import anotar
from certificaciones.solicitudes.servicios.plazos import cerrar_plazo_de_pago, en_plazo, exigir_vencido


def pasos_para(solicitud: Solicitud, usuario: Any) -> list[Paso]:
    """Los pasos que esa persona puede dar con un botón; concluir por falta de pago, sólo si el plazo ya venció."""
    lector = lector_de(usuario)
    suyos = [p for p in solicitud.situacion.salidas if not p.solo_servicio and lector.tiene(*p.roles)]
    return [p for p in suyos if p.accion != "concluir_sin_pago" or not en_plazo(solicitud)]


def paso_permitido(solicitud: Solicitud, accion: str, usuario: Any) -> Paso:
    """El paso con ese nombre desde el estado actual.

    Raises:
        SolicitudRechazada: desde ese estado no se puede, o el rol de la persona no lo da.
    """
    paso = solicitud.situacion.paso(accion)
    if paso is None:
        raise SolicitudRechazada(f"{solicitud.folio} está {solicitud.situacion.nombre.lower()}: eso ya no se puede hacer.")
    if usuario is not None and not lector_de(usuario).tiene(*paso.roles):
        raise SolicitudRechazada(f"«{paso.nombre}» le toca a otra persona.")
    return paso


def _exigir_canasta(solicitud: Solicitud) -> None:
    if not solicitud.elementos.exists():
        raise SolicitudRechazada("La canasta está vacía. Agregue los documentos que se van a copiar.")


_EXIGENCIAS = {"localizar": _exigir_canasta, "concluir_sin_pago": exigir_vencido}


@transaction.atomic
def dar_paso(solicitud: Solicitud, accion: str, actor: Any, motivo: str = "") -> Solicitud:
    """Lleva la solicitud al estado siguiente y lo anota.

    Raises:
        SolicitudRechazada: el paso no procede, le falta el motivo o algo en la canasta, o el plazo para pagar no ha vencido.
    """
    actual = Solicitud.objects.select_for_update().get(pk=solicitud.pk)
    paso = paso_permitido(actual, accion, actor)
    if paso.pide_motivo and not motivo.strip():
        raise SolicitudRechazada("Escriba el motivo.")
    if exigencia := _EXIGENCIAS.get(paso.accion):
        exigencia(actual)
    if actual.estado == "en_espera_pago":
        cerrar_plazo_de_pago(actual, paso.accion)
    actual.estado = paso.destino
    if paso.pide_motivo:
        actual.respuesta = motivo.strip()
    actual.save()
    anotar(actual, paso.accion, actor, motivo=motivo.strip())
    avisar_del_estado(actual)
    solicitud.refresh_from_db()
    return solicitud


def por_vencer(solicitud: Solicitud, hoy: date) -> int | None:
    """Días naturales que faltan para la fecha que fijó la autoridad; negativos si ya pasó; None si no hay fecha."""
    return (solicitud.vence - hoy).days if solicitud.vence else None

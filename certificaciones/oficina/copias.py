"""De una solicitud a sus certificaciones, y de lo que les pasa a lo que la solicitud dice."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from certificaciones.actos.puerta import Certificacion, DatosDelActo, DocumentoPedido, pedidos_de, preparar
from certificaciones.oficina.models import CopiaDeSolicitud
from certificaciones.solicitudes.puerta import Solicitud, SolicitudRechazada, acreditacion_de, dar_paso, leer_paginas

SIN_PAGO = "Falta registrar el pago de los derechos o su exención: sin eso no se prepara la copia."


def pedidos_de_la_canasta(solicitud: Solicitud) -> list[DocumentoPedido]:
    """Lo pedido, como lo espera la certificación: un archivo con sus páginas, o el documento entero."""
    pedidos: list[DocumentoPedido] = []
    for elemento in solicitud.elementos.select_related("item__area", "adjunto__objeto"):
        paginas = leer_paginas(elemento.paginas)
        if elemento.adjunto is not None:
            pedidos.append(DocumentoPedido(elemento.item, elemento.adjunto, paginas))
        else:
            pedidos += pedidos_de(elemento.item, paginas)
    return pedidos


@transaction.atomic
def preparar_para(solicitud: Solicitud, pedidos: Sequence[DocumentoPedido], datos: DatosDelActo, actor: Any) -> Certificacion:
    """Prepara la certificación que atiende la solicitud, y deja la solicitud en reproducción.

    Raises:
        SolicitudRechazada: no consta el pago ni su exención. Lo demás que no proceda, como lo diga `preparar`.
    """
    if acreditacion_de(solicitud) is None:
        raise SolicitudRechazada(SIN_PAGO)
    certificacion = preparar(pedidos, datos, actor)
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=certificacion)
    if solicitud.situacion.paso("reproducir"):
        dar_paso(solicitud, "reproducir", actor)
    detalle = {"certificacion": certificacion.clave}
    registrar(SucesoNuevo("solicitud.copia_preparada", f"solicitud:{solicitud.folio}", actor=actor, detalle=detalle))
    return certificacion


def solicitud_de(certificacion: Certificacion) -> Solicitud | None:
    """La que atiende, si alguna."""
    copia = CopiaDeSolicitud.objects.filter(certificacion=certificacion).select_related("solicitud").first()
    return copia.solicitud if copia else None


def poner_al_dia(certificacion: Certificacion, actor: Any) -> None:
    """Si todas sus copias están expedidas, la solicitud queda disponible; si están entregadas, entregada."""
    solicitud = solicitud_de(certificacion)
    if solicitud is None:
        return
    estados = {c.certificacion.estado_actual for c in solicitud.copias.select_related("certificacion")} - {"desistida"}
    if estados <= {"expedida", "entregada", "cancelada", "sustituida"} and solicitud.situacion.paso("disponer"):
        dar_paso(solicitud, "disponer", actor)
    if estados and estados <= {"entregada", "cancelada", "sustituida"} and solicitud.situacion.paso("entregar"):
        dar_paso(solicitud, "entregar", actor)


def enlazar_sustituta(vieja: Certificacion, nueva: Certificacion) -> None:
    """La sustituta atiende la misma solicitud."""
    solicitud = solicitud_de(vieja)
    if solicitud is not None:
        CopiaDeSolicitud.objects.get_or_create(solicitud=solicitud, certificacion=nueva)

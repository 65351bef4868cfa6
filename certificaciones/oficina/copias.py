"""De una solicitud a sus certificaciones, y de lo que les pasa a lo que la solicitud dice."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import lector_de
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
    """Si todas sus copias están listas para darse, la solicitud queda disponible; si están entregadas, entregada.

    Una copia con firma autógrafa está lista cuando el archivo ya tiene su ejemplar firmado: antes no hay qué recoger.
    """
    solicitud = solicitud_de(certificacion)
    if solicitud is None:
        return
    copias = solicitud.copias.select_related("certificacion").prefetch_related("certificacion__ejemplares_firmados")
    vivas = [c.certificacion for c in copias if c.certificacion.estado_actual != "desistida"]
    if vivas and all(_lista(c) for c in vivas):
        _seguir(solicitud, "disponer", actor)
    finales = {c.estado_actual for c in vivas}
    if "entregada" in finales and finales <= _CERRADAS:
        _seguir(solicitud, "entregar", actor)


def _seguir(solicitud: Solicitud, accion: str, actor: Any) -> None:
    """Da el paso si toca. Es consecuencia de lo que se hizo con la copia: si a esa persona no le corresponde darlo, lo da el sistema."""
    paso = solicitud.situacion.paso(accion)
    if paso is not None:
        dar_paso(solicitud, accion, actor if lector_de(actor).tiene(*paso.roles) else None)


_CERRADAS = frozenset({"entregada", "cancelada", "sustituida"})


def _lista(certificacion: Certificacion) -> bool:
    """¿Puede darse ya a quien la pidió, o no hay nada que darle?"""
    if certificacion.estado_actual in _CERRADAS:
        return True
    firmada = certificacion.firma_tipo != Certificacion.Firma.AUTOGRAFA or bool(certificacion.ejemplares_firmados.all())
    return certificacion.estado_actual == "expedida" and firmada


def enlazar_sustituta(vieja: Certificacion, nueva: Certificacion) -> None:
    """La sustituta atiende la misma solicitud."""
    solicitud = solicitud_de(vieja)
    if solicitud is not None:
        CopiaDeSolicitud.objects.get_or_create(solicitud=solicitud, certificacion=nueva)

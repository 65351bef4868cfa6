"""Cuánto cuesta, con qué orden se cobra y cómo se cubre o se exime."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.objetos.puerta import ObjetoDigital
from certificaciones.reglas.puerta import (
    Cantidad,
    ClaseDeAviso,
    PoliticaDeCertificacion,
    Presupuesto,
    hojas_de,
    politica_vigente,
    presupuestar,
)
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import ExencionDePago, OrdenDePago, Pago, Solicitud
from certificaciones.solicitudes.servicios.avisos import avisar
from certificaciones.solicitudes.servicios.ciclo import dar_paso, paso_permitido
from certificaciones.solicitudes.servicios.constancias import anotar
from certificaciones.solicitudes.servicios.plazos import abrir_plazo_de_pago

CONCEPTO = "copia_certificada"


@dataclass(frozen=True)
class Acreditacion:
    """El pago está cubierto o eximido. `frase` es lo que dice la certificación en «Derechos»."""

    frase: str
    exenta: bool


@dataclass(frozen=True)
class ReciboNuevo:
    """Lo que prueba un pago."""

    recibo: str
    monto: Decimal
    fecha: date
    comprobante: ObjetoDigital | None = None


def presupuesto_de(paginas: int, ejemplares: int, dia: date) -> Presupuesto:
    """Lo que cuestan esas páginas certificadas ese día, con el tabulador de la institución.

    Raises:
        SinTarifa: la institución no ha dicho con qué tabulador cobra, o su tarifa no tiene monto.
    """
    politica = politica_vigente(dia)
    hojas = hojas_de(paginas, por_hoja_impresa=politica.cobra_por_hoja_impresa) * ejemplares
    return presupuestar([Cantidad(CONCEPTO, hojas)], dia, politica.tabulador)


def orden_vigente(solicitud: Solicitud) -> OrdenDePago | None:
    """La última orden de pago, o None."""
    return solicitud.ordenes.filter(sustituta__isnull=True).select_related("pago").first()


@transaction.atomic
def emitir_orden(solicitud: Solicitud, paginas: int, actor: Any) -> OrdenDePago:
    """Emite la orden con el precio de hoy, que ya no cambia; si había una sin pagar, la sustituye.

    Raises:
        SolicitudRechazada: desde ese estado no se cobra, o las páginas no son un número de 1 en adelante.
        SinTarifa: no hay con qué cobrar.
    """
    if paginas < 1:
        raise SolicitudRechazada("Escriba cuántas páginas se van a copiar.")
    hoy = timezone.localdate()
    politica = politica_vigente(hoy)
    costo = presupuesto_de(paginas, solicitud.ejemplares, hoy)
    anterior = orden_vigente(solicitud)
    if solicitud.estado == "en_espera_pago" and anterior is not None:
        paso_permitido(solicitud, "acreditar", actor)
    else:
        dar_paso(solicitud, "cobrar", actor)
    orden = _congelada(OrdenDePago(solicitud=solicitud, sustituye_a=anterior, emitida_por=actor), costo, politica)
    abrir_plazo_de_pago(orden, politica)
    avisar(solicitud, ClaseDeAviso.ORDEN, orden)
    anotar(solicitud, "orden_emitida", actor, detalle={"orden": orden.pk, "total": str(orden.total), "hojas": orden.hojas})
    return orden


def _congelada(orden: OrdenDePago, costo: Presupuesto, politica: PoliticaDeCertificacion) -> OrdenDePago:
    """La orden con su precio y las reglas de ese día, guardada."""
    orden.hojas = sum(r.cantidad for r in costo.renglones)
    orden.renglones = [r.como_dict() for r in costo.renglones]
    orden.suma, orden.total = costo.suma, costo.total
    orden.reglas = {"fecha": costo.dia.isoformat(), "redondeo": costo.redondeo, "politica": politica.instantanea()}
    orden.save()
    return orden


@transaction.atomic
def registrar_pago(solicitud: Solicitud, nuevo: ReciboNuevo, actor: Any) -> Pago:
    """Acredita el pago de la orden vigente.

    Raises:
        SolicitudRechazada: no hay orden que pagar, falta el recibo, o el monto no es el de la orden.
    """
    orden = orden_vigente(solicitud)
    if orden is None or hasattr(orden, "pago"):
        raise SolicitudRechazada("No hay una orden de pago pendiente.")
    if not nuevo.recibo.strip():
        raise SolicitudRechazada("Escriba el número del recibo.")
    if nuevo.monto != orden.total:
        raise SolicitudRechazada(f"La orden es de ${orden.total:,.2f} y el recibo dice ${nuevo.monto:,.2f}. Revise el recibo.")
    if nuevo.fecha > timezone.localdate():
        raise SolicitudRechazada("La fecha del pago no puede ser posterior a hoy.")
    dar_paso(solicitud, "acreditar", actor)
    pago = Pago.objects.create(
        orden=orden,
        recibo=nuevo.recibo.strip(),
        monto=nuevo.monto,
        fecha=nuevo.fecha,
        comprobante=nuevo.comprobante,
        registrado_por=actor,
    )
    anotar(solicitud, "pago_registrado", actor, detalle={"orden": orden.pk, "recibo": pago.recibo})
    return pago


@transaction.atomic
def eximir(solicitud: Solicitud, causa: str, motivo: str, actor: Any) -> ExencionDePago:
    """Exime del pago, con su causa y su motivo. Cubre también una orden sin pagar.

    Raises:
        SolicitudRechazada: ya está pagada o exenta, falta el motivo, o la causa no es de las que hay.
    """
    if causa not in ExencionDePago.Causa.values:
        raise SolicitudRechazada("Elija la causa de la exención.")
    if not motivo.strip():
        raise SolicitudRechazada("Escriba el motivo de la exención.")
    if causa == ExencionDePago.Causa.AUTORIDAD and not solicitud.es_de_autoridad:
        raise SolicitudRechazada("Esa causa es de requerimientos de autoridad, y esta solicitud no lo es.")
    dar_paso(solicitud, "eximir", actor)
    exencion = ExencionDePago.objects.create(solicitud=solicitud, causa=causa, motivo=motivo.strip(), autorizada_por=actor)
    anotar(solicitud, "exenta", actor, motivo=exencion.motivo, detalle={"causa": causa})
    return exencion


def acreditacion_de(solicitud: Solicitud) -> Acreditacion | None:
    """Con qué se cubrieron los derechos, o None si no se han cubierto."""
    exencion = ExencionDePago.objects.filter(solicitud=solicitud).first()
    if exencion is not None:
        return Acreditacion(f"exento, {exencion.motivo}", exenta=True)
    pago = Pago.objects.filter(orden__solicitud=solicitud).first()
    return None if pago is None else Acreditacion(f"recibo {pago.recibo} por ${pago.monto:,.2f}", exenta=False)

"""Recibir una solicitud: folio, código de seguimiento y canasta, todo o nada."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.catalogo.puerta import Adjunto, Item
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import ConsecutivoDeSolicitudes, Solicitante, Solicitud
from certificaciones.solicitudes.servicios.acuses import dejar_acuse
from certificaciones.solicitudes.servicios.canasta import Pedido, agregar_varios
from certificaciones.solicitudes.servicios.constancias import anotar

ALFABETO = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO_DE_CODIGO = 12


@dataclass(frozen=True)
class QuienPide:
    """Los datos de la persona; todos pueden ir vacíos. No se copian a ningún otro lado."""

    nombre: str = ""
    correo: str = ""
    telefono: str = ""
    domicilio: str = ""


@dataclass(frozen=True)
class SolicitudNueva:
    """Lo que llega: la solicitud sin guardar, quién la hace y qué documentos."""

    solicitud: Solicitud
    quien: QuienPide = field(default_factory=QuienPide)
    documentos: Sequence[Pedido] = ()


@dataclass(frozen=True)
class Recibida:
    """Una solicitud dada de alta y el código con que se le da seguimiento, que no vuelve a mostrarse."""

    solicitud: Solicitud
    codigo: str


def huella_de_codigo(codigo: str) -> str:
    """La huella que se guarda: sin guiones ni espacios, en mayúsculas, con O y cero, I y uno por iguales."""
    limpio = "".join(c for c in codigo.upper() if c.isalnum()).replace("O", "0").replace("I", "1").replace("L", "1")
    return hashlib.sha256(limpio.encode()).hexdigest()


def _codigo_nuevo() -> str:
    """Doce signos sin los que se confunden (unos 59 bits), en grupos de cuatro."""
    signos = "".join(secrets.choice(ALFABETO) for _ in range(LARGO_DE_CODIGO))
    return "-".join(signos[i : i + 4] for i in range(0, LARGO_DE_CODIGO, 4))


def _siguiente_folio(anio: int) -> str:
    ConsecutivoDeSolicitudes.objects.get_or_create(anio=anio)
    cuenta = ConsecutivoDeSolicitudes.objects.select_for_update().get(anio=anio)
    cuenta.ultimo += 1
    cuenta.save(update_fields=["ultimo"])
    return f"SI-{anio}-{cuenta.ultimo:04d}"


def _faltas(nueva: Solicitud) -> list[str]:
    faltas = []
    if nueva.es_de_autoridad and not nueva.autoridad.strip():
        faltas.append("Escriba la autoridad que requiere la copia.")
    if nueva.es_de_autoridad and not nueva.referencia.strip():
        faltas.append("Escriba el número y la fecha del oficio.")
    if not nueva.finalidad.strip():
        faltas.append("Escriba para qué se pide.")
    return faltas


def recibir(nueva: SolicitudNueva, actor: Any) -> Recibida:
    """Da de alta la solicitud con su folio y su canasta. `actor` es None si la hace el público.

    Raises:
        SolicitudRechazada: le falta un dato, su folio de la PNT ya existe, o un documento no puede pedirse.
    """
    if faltas := _faltas(nueva.solicitud):
        raise SolicitudRechazada(*faltas)
    try:
        return _guardar(nueva, actor)
    except IntegrityError as error:
        raise SolicitudRechazada("Ya hay una solicitud con ese folio de la PNT.") from error


@transaction.atomic
def _guardar(nueva: SolicitudNueva, actor: Any) -> Recibida:
    codigo = _codigo_nuevo()
    solicitud = nueva.solicitud
    solicitud.folio = _siguiente_folio(timezone.localdate(solicitud.recibida).year)
    solicitud.huella_codigo = huella_de_codigo(codigo)
    solicitud.recibida_por = actor
    solicitud.save()
    quien = nueva.quien
    Solicitante.objects.create(
        solicitud=solicitud,
        nombre=quien.nombre.strip(),
        correo=quien.correo.strip(),
        telefono=quien.telefono.strip(),
        domicilio=quien.domicilio.strip(),
    )
    agregar_varios(solicitud, nueva.documentos, actor)
    dejar_acuse(solicitud)
    anotar(solicitud, "recibida", actor, detalle={"tipo": solicitud.tipo, "medio": solicitud.medio})
    return Recibida(solicitud, codigo)


def pedido_de(item: Item, paginas: str = "", adjunto: Adjunto | None = None) -> Pedido:
    """Un documento como se pide: entero o por páginas."""
    return Pedido(item, adjunto, paginas)

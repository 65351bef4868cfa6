"""Sacar un cuadro o un expediente como EAD 2002, EAD3 o CSV de AtoM. Sólo lo que ve quien lo pide; cada salida deja constancia."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils import timezone
from django.utils.text import slugify

from archivo.archivistica.puerta import CuadroClasificacion, Expediente
from archivo.auditoria.puerta import SucesoNuevo, registrar_varios
from archivo.identidad.puerta import Lector, Usuario
from archivo.ingesta.intercambio.atom_escritura import escribir_atom
from archivo.ingesta.intercambio.ead import EAD3, EAD2002
from archivo.ingesta.intercambio.ead_escritura import escribir_ead
from archivo.ingesta.intercambio.recoleccion import reunir_cuadro, reunir_expediente
from archivo.ingesta.intercambio.unidad import Instrumento


@dataclass(frozen=True)
class Formato:
    """Un formato de salida: cómo se llama, su extensión, su tipo y cómo se escribe."""

    nombre: str
    extension: str
    mime: str
    escribir: Callable[[Instrumento, datetime], bytes]


FORMATOS: dict[str, Formato] = {
    "ead2002": Formato("EAD 2002 (XML)", "xml", "application/xml", lambda i, m: escribir_ead(i, EAD2002, m)),
    "ead3": Formato("EAD3 (XML)", "xml", "application/xml", lambda i, m: escribir_ead(i, EAD3, m)),
    "atom": Formato("AtoM, ISAD(G) (CSV)", "csv", "text/csv", lambda i, _: escribir_atom(i)),
}


class NadaQueExportar(ValueError):
    """De lo pedido, ese lector no puede ver nada."""


@dataclass(frozen=True)
class Exportacion:
    """Lo exportado: los bytes, cómo llamarlos y cuántas unidades llevan."""

    contenido: bytes
    nombre: str
    mime: str
    unidades: int


@dataclass(frozen=True)
class PedidoDeExportacion:
    """En qué formato, para quién y cuándo. `actor` None es una orden: el lector es el público."""

    formato: str
    lector: Lector
    actor: Usuario | None = None
    ip: str | None = None
    momento: datetime | None = None


def exportar_cuadro(cuadro: CuadroClasificacion, pedido: PedidoDeExportacion) -> Exportacion:
    """El cuadro con todo lo clasificado en él.

    Raises:
        NadaQueExportar: el lector no ve ninguna de sus clases.
    """
    return _exportar(reunir_cuadro(cuadro, pedido.lector), f"cuadro:{cuadro.pk}", pedido)


def exportar_expediente(expediente: Expediente, pedido: PedidoDeExportacion) -> Exportacion:
    """Un expediente, con las clases que lo sitúan.

    Raises:
        NadaQueExportar: el lector no lo ve.
    """
    instrumento = reunir_expediente(expediente, pedido.lector)
    if not any(u.id and u.nivel == "expediente" for u in instrumento.unidades):
        raise NadaQueExportar("No encontramos ese expediente.")
    return _exportar(instrumento, f"expediente:{expediente.clave}", pedido)


def _exportar(instrumento: Instrumento, objeto: str, pedido: PedidoDeExportacion) -> Exportacion:
    if not instrumento.raices:
        raise NadaQueExportar("No hay nada que pueda ver en lo que pidió exportar.")
    formato = FORMATOS[pedido.formato]
    contenido = formato.escribir(instrumento, pedido.momento or timezone.now())
    detalle = {"formato": pedido.formato, "unidades": len(instrumento.unidades), "sha256": hashlib.sha256(contenido).hexdigest()}
    _dejar_constancia(objeto, instrumento, detalle, pedido)
    nombre = f"{slugify(instrumento.fuente)[:80] or 'descripciones'}-{pedido.formato}.{formato.extension}"
    return Exportacion(contenido, nombre, formato.mime, len(instrumento.unidades))


def _dejar_constancia(objeto: str, instrumento: Instrumento, detalle: dict[str, object], pedido: PedidoDeExportacion) -> None:
    """La salida, y una lectura por cada cosa reservada o confidencial que lleva. Si no se puede anotar, no sale."""
    anotar = partial(SucesoNuevo, actor=pedido.actor, ip=pedido.ip)
    sucesos = [anotar(clase="descripciones.exportadas", objeto=objeto, detalle=detalle)]
    for auditado in instrumento.auditados:
        clase = f"{auditado.partition(':')[0]}.consultado"
        sucesos.append(anotar(clase=clase, objeto=auditado, detalle={"superficie": "exportacion"}))
    registrar_varios(sucesos)

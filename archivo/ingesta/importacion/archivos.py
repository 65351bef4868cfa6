"""Los archivos que una fila trae junto a ella."""

from collections.abc import Iterator
from pathlib import Path

from archivo.ingesta.importacion.opciones import OpcionesDeImportacion
from archivo.ingesta.importacion.traduccion import Traducida
from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import Pedido, procesar, recibir

_BIEN = {Ingreso.Estado.ACEPTADO, Ingreso.Estado.DUPLICADO}


def colgar_archivos(traducida: Traducida, carpeta: Path, opciones: OpcionesDeImportacion) -> Iterator[str]:
    """Ingresa cada archivo de la fila y lo cuelga de su elemento; da el motivo de cada uno que no se pudo. La fila ya está a salvo.

    Las rutas son relativas a `carpeta` y no salen de ella.
    """
    for nombre in traducida.archivos:
        motivo = _colgar(traducida, carpeta.resolve(), nombre, opciones)
        if motivo:
            yield f"«{nombre}»: {motivo}"


def faltantes(nombres: list[str], carpeta: Path) -> Iterator[str]:
    """Por qué no se podrían colgar, sin tocarlos: para el ensayo."""
    for nombre in nombres:
        motivo = _por_que_no(carpeta.resolve(), nombre)
        if motivo:
            yield f"«{nombre}»: {motivo}"


def _por_que_no(carpeta: Path, nombre: str) -> str:
    ruta = (carpeta / nombre.replace("\x00", "")).resolve()
    if not ruta.is_relative_to(carpeta):
        return "la ruta sale de la carpeta del archivo de filas."
    return "" if ruta.is_file() else "no está junto al archivo de filas."


def _colgar(traducida: Traducida, carpeta: Path, nombre: str, opciones: OpcionesDeImportacion) -> str:
    if motivo := _por_que_no(carpeta, nombre):
        return motivo
    ruta = (carpeta / nombre).resolve()
    pedido = Pedido(actor=opciones.actor, tipo=traducida.item.tipo, acceso=traducida.item.acceso, destino=traducida.item)
    ingreso = procesar(recibir(ruta, ruta.name, pedido).pk)
    return "" if ingreso.estado in _BIEN else ingreso.motivo

"""Los archivos que una fila trae junto a ella."""

from pathlib import Path

from archivo.ingesta.importacion.opciones import OpcionesDeImportacion, Resultado
from archivo.ingesta.importacion.traduccion import Traducida
from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import Pedido, procesar, recibir

_BIEN = {Ingreso.Estado.ACEPTADO, Ingreso.Estado.DUPLICADO}


def colgar_archivos(traducida: Traducida, carpeta: Path, opciones: OpcionesDeImportacion, resultado: Resultado) -> None:
    """Ingresa cada archivo de la fila y lo cuelga de su elemento. Lo que no se puede se anota; la fila ya está a salvo.

    Las rutas son relativas al archivo de filas y no salen de su carpeta.
    """
    for nombre in traducida.archivos:
        motivo = _colgar(traducida, carpeta.resolve(), nombre, opciones)
        if motivo:
            resultado.anotar(traducida.fila.numero, traducida.id, "archivos", f"«{nombre}»: {motivo}")


def _colgar(traducida: Traducida, carpeta: Path, nombre: str, opciones: OpcionesDeImportacion) -> str:
    ruta = (carpeta / nombre).resolve()
    if not ruta.is_relative_to(carpeta):
        return "la ruta sale de la carpeta del archivo de filas."
    if not ruta.is_file():
        return "no está junto al archivo de filas."
    pedido = Pedido(actor=opciones.actor, tipo=traducida.item.tipo, acceso=traducida.item.acceso, destino=traducida.item)
    ingreso = procesar(recibir(ruta, ruta.name, pedido).pk)
    return "" if ingreso.estado in _BIEN else ingreso.motivo

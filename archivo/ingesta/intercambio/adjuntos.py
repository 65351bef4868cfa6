"""Los archivos digitales que un instrumento nombra y que llegaron junto a él."""

from collections.abc import Iterator
from pathlib import Path

from archivo.catalogo.puerta import Item
from archivo.ingesta.intercambio.campos import archivos_de
from archivo.ingesta.intercambio.destino import Puesta
from archivo.ingesta.intercambio.opciones import Opciones
from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import Pedido, procesar, recibir

_BIEN = {Ingreso.Estado.ACEPTADO, Ingreso.Estado.DUPLICADO}


def faltantes(puesta: Puesta, carpeta: Path) -> Iterator[str]:
    """Por qué no se podrían colgar los archivos de una unidad, sin tocarlos."""
    yield from (razon for nombre in archivos_de(puesta.unidad) if (razon := _por_que_no(carpeta.resolve(), nombre)))


def _por_que_no(carpeta: Path, nombre: str) -> str:
    """Sólo se toma lo que está en la carpeta del instrumento: una ruta que salga de ella es la de otra computadora."""
    ruta = (carpeta / nombre.replace("\0", "")).resolve()
    if ruta.is_relative_to(carpeta) and ruta.is_file():
        return ""
    return f"«{nombre}» no está en la carpeta del instrumento: se conserva su ruta, y el archivo falta."


def colgar(puesta: Puesta, carpeta: Path, opciones: Opciones) -> Iterator[str]:
    """Ingresa los archivos de una unidad y los cuelga de su documento; da el motivo de cada uno que no se pudo.

    Un archivo que ya está en el documento no se cuelga otra vez. Sólo los documentos llevan archivos: los de una clase o un
    expediente se conservan en su descripción.
    """
    item = puesta.fila.item
    for nombre in archivos_de(puesta.unidad):
        if item is None:
            yield f"«{nombre}»: cuelga de «{puesta.unidad.nivel}»; se conserva su ruta y no se ingresa."
            continue
        motivo = _por_que_no(carpeta.resolve(), nombre)
        if motivo:
            yield motivo
        elif not item.adjuntos.filter(nombre=Path(nombre).name).exists():
            yield from _colgar(item, carpeta / nombre, opciones)


def _colgar(item: Item, ruta: Path, opciones: Opciones) -> Iterator[str]:
    pedido = Pedido(actor=opciones.actor, tipo=item.tipo, acceso=item.acceso, destino=item)
    ingreso = procesar(recibir(ruta.resolve(), ruta.name, pedido).pk)
    if ingreso.estado not in _BIEN:
        yield f"«{ruta.name}»: {ingreso.motivo}"

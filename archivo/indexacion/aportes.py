"""Lo que el índice aporta a preparar, poner al día y vigilar el archivo."""

import logging
from typing import Any

from archivo.indexacion import servicios
from archivo.indexacion.motor import motor
from archivo.registros import NoListo
from search import EngineAbsent

registro = logging.getLogger("archivo.indexacion")


def asegurar() -> None:
    """Un índice utilizable, aunque esté vacío. Sin motor el archivo arranca igual: el indizador lo hará cuando conteste."""
    try:
        servicios.asegurar()
    except EngineAbsent:
        registro.warning(
            "El motor de búsqueda no contesta: el archivo arranca sin él y los cambios esperan en la cola.", exc_info=True
        )


def poner_al_dia() -> None:
    """La cola vacía al volver."""
    servicios.poner_al_dia()


def salud_del_indice() -> dict[str, Any]:
    """El estado del índice; no está listo si no contesta."""
    problema = motor().health().problem
    if problema:
        raise NoListo(f"El índice de búsqueda no está listo: {problema}")
    return servicios.estado().como_dict()


def generacion() -> str:
    """La generación del índice en uso."""
    return motor().health().generation

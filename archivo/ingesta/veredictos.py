"""Cómo termina un ingreso que no se acepta. El mensaje dice qué pasó y qué hacer."""

from archivo.catalogo.puerta import Adjunto


class Veredicto(Exception):
    """El camino se detiene aquí con un estado y un motivo que una persona puede atender."""

    estado = ""


class Cuarentena(Veredicto):
    """Los bytes se apartan y se conservan hasta que una persona decida."""

    estado = "cuarentena"


class Rechazo(Veredicto):
    """Los bytes no se conservan: quien los envió los tiene."""

    estado = "rechazado"


class YaEstaba(Veredicto):
    """El mismo archivo ya está en un elemento que esta persona puede ver."""

    estado = "duplicado"

    def __init__(self, adjunto: Adjunto) -> None:
        super().__init__("El mismo archivo, byte por byte, ya estaba en el archivo.")
        self.adjunto = adjunto

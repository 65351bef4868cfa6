"""Los pasos de un ciclo: qué se puede hacer desde un estado, a dónde lleva y qué roles lo dan.

Cada casa declara sus estados como clases; esto es lo que todas comparten.
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Paso:
    """Un paso posible: acción en infinitivo, cómo se dice en el botón, estado de llegada y roles que pueden darlo.

    `exige_otra_persona`: no lo da quien hizo lo que se decide. `solo_servicio`: lo da el servicio que lo causa, no un botón.
    """

    accion: str
    nombre: str
    destino: str
    roles: tuple[str, ...]
    pide_motivo: bool = False
    exige_otra_persona: bool = False
    solo_servicio: bool = False


class ConPasos:
    """Un estado: su clave, su nombre y los pasos de salida."""

    clave: ClassVar[str]
    nombre: ClassVar[str]
    salidas: ClassVar[tuple[Paso, ...]] = ()

    @classmethod
    def paso(cls, accion: str) -> Paso | None:
        """La salida con ese nombre, o None."""
        return next((p for p in cls.salidas if p.accion == accion), None)

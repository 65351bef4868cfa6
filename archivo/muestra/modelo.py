"""Lo que el generador entrega: elementos completos, sin modelos ni base de datos."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from archivo.salidas import Bloque, Correccion, DatosDePublicacion

Estado = Literal["borrador", "en_revision", "programado", "publicado", "cancelado", "retirado"]


@dataclass(frozen=True, slots=True)
class FotoDeMuestra:
    """Un dibujo con su pie. `dibujar()` da el JPEG (menos de 80 kB), siempre el mismo."""

    nombre: str
    alt: str
    pie: str
    credito: str
    clave: str
    dibujar: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class DibujoPendiente:
    """Un dibujo que se hará al imprimir: qué escena, con qué semilla y qué pie."""

    escena: str
    semilla: int
    pie: str


@dataclass(frozen=True, slots=True)
class PublicacionDeMuestra:
    """Lo que se imprime de una publicación. Los dibujos se hacen al componer, no al generar.

    Con `paginas`, se le añaden las `fichas` que hagan falta para medir exactamente eso.
    """

    datos: DatosDePublicacion
    dibujos: Mapping[str, DibujoPendiente]
    fichas: tuple[Bloque, ...] = ()
    paginas: int | None = None


@dataclass(frozen=True, slots=True)
class RelacionDeMuestra:
    """Fe de erratas de otro elemento de la muestra (`id_externo`)."""

    id_externo: str
    correcciones: tuple[Correccion, ...]


@dataclass(frozen=True, slots=True)
class ElementoDeMuestra:
    """Un boletín o una publicación de la Alcaldía Ejemplo, con todo lo que hace falta para catalogarlo.

    `numero` es el que le tocará en su serie y año (None si no llega a autorizarse). `motivo` acompaña a las
    cancelaciones y retiros. Una publicación trae en `publicacion` lo que su PDF necesita.
    """

    id_externo: str
    tipo: Literal["boletin", "publicacion"]
    fecha: date
    hora: str
    titulo: str
    area: str
    serie: str = ""
    numero: int | None = None
    balazos: tuple[str, ...] = ()
    cuerpo_html: str = ""
    resumen: str = ""
    temas: tuple[str, ...] = ()
    lugar: str = ""
    vocero: str = ""
    fotos: tuple[FotoDeMuestra, ...] = ()
    estado: Estado = "publicado"
    acceso: str = "publico"
    motivo: str = ""
    embargo_hasta: datetime | None = None
    relacion: RelacionDeMuestra | None = None
    publicacion: PublicacionDeMuestra | None = None
    ficha: dict[str, object] = field(default_factory=dict)

    @property
    def folio(self) -> str:
        """Como lo imprime la Alcaldía: «No. 007/2025»; vacío si no tiene número."""
        return f"No. {self.numero:03d}/{self.fecha.year}" if self.numero else ""

"""Con qué se importa y qué resultó."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from archivo.catalogo.puerta import NIVELES, TipoDeItem, tipo_de
from archivo.identidad.puerta import Usuario
from archivo.ingesta.importacion.permisos import SISTEMA, Facultades

LIMITE_DE_ERRORES = 10_000
Detallador = Callable[[dict[str, Any]], None]


def sin_detalle(renglon: dict[str, Any]) -> None:
    """Para quien no pidió el resultado de cada fila."""


@dataclass(frozen=True)
class OpcionesDeImportacion:
    """Lo que pide quien importa, y lo que puede."""

    ensayo: bool = False
    publicar: bool = False
    acceso: str = "interno"
    tipo: TipoDeItem | None = None
    actor: Usuario | None = None
    facultades: Facultades = SISTEMA

    @classmethod
    def de(
        cls, *, tipo: str = "", acceso: str = "interno", actor: Usuario | None = None, **resto: Any
    ) -> "OpcionesDeImportacion":
        """Las opciones a partir de textos, comprobado que esa persona puede pedirlas.

        Raises:
            TipoDesconocido, ValueError: con la frase que dice qué valores hay, o qué no puede.
        """
        if acceso not in NIVELES:
            raise ValueError(f"No existe el nivel de acceso «{acceso}». Use uno de: {', '.join(NIVELES)}.")
        declarado = tipo_de(tipo) if tipo else None
        facultades = Facultades(actor)
        facultades.revisar_pedido(tipo, acceso, publicar=bool(resto.get("publicar")))
        return cls(tipo=declarado, acceso=acceso, actor=actor, facultades=facultades, **resto)

    def solo_ensayo(self) -> "OpcionesDeImportacion":
        """Las mismas, sin escribir nada."""
        return replace(self, ensayo=True)


@dataclass
class Resultado:
    """El recuento de una importación, con la forma del contrato de órdenes."""

    filas: int = 0
    creadas: int = 0
    actualizadas: int = 0
    sin_cambio: int = 0
    rechazadas: int = 0
    errores: list[dict[str, Any]] = field(default_factory=list)
    segundos: float = 0.0
    sin_importar: bool = False

    def como_dict(self) -> dict[str, Any]:
        """Listo para JSON."""
        return {c: v for c, v in asdict(self).items() if c != "sin_importar"}

    def sin_efecto(self) -> "Resultado":
        """El mismo, cuando con todo o nada no entró ninguna."""
        return replace(self, creadas=0, actualizadas=0, sin_importar=True)

    def anotar(self, incidencia: "Incidencia") -> None:
        """Cuenta la fila si se rechazó; se detallan las primeras diez mil."""
        self.rechazadas += incidencia.rechaza
        if len(self.errores) < LIMITE_DE_ERRORES:
            i = incidencia
            self.errores.append({"fila": i.fila, "id": i.id, "campo": i.campo, "motivo": i.motivo})


@dataclass(frozen=True)
class Incidencia:
    """Algo que no se pudo: una fila rechazada, o una que entró sin algo de lo que pedía."""

    fila: int
    id: str
    campo: str
    motivo: str
    rechaza: bool = True
    original: bytes | tuple[str, ...] = ()

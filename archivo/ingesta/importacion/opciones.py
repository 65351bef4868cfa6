"""Con qué se importa y qué resultó."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from archivo.catalogo.puerta import NIVELES, TipoDeItem, tipo_de
from archivo.identidad.puerta import Usuario

LIMITE_DE_ERRORES = 10_000
Detallador = Callable[[dict[str, Any]], None]


def sin_detalle(renglon: dict[str, Any]) -> None:
    """Para quien no pidió el resultado de cada fila."""


@dataclass(frozen=True)
class OpcionesDeImportacion:
    """Lo que pide quien importa."""

    ensayo: bool = False
    publicar: bool = False
    acceso: str = "interno"
    tipo: TipoDeItem | None = None
    actor: Usuario | None = None

    @classmethod
    def de(cls, *, tipo: str = "", acceso: str = "interno", **resto: Any) -> "OpcionesDeImportacion":
        """Las opciones a partir de textos.

        Raises:
            TipoDesconocido, ValueError: con la frase que dice qué valores hay.
        """
        if acceso not in NIVELES:
            raise ValueError(f"No existe el nivel de acceso «{acceso}». Use uno de: {', '.join(NIVELES)}.")
        return cls(tipo=tipo_de(tipo) if tipo else None, acceso=acceso, **resto)


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

    def como_dict(self) -> dict[str, Any]:
        """Listo para JSON."""
        return asdict(self)

    def rechazar(self, fila: int, ident: str, campo: str, motivo: str) -> None:
        """Cuenta una fila rechazada; se detallan las primeras diez mil."""
        self.rechazadas += 1
        self.anotar(fila, ident, campo, motivo)

    def anotar(self, fila: int, ident: str, campo: str, motivo: str) -> None:
        """Detalla algo que no se pudo, sin contar la fila como rechazada."""
        if len(self.errores) < LIMITE_DE_ERRORES:
            self.errores.append({"fila": fila, "id": ident, "campo": campo, "motivo": motivo})

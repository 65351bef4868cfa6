"""Registrar sucesos y leer los de un objeto."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone

from archivo.auditoria.models import Resultado, Suceso
from archivo.identidad.puerta import Usuario

LOTE_DE_REGISTRO = 5_000


@dataclass(frozen=True)
class SucesoNuevo:
    """Lo que se cuenta: `clase` como `item.autorizado`, `objeto` como `item:<clave>`; sin `actor` fue el sistema.

    `resultado` es `hecho` o `rechazado`; `detalle`, un dict que cabe en JSON; `momento` sólo cuando no es ahora.
    """

    clase: str
    objeto: str = ""
    actor: Usuario | None = None
    motivo: str = ""
    detalle: dict[str, Any] = field(default_factory=dict)
    ip: str | None = None
    resultado: str = Resultado.HECHO
    momento: datetime | None = None


def _fila(nuevo: SucesoNuevo) -> Suceso:
    return Suceso(
        momento=nuevo.momento or timezone.now(),
        clase=nuevo.clase,
        objeto=nuevo.objeto,
        actor=nuevo.actor,
        actor_nombre=str(nuevo.actor)[:200] if nuevo.actor else "",
        motivo=nuevo.motivo,
        detalle=nuevo.detalle,
        ip=nuevo.ip,
        resultado=nuevo.resultado,
    )


def registrar(suceso: SucesoNuevo) -> Suceso:
    """Escribe el suceso en la transacción en curso: si ésta se deshace, no pasó nada y nada se cuenta."""
    fila = _fila(suceso)
    fila.save()
    return fila


def registrar_varios(sucesos: Iterable[SucesoNuevo]) -> int:
    """Escribe muchos sucesos por lotes, con memoria constante; devuelve cuántos."""
    pendientes, total = iter(sucesos), 0
    while lote := [_fila(nuevo) for nuevo in islice(pendientes, LOTE_DE_REGISTRO)]:
        total += len(Suceso.objects.bulk_create(lote))
    return total


def sucesos_de(objeto: str) -> Any:
    """Los sucesos de un objeto (`item:<clave>`), del más antiguo al más nuevo: un QuerySet."""
    return Suceso.objects.filter(objeto=objeto).order_by("id")

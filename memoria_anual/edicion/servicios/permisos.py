"""Quién edita, quién autoriza y quién aporta; y la constancia de lo que no procedió."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from archivo.auditoria.puerta import Resultado, SucesoNuevo, registrar
from archivo.identidad.puerta import Lector, Usuario, lector_de
from memoria_anual.edicion.estados import APORTAN, AUTORIZAN, EDITAN
from memoria_anual.edicion.models import AportacionDeArea, Memoria


class CambioDeMemoriaRechazado(Exception):
    """No procede; el mensaje dice por qué y qué hacer."""


def _ejerce(lector: Lector, roles: Collection[str], area_id: int | None) -> bool:
    return any(r.rol in roles and r.area_id in {None, area_id} for r in lector.roles)


def puede_editar(lector: Lector, memoria: Memoria) -> bool:
    """¿Integra y escribe esa memoria?"""
    return _ejerce(lector, EDITAN, memoria.area_id)


def puede_crear(lector: Lector) -> bool:
    """¿Abre memorias? Quien edita, en toda la institución o en un área."""
    return any(r.rol in EDITAN for r in lector.roles)


def puede_autorizar(lector: Lector, memoria: Memoria) -> bool:
    """¿Le toca autorizarla? Que no la haya escrito se mira al autorizar."""
    return _ejerce(lector, AUTORIZAN, memoria.area_id)


def puede_aportar(lector: Lector, aportacion: AportacionDeArea) -> bool:
    """¿Captura y entrega lo de esa dependencia?"""
    return _ejerce(lector, APORTAN, aportacion.area_id)


def puede_leer(lector: Lector, memoria: Memoria) -> bool:
    """¿Ve la memoria mientras se hace? Quien la edita o autoriza, sus dependencias convocadas y auditoría."""
    if puede_editar(lector, memoria) or lector.tiene("auditoria"):
        return True
    return any(puede_aportar(lector, a) for a in memoria.aportaciones.all())


def exigir(actor: Usuario | None, *, procede: Callable[[Lector], bool], dicho: str) -> None:
    """Sin persona actúa el sistema.

    Raises:
        CambioDeMemoriaRechazado: no le toca; `dicho` dice a quién.
    """
    if actor is not None and not procede(lector_de(actor)):
        raise CambioDeMemoriaRechazado(dicho)


def con_constancia[**P, R](clase: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decora un servicio cuyo primer argumento es lo que cambia (con `.objeto`): su rechazo queda en la bitácora.

    Va por fuera de la transacción, para que sobreviva a lo que ella deshace. El actor se pasa por nombre o en segundo lugar.
    """

    def decorar(servicio: Callable[P, R]) -> Callable[P, R]:
        @wraps(servicio)
        def envuelto(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return servicio(*args, **kwargs)
            except CambioDeMemoriaRechazado as rechazo:
                _anotar(clase, args, kwargs, rechazo)
                raise

        return envuelto

    return decorar


def _anotar(clase: str, args: Any, kwargs: Any, rechazo: Exception) -> None:
    actor = kwargs.get("actor", next((a for a in args if isinstance(a, Usuario)), None))
    registrar(
        SucesoNuevo(
            clase=clase, objeto=args[0].objeto, actor=actor, resultado=Resultado.RECHAZADO, detalle={"razon": str(rechazo)}
        )
    )


def anotar(clase: str, objeto: str, actor: Usuario | None, motivo: str = "", **detalle: Any) -> None:
    """Un suceso de la memoria."""
    registrar(SucesoNuevo(clase=clase, objeto=objeto, actor=actor, motivo=motivo, detalle=detalle))

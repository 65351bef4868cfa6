"""Lo que de un expediente queda en la bitácora: lo hecho y lo que no procedió."""

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.auditoria.puerta import Resultado, SucesoNuevo, registrar
from archivo.identidad.puerta import Usuario

if TYPE_CHECKING:
    from archivo.archivistica.models import Expediente


def objeto_de(expediente: "Expediente") -> str:
    """Cómo lo nombran los sucesos."""
    return f"expediente:{expediente.clave}"


def anotar(expediente: "Expediente", clase: str, actor: Usuario | None, **mas: Any) -> None:
    """Deja un suceso del expediente. `mas`: motivo, detalle, ip, resultado."""
    registrar(SucesoNuevo(clase=f"expediente.{clase}", objeto=objeto_de(expediente), actor=actor, **mas))


def con_constancia[**P, R](clase: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Si el servicio rechaza lo que pidió una persona, el intento queda anotado con la `clase` de lo que quiso hacer.

    Va por fuera de la transacción del servicio, que ya se deshizo. El servicio recibe `expediente` o `integracion`, y `actor`.
    """

    def decorar(servicio: Callable[P, R]) -> Callable[P, R]:
        firma = inspect.signature(servicio)

        @wraps(servicio)
        def envuelto(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return servicio(*args, **kwargs)
            except ExpedienteRechazado as rechazo:
                _anotar_rechazo(clase, firma.bind(*args, **kwargs).arguments, rechazo)
                raise

        return envuelto

    return decorar


def _anotar_rechazo(clase: str, pedido: Mapping[str, Any], rechazo: ExpedienteRechazado) -> None:
    """El que no llegó a abrirse no tiene clave que nombrar: lo dice su título."""
    if pedido.get("actor") is None:
        return
    expediente = pedido.get("expediente") or pedido["integracion"].expediente
    detalle = {"razon": str(rechazo)} | ({} if expediente.pk else {"titulo": expediente.titulo})
    registrar(
        SucesoNuevo(
            clase=f"expediente.{clase}",
            objeto=objeto_de(expediente) if expediente.pk else "expediente:",
            actor=pedido["actor"],
            motivo=pedido.get("motivo", pedido.get("acuerdo", "")).strip(),
            detalle=detalle,
            resultado=Resultado.RECHAZADO,
        )
    )

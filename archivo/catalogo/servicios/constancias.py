"""Lo que se anota además del cambio: quién no pudo, y por ausencia de quién se hizo."""

from collections.abc import Collection

from archivo.auditoria.puerta import Resultado, SucesoNuevo, registrar
from archivo.catalogo.models import Item
from archivo.identidad.puerta import Usuario, lector_de


def dejar_constancia_de_rechazo(item: Item, actor: Usuario | None, razon: Exception) -> None:
    """Anota un cambio que no procedió. Se llama fuera de la transacción que se deshizo, o se perdería con ella."""
    registrar(
        SucesoNuevo(
            clase="item.corregido" if item.pk else "item.creado", objeto=f"item:{item.clave}", actor=actor,
            resultado=Resultado.RECHAZADO, detalle={"razon": str(razon)},
        )
    )  # fmt: skip


def suplencia_de(actor: Usuario | None, roles: Collection[str], area_id: int | None) -> str:
    """Por ausencia de quién actúa, o «» si actúa por derecho propio o es el sistema."""
    return lector_de(actor).por_ausencia_de(roles, area_id) if actor else ""

"""La portada de la oficina: los botones con que empieza el día y lo primero de la bandeja."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import todos_los_tipos
from archivo.identidad.puerta import gente_de
from archivo.oficina.bandeja import recoger, resumir
from archivo.oficina.direcciones import direccion
from archivo.oficina.menu import indice
from archivo.oficina.vistas.ingresos import tipos_que_ingresa

POR_GRUPO = 5


class Bienvenida(Component):
    """Los botones con que empieza el día: escribir de cada tipo e ingresar archivos."""

    template_name = "oficina/trozos/bienvenida.html"
    order = 1

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Sólo lo que esa persona puede hacer."""
        usuario = parent_context["request"].user
        tipos = [{"tipo": t, "nuevo": direccion(t.modelo, "add")} for t in todos_los_tipos() if _puede(usuario, t, "add")]
        return {"tipos": tipos, "ingresa": bool(tipos_que_ingresa(usuario))}


def _puede(usuario: Any, tipo: Any, accion: str) -> bool:
    return policy_registry.get_by_type(tipo.modelo).user_has_permission(usuario, accion)


class LoPrimero(Component):
    """Los primeros asuntos de cada grupo de la bandeja: la misma cuenta y el mismo orden que su página."""

    template_name = "oficina/trozos/lo_primero.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Sus grupos, cada uno recortado."""
        usuario = parent_context["request"].user
        grupos = recoger(usuario, (usuario.pk,), {})
        return {
            "grupos": [(g, g.renglones[:POR_GRUPO], g.hay_mas or len(g.renglones) > POR_GRUPO) for g in grupos],
            "resumen": resumir(grupos),
            "encabeza": bool(gente_de(usuario)),
        }


class Indice(Component):
    """El menú desplegado: quien entra por primera vez, o no tiene nada pendiente, ve a dónde ir."""

    template_name = "oficina/trozos/indice.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Los mismos grupos del menú, con lo que esa persona puede."""
        return {"grupos": indice(parent_context["request"])}


def paneles_de_inicio(usuario: Any) -> list[Component]:
    """Los de quien entra."""
    return [Bienvenida(), LoPrimero(), Indice()]

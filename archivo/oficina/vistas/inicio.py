"""La mesa: lo que espera a quien entra a la oficina."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import Item, todos_los_tipos
from archivo.identidad.puerta import Lector, lector_de
from archivo.ingesta.puerta import Ingreso
from archivo.oficina.direcciones import direccion
from archivo.oficina.permisos import ESCRIBEN
from archivo.oficina.vistas.ingresos import enlace_a, ingresos_de, tipos_que_ingresa

CUANTOS = 8
TOPE = 100


def _de_sus_areas(lector: Lector, *roles: str) -> QuerySet[Item]:
    """Los elementos de las áreas en que ejerce alguno de esos roles."""
    ejercidos = [r.area_id for r in lector.roles if r.rol in roles]
    filas = Item.objects.visibles_para(lector)
    if None in ejercidos:
        return filas
    return filas.filter(area_id__in=ejercidos) if ejercidos else filas.none()


class Espera(Component):
    """Una lista corta de lo que espera, con cuántas son y a dónde ir. Sin nada que esperar, lo dice."""

    template_name = "oficina/trozos/espera.html"
    order = 100

    def __init__(self, titulo: str, filas: QuerySet[Item], nada: str, orden: int) -> None:
        self.titulo, self.filas, self.nada, self.order = titulo, filas, nada, orden

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Las primeras y cuántas son, sin contar más de cien."""
        usuario = parent_context["request"].user
        columnas = (
            "clave",
            "tipo",
            "titulo",
            "folio",
            "area__nombre",
            "area_id",
            "estado",
            "acceso_efectivo",
            "embargo_hasta",
            "modificado",
        )
        primeras = list(self.filas.select_related("area").only(*columnas).order_by("-id")[:CUANTOS])
        total = len(primeras) if len(primeras) < CUANTOS else len(self.filas.order_by("-id").values_list("id")[: TOPE + 1])
        return {
            "id": f"espera-{self.order}",
            "titulo": self.titulo,
            "renglones": [(i, enlace_a(i, usuario)) for i in primeras],
            "total": f"más de {TOPE}" if total > TOPE else total,
            "nada": self.nada,
        }


class Ingresos(Component):
    """Los archivos que no entraron y esperan una decisión."""

    template_name = "oficina/trozos/ingresos_en_espera.html"
    order = 40

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Los que están en cuarentena o sin veredicto."""
        usuario = parent_context["request"].user
        suyos = ingresos_de(usuario).filter(Q(estado=Ingreso.Estado.CUARENTENA) | Q(estado__in=Ingreso.EN_CURSO))
        return {"ingresos": suyos[:CUANTOS], "cuarentena": reverse("oficina_ingresos") + "?estado=cuarentena"}


class Bienvenida(Component):
    """Los botones con que empieza el día: escribir de cada tipo e ingresar archivos."""

    template_name = "oficina/trozos/bienvenida.html"
    order = 1

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Sólo lo que esa persona puede hacer."""
        usuario = parent_context["request"].user
        tipos = [
            {
                "tipo": t,
                "lista": direccion(t.modelo, "list"),
                "nuevo": direccion(t.modelo, "add") if _puede(usuario, t, "add") else "",
            }
            for t in todos_los_tipos()
            if _puede(usuario, t, "view")
        ]
        return {"tipos": tipos, "ingresa": bool(tipos_que_ingresa(usuario))}


def _puede(usuario: Any, tipo: Any, accion: str) -> bool:
    return policy_registry.get_by_type(tipo.modelo).user_has_permission(usuario, accion)


def paneles_de_inicio(usuario: Any) -> list[Component]:
    """Lo que espera a esa persona según sus roles."""
    lector = lector_de(usuario)
    paneles: list[Component] = [Bienvenida()]
    if lector.tiene("titular"):
        en_revision = _de_sus_areas(lector, "titular").filter(estado="en_revision").exclude(creado_por=usuario)
        paneles.append(Espera("Esperan su autorización", en_revision, "Nada espera su autorización.", 10))
    if lector.tiene(*ESCRIBEN):
        suyos = Item.objects.visibles_para(lector).filter(creado_por=usuario)
        paneles.append(Espera("Sus borradores", suyos.filter(estado="borrador"), "No tiene borradores.", 20))
        paneles.append(
            Espera(
                "Autorizados y programados",
                _de_sus_areas(lector, *ESCRIBEN).filter(estado__in=("autorizado", "programado")),
                "No hay documentos por salir.",
                30,
            )
        )
        con_faltas = suyos.exclude(pendientes=[]).exclude(estado__in=("cancelado", "borrador"))
        paneles.append(Espera("Les falta algún dato", con_faltas, "A los suyos no les falta nada.", 50))
        paneles.append(Ingresos())
    return paneles

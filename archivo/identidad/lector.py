"""Quién lee: los círculos abiertos a una persona, listos para comparar con un elemento o con el índice."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from archivo.identidad.models import Area, Nombramiento
from archivo.identidad.roles import ROLES, Circulo


@dataclass(frozen=True)
class RolVigente:
    """Un rol ejercido hoy; `area_id` None es toda la institución. `por_ausencia_de`: a quién se suple, o «» si es propio."""

    rol: str
    area_id: int | None
    por_ausencia_de: str = ""


@dataclass(frozen=True)
class Lector:
    """Una persona que lee (o nadie: una ciudadana anónima) con sus roles vigentes."""

    usuario_id: int | None = None
    roles: tuple[RolVigente, ...] = ()

    @property
    def es_de_oficina(self) -> bool:
        """¿Tiene algún rol que abra lo interno?"""
        return any(ROLES[r.rol].circulos for r in self.roles)

    def tiene(self, *claves: str, area_id: int | None = None) -> bool:
        """¿Ejerce alguno de esos roles, en toda la institución o en esa área?"""
        return any(r.rol in claves and (r.area_id is None or area_id is None or r.area_id == area_id) for r in self.roles)

    def tiene_en_todo(self, *claves: str) -> bool:
        """¿Ejerce alguno de esos roles en toda la institución?"""
        return any(r.rol in claves and r.area_id is None for r in self.roles)

    def por_ausencia_de(self, claves: Collection[str], area_id: int | None) -> str:
        """A quién suple al ejercer alguno de esos roles en esa área; «» si lo ejerce por derecho propio o no lo ejerce."""
        suyos = [r.por_ausencia_de for r in self.roles if r.rol in claves and r.area_id in {None, area_id}]
        return "" if not all(suyos) else min(suyos, default="")

    def fichas(self) -> frozenset[str]:
        """Las señas de lectura de la persona: `oficina`, `area:*`, `area:7`, `transparencia`, `auditoria`, `persona:3@7`.

        `persona:3@7` es la persona 3 mientras ejerce en el área 7: abre lo confidencial de esa área en que se le nombra.
        """
        senas: set[str] = set()
        for ejercido in self.roles:
            for circulo in ROLES[ejercido.rol].circulos:
                if circulo is Circulo.AREA:
                    donde = "*" if ejercido.area_id is None else ejercido.area_id
                    senas |= {f"area:{donde}", f"persona:{self.usuario_id}@{donde}"}
                else:
                    senas.add(str(circulo))
        return frozenset(senas)


ANONIMO = Lector()


def lector_de(usuario: Any) -> Lector:
    """El lector que corresponde a `request.user` (o a un Usuario). Dos consultas; se recuerda en la instancia."""
    if not getattr(usuario, "is_authenticated", False) or not usuario.is_active:
        return ANONIMO
    if not hasattr(usuario, "_lector"):
        columnas = ("rol", "area_id", "usuario_id", "usuario__username", "usuario__first_name", "usuario__last_name")
        ejercidos = [
            RolVigente(rol, area, "" if de == usuario.pk else f"{nombre} {apellidos}".strip() or cuenta)
            for rol, area, de, cuenta, nombre, apellidos in Nombramiento.objects.ejercidos_por(usuario).values_list(*columnas)
        ]
        usuario._lector = Lector(usuario.pk, tuple(sorted(_con_areas_hijas(ejercidos), key=str)))
    return usuario._lector


def _con_areas_hijas(roles: list[RolVigente]) -> set[RolVigente]:
    """Un nombramiento en un área vale en las que dependen de ella, a cualquier profundidad. Una consulta, si hace falta."""
    todos = set(roles)
    limitados = [r for r in roles if r.area_id is not None]
    if not limitados:
        return todos
    hijas: dict[int, list[int]] = defaultdict(list)
    for area_id, padre_id in Area.objects.filter(padre__isnull=False).values_list("pk", "padre_id"):
        hijas[padre_id].append(area_id)
    while limitados:
        rol = limitados.pop()
        nuevos = {replace(rol, area_id=hija) for hija in hijas[rol.area_id or 0]} - todos
        todos |= nuevos
        limitados += nuevos
    return todos

"""Quién lee: los círculos abiertos a una persona, listos para comparar con un elemento o con el índice."""

from dataclasses import dataclass
from typing import Any

from archivo.identidad.models import Nombramiento
from archivo.identidad.roles import ROLES, Circulo


@dataclass(frozen=True)
class RolVigente:
    """Un rol ejercido hoy; `area_id` None es toda la institución."""

    rol: str
    area_id: int | None


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
    """El lector que corresponde a `request.user` (o a un Usuario). Una consulta; se recuerda en la instancia."""
    if not getattr(usuario, "is_authenticated", False) or not usuario.is_active:
        return ANONIMO
    if not hasattr(usuario, "_lector"):
        vigentes = Nombramiento.objects.filter(usuario=usuario).vigentes().values_list("rol", "area_id")
        usuario._lector = Lector(usuario.pk, tuple(sorted((RolVigente(*v) for v in vigentes), key=str)))
    return usuario._lector

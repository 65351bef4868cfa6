"""Los roles de la oficina y los círculos de lectura que abre cada uno.

Un círculo es un grupo de lectores de la política de acceso: la tabla de niveles habla de círculos, no de roles.
Los dieciséis roles son los de la oficina de comunicación social y su sistema institucional de archivos
(LGA arts. 21 y 27-32; LGTAIP arts. 39-41).
"""

from dataclasses import dataclass
from enum import StrEnum


class Circulo(StrEnum):
    """Un conjunto de lectores con los mismos derechos."""

    TODOS = "todos"
    OFICINA = "oficina"
    AREA = "area"
    NOMBRADAS = "nombradas"
    TRANSPARENCIA = "transparencia"
    AUDITORIA = "auditoria"


@dataclass(frozen=True)
class Rol:
    """Un rol: su clave (contrato de órdenes), su nombre y los círculos que abre."""

    clave: str
    nombre: str
    circulos: frozenset[Circulo]


_DEL_AREA = frozenset({Circulo.OFICINA, Circulo.AREA})
_OFICINA = frozenset({Circulo.OFICINA})

ROLES: dict[str, Rol] = {
    rol.clave: rol
    for rol in (
        Rol("titular", "Titular", _DEL_AREA),
        Rol("redaccion", "Redacción", _DEL_AREA),
        Rol("monitoreo", "Monitoreo", _DEL_AREA),
        Rol("fotografia_video", "Fotografía y video", _DEL_AREA),
        Rol("diseno", "Diseño", _DEL_AREA),
        Rol("archivo_tramite", "Archivo de trámite", _DEL_AREA),
        Rol("archivo_concentracion", "Archivo de concentración", _DEL_AREA),
        Rol("archivo_historico", "Archivo histórico", _DEL_AREA),
        Rol("coordinacion_archivos", "Coordinación de archivos", _OFICINA),
        Rol("grupo_interdisciplinario", "Grupo interdisciplinario", _OFICINA),
        Rol("unidad_transparencia", "Unidad de Transparencia", _OFICINA | {Circulo.TRANSPARENCIA}),
        Rol("comite_transparencia", "Comité de Transparencia", _OFICINA | {Circulo.TRANSPARENCIA}),
        Rol("cotejo", "Cotejo", _OFICINA),
        Rol("certificacion", "Certificación", _OFICINA),
        Rol("auditoria", "Auditoría", _OFICINA | {Circulo.AUDITORIA}),
        Rol("administracion", "Administración", frozenset()),
    )
}

NO_SE_JUNTAN: dict[str, frozenset[str]] = {"auditoria": frozenset(ROLES) - {"auditoria"}}
"""Roles que una misma persona no ejerce a la vez: el órgano interno de control no escribe ni decide lo que revisa."""


def choque(rol: str, otros: set[str]) -> str:
    """El rol de `otros` que no puede ejercer quien ejerce `rol`, o «»."""
    for uno, ajenos in NO_SE_JUNTAN.items():
        if rol == uno and (juntos := ajenos & otros):
            return min(juntos)
        if rol in ajenos and uno in otros:
            return uno
    return ""

"""Qué puede hacer cada rol con los elementos: una tabla, y lo que no está en ella no se puede.

Capturar lo declara cada tipo (`escriben`); los pasos del ciclo, cada transición; aquí, describir y fijar el acceso. Todo vale en el
área del nombramiento y en las que dependen de ella (docs/roles-y-acceso.md).
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from archivo.catalogo.acceso import NIVELES, puede_ver_ficha
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import ROLES, Lector

if TYPE_CHECKING:
    from archivo.catalogo.models import Item

DESCRIBEN = ("archivo_tramite", "archivo_concentracion", "archivo_historico")
"""Describen documentos de cualquier tipo: es su oficio (LGA arts. 30 a 32)."""
DESCLASIFICAN = ("titular", "comite_transparencia")
"""Abren lo reservado o confidencial, con motivo (LGTAIP arts. 102-104)."""
LEEN_LA_BITACORA = ("auditoria", "administracion")
SABEN_QUIEN_ABRIO = ("titular", "unidad_transparencia", "comite_transparencia", "auditoria")

_SIN_CLASIFICAR = frozenset(n.clave for n in NIVELES.values() if not n.se_audita)
_TODOS = frozenset(NIVELES)
FIJAN_ACCESO: dict[str, frozenset[str]] = {
    "titular": _TODOS,
    "redaccion": _TODOS,
    "monitoreo": _TODOS,
    "archivo_tramite": _TODOS,
    "archivo_historico": _SIN_CLASIFICAR,
    "unidad_transparencia": _TODOS,
    "comite_transparencia": _TODOS,
}
"""Rol → niveles que puede fijar. Quien fotografía, diseña o concentra no cambia el acceso; el histórico no clasifica."""


def _ejerce(lector: Lector, roles: Collection[str], area_id: int | None) -> bool:
    return any(r.rol in roles and r.area_id in {None, area_id} for r in lector.roles)


def puede_capturar(lector: Lector, tipo: str, area_id: int | None = None) -> bool:
    """¿Captura ese tipo en esa área? Sin área, sólo quien lo captura en toda la institución."""
    return _ejerce(lector, tipo_de(tipo).escriben, area_id)


def puede_corregir(lector: Lector, item: "Item") -> bool:
    """¿Puede corregir su descripción? Lo ve, y captura su tipo o describe, en su área."""
    return _ejerce(lector, (*tipo_de(item.tipo).escriben, *DESCRIBEN), item.area_id) and puede_ver_ficha(lector, item)


def areas_de_captura(lector: Lector, tipos: Collection[str]) -> set[int | None]:
    """Las áreas en que esa persona captura o describe alguno de esos tipos; None es toda la institución."""
    roles = {rol for t in tipos for rol in tipo_de(t).escriben} | set(DESCRIBEN)
    return {r.area_id for r in lector.roles if r.rol in roles}


def niveles_que_fija(lector: Lector, *areas: int | None) -> frozenset[str]:
    """Los niveles de acceso que esa persona puede poner a un elemento de esa área; sin decir cuál, en alguna de las suyas."""
    suyos = (FIJAN_ACCESO.get(r.rol, frozenset()) for r in lector.roles if not areas or r.area_id in {None, *areas})
    return frozenset[str]().union(*suyos)


def razon_contra_el_acceso(lector: Lector, area_id: int | None, antes: str, nuevo: str) -> str:
    """Por qué esa persona no puede pasar de un nivel a otro, o «». Lo que no cambia no se pregunta."""
    if nuevo == antes or nuevo in niveles_que_fija(lector, area_id):
        return ""
    nombres = ", ".join(ROLES[rol].nombre for rol, niveles in FIJAN_ACCESO.items() if nuevo in niveles)
    return f"Dejar el acceso en «{NIVELES[nuevo].nombre}» corresponde a: {nombres}. Pídaselo a quien ejerza ese rol en el área."


def puede_desclasificar(lector: Lector, area_id: int | None) -> bool:
    """¿Puede abrir lo reservado o confidencial de esa área?"""
    return _ejerce(lector, DESCLASIFICAN, area_id)


def sabe_quien_abrio(lector: Lector, item: "Item") -> bool:
    """¿Puede ver quién leyó un documento reservado? Quien es titular de su área, transparencia y auditoría."""
    return _ejerce(lector, SABEN_QUIEN_ABRIO, item.area_id)

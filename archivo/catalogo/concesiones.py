"""Qué permisos de Django dan los roles sobre los elementos."""

from archivo.catalogo.tipos.registro import todos_los_tipos
from archivo.identidad.puerta import conceder

_ESCRIBEN = ("redaccion", "titular", "archivo_tramite")
_LEEN = ("auditoria",)


def conceder_a_los_roles() -> None:
    """Entrar a la oficina, y ver o escribir cada tipo según el rol."""
    for rol in (*_ESCRIBEN, *_LEEN, "administracion"):
        conceder(rol, "wagtailadmin.access_admin")
    for tipo in todos_los_tipos():
        modelo = tipo.modelo._meta.model_name
        for rol in _LEEN:
            conceder(rol, f"catalogo.view_{modelo}")
        for rol in _ESCRIBEN:
            conceder(rol, *(f"catalogo.{verbo}_{modelo}" for verbo in ("view", "add", "change")))

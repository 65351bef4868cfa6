"""Qué permisos de Django dan los roles sobre los elementos."""

from archivo.catalogo.oficios import DESCRIBEN
from archivo.catalogo.tipos.registro import todos_los_tipos
from archivo.identidad.puerta import ROLES, conceder

_NO_LEE = "administracion"


def conceder_a_los_roles() -> None:
    """Todo rol entra a la oficina; qué tipos consulta, describe o captura, según su oficio. Qué elementos, la política de acceso."""
    for rol in ROLES:
        conceder(rol, "wagtailadmin.access_admin")
    for tipo in todos_los_tipos():
        app, modelo = tipo.modelo._meta.app_label, tipo.modelo._meta.model_name
        for rol in set(ROLES) - {_NO_LEE}:
            conceder(rol, f"{app}.view_{modelo}")
        for rol in DESCRIBEN:
            conceder(rol, f"{app}.change_{modelo}")
        for rol in tipo.escriben:
            conceder(rol, *(f"{app}.{verbo}_{modelo}" for verbo in ("view", "add", "change")))

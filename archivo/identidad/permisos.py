"""Permisos de Django que dan los roles vigentes: se calculan al entrar, así un rol que vence deja de valer solo."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from archivo.identidad.intentos import anotar_falla, frenado
from archivo.identidad.lector import lector_de

_concesiones: dict[str, set[str]] = {}


def conceder(rol: str, *permisos: str) -> None:
    """Registra que un rol da esos permisos (`app.codename`). Lo llama cada aplicación en su `ready()`."""
    _concesiones.setdefault(rol, set()).update(permisos)


def permisos_de(rol: str) -> frozenset[str]:
    """Lo concedido a un rol."""
    return frozenset(_concesiones.get(rol, ()))


class BackendDeRoles(ModelBackend):
    """Autentica con contraseña y autoriza por nombramientos vigentes (además de los grupos de Django)."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """La persona, si la contraseña es suya y no se ha probado demasiadas veces."""
        nombre = username or ""
        if frenado(nombre, request):
            raise PermissionDenied
        persona = super().authenticate(request, username=username, password=password, **kwargs)
        if persona is None and nombre:
            anotar_falla(nombre, request)
        return persona

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Los permisos de sus roles más los de sus grupos."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        roles = {r.rol for r in lector_de(user_obj).roles}
        propios = set().union(*(permisos_de(rol) for rol in roles)) if roles else set()
        return propios | super().get_group_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Permisos propios, de grupos y de roles."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if not hasattr(user_obj, "_permisos_acervo"):
            user_obj._permisos_acervo = self.get_user_permissions(user_obj) | self.get_group_permissions(user_obj)
        return user_obj._permisos_acervo


def sincronizar_grupos() -> None:
    """Deja un grupo de Django por rol con sus permisos, para las listas de Wagtail que preguntan por grupos."""
    for rol, permisos in _concesiones.items():
        grupo, _ = Group.objects.get_or_create(name=rol)
        claves = [tuple(p.split(".", 1)) for p in sorted(permisos)]
        grupo.permissions.set(
            [p for app, codigo in claves for p in Permission.objects.filter(content_type__app_label=app, codename=codigo)]
        )

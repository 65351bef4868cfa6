"""Quién puede qué en la oficina, por tipo y por elemento.

Los permisos de Django dicen qué tipos maneja cada rol; la política de acceso, qué elementos; el área, cuáles puede cambiar.
Borrar no es una acción de la oficina: un elemento se cancela, se retira o, con acto de baja, sale del archivo.
"""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from archivo.catalogo.puerta import Item, puede_corregir, puede_ver_ficha, todos_los_tipos
from archivo.identidad.puerta import Area, Lector, conceder, lector_de

CATALOGOS = ("identidad.area", "identidad.institucion", "catalogo.seriedenumeracion", "catalogo.tema")
_NUNCA = {"delete", "publish"}
_COMO_CAMBIAR = {"lock": "change", "unlock": "change"}


class PoliticaDeTipo(ModelPermissionPolicy):
    """Los permisos de un tipo (su proxy), y los de cada elemento según quién lo ve y de qué área es."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """¿Puede hacer eso con algún elemento del tipo?"""
        if action in _NUNCA:
            return False
        return super().user_has_permission(user, _COMO_CAMBIAR.get(action, action))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Item) -> bool:
        """¿Puede hacer eso con este elemento?"""
        if not self.user_has_permission(user, action):
            return False
        lector = lector_de(user)
        return puede_ver_ficha(lector, instance) if action == "view" else puede_cambiar(lector, instance)


def puede_cambiar(lector: Lector, item: Item) -> bool:
    """¿Puede corregir su descripción? Lo ve y captura su tipo o describe, en su área (los sin área, en toda la institución)."""
    return puede_corregir(lector, item)


def area_propia(areas: set[int | None]) -> int | None:
    """El área que se propone al capturar: la de su nombramiento, si es una; las que dependen de ella no cuentan."""
    suyas = [a for a in areas if a is not None]
    raices = Area.objects.filter(pk__in=suyas).exclude(padre_id__in=suyas).values_list("pk", flat=True)[:2]
    propias = list(raices) if len(suyas) > 1 else suyas
    return propias[0] if len(propias) == 1 else None


def elemento_para(request: HttpRequest, modelo: type[Item], pk: Any, accion: str = "view") -> Item:
    """El elemento de ese tipo, si esa persona puede hacer eso con él; si no, 404, como si no existiera."""
    politica = policy_registry.get_by_type(modelo)
    campos = ("area", "serie", "latest_revision", "creado_por", "autorizado_por")
    consulta = modelo._default_manager.visibles_para(lector_de(request.user)).select_related(*campos)
    item = get_object_or_404(consulta, pk=pk)
    if not politica.user_has_permission_for_instance(request.user, accion, item):
        raise Http404
    return item


def registrar_politicas() -> None:
    """Una política por tipo declarado. Se llama una vez, antes de que Wagtail la pida."""
    for tipo in todos_los_tipos():
        register_permission_policy(tipo.modelo, PoliticaDeTipo(tipo.modelo), exact_class=True)


def conceder_catalogos() -> None:
    """Áreas, series, temas e institución son de `administracion`; los temas, los rótulos y la veda, también de quien es titular."""
    for catalogo in CATALOGOS:
        app, modelo = catalogo.split(".")
        conceder("administracion", *(f"{app}.{verbo}_{modelo}" for verbo in ("view", "add", "change")))
    for modelo in ("rotulo", "periodoveda"):
        for rol in ("administracion", "titular"):
            conceder(rol, *(f"catalogo.{verbo}_{modelo}" for verbo in ("view", "add", "change", "delete")))
    for rol in ("administracion", "titular", "coordinacion_archivos"):
        conceder(rol, *(f"indexacion.{verbo}_grupodesinonimos" for verbo in ("view", "add", "change", "delete")))
    conceder("titular", "catalogo.view_tema", "catalogo.add_tema", "catalogo.change_tema")

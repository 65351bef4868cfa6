"""Lo que se añade a Wagtail para describir: los selectores, las autoridades y el vocabulario en SKOS."""

from typing import Any

from django.urls import URLPattern, path, re_path
from wagtail import hooks

from archivo.oficina.entradas import es_de_oficina, poner_en_el_menu
from archivo.oficina.vistas import autoridades, fusiones, selectores, vocabulario


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """Selectores, autoridades y vocabulario."""
    return [
        path("selectores/autoridades.json", selectores.de_autoridades, name="oficina_selector_autoridades"),
        path("selectores/temas.json", selectores.de_temas, name="oficina_selector_temas"),
        path("selectores/areas.json", selectores.de_areas, name="oficina_selector_areas"),
        path("selectores/elementos.json", selectores.de_elementos, name="oficina_selector_elementos"),
        path("autoridades/", autoridades.lista, name="oficina_autoridades"),
        path("autoridades/duplicados/", fusiones.duplicados, name="oficina_duplicados"),
        path("autoridades/duplicados/buscar/", fusiones.buscar, name="oficina_duplicados_buscar"),
        path("autoridades/fusiones/<int:pk>/deshacer/", fusiones.deshacer, name="oficina_fusion_deshacer"),
        path("autoridades/nueva/<slug:clase>/", autoridades.nueva, name="oficina_autoridad_nueva"),
        path("autoridades/<slug:clave>/", autoridades.ver, name="oficina_autoridad"),
        path("autoridades/<slug:clave>/editar/", autoridades.editar, name="oficina_autoridad_editar"),
        path("autoridades/<slug:clave>/fundir/", fusiones.fundir, name="oficina_autoridad_fundir"),
        path("autoridades/<slug:clave>/distinguir/", fusiones.distinguir, name="oficina_autoridad_distinguir"),
        re_path(
            r"^autoridades/(?P<clave>\w+)/(?P<que>renombrar|enlazar|desenlazar|verificar)/$",
            autoridades.hacer,
            name="oficina_autoridad_hacer",
        ),
        path("vocabulario/", vocabulario.vocabulario_skos, name="oficina_vocabulario"),
        path("vocabulario/exportar/<slug:formato>/", vocabulario.exportar, name="oficina_vocabulario_exportar"),
        path("vocabulario/<int:pk>/reemplazar/", vocabulario.reemplazar, name="oficina_tema_reemplazar"),
    ]


def ve_autoridades(usuario: Any) -> bool:
    """¿Es de la oficina, o las administra?"""
    return es_de_oficina(usuario) or autoridades.puede_cambiar_autoridades(usuario)


poner_en_el_menu("autoridades", "Autoridades", "oficina_autoridades", "group", ve_autoridades)
poner_en_el_menu("vocabulario", "Vocabulario en SKOS", "oficina_vocabulario", "tag", lambda u: u.has_perm("catalogo.view_tema"))

"""Las direcciones y el menú de las cifras de la memoria."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from archivo.oficina.puerta import es_de_oficina, poner_en_el_menu
from memoria_anual.oficina.vistas import cambios_csv, comparaciones, cortes, indicadores, mediciones, metas, propios


@hooks.register("register_admin_urls")
def direcciones_de_cifras() -> list[URLPattern]:
    """Indicadores, cortes, metas, mediciones e indicadores propios."""
    return [
        path("memoria/indicadores/", indicadores.lista, name="memoria_indicadores"),
        path("memoria/indicadores/<slug:clave>/", indicadores.ver, name="memoria_indicador"),
        path("memoria/cortes/", cortes.lista, name="memoria_cortes"),
        path("memoria/cortes/nuevo/", cortes.nuevo, name="memoria_corte_nuevo"),
        path("memoria/cortes/<int:pk>/", cortes.ver, name="memoria_corte"),
        path("memoria/cortes/<int:pk>/comprobar/", cortes.comprobar, name="memoria_corte_comprobar"),
        path("memoria/cortes/<int:pk>/comparar/", comparaciones.comparacion, name="memoria_corte_comparar"),
        path("memoria/cortes/<int:pk>/cambios.csv", cambios_csv.descargar, name="memoria_corte_cambios_csv"),
        path("memoria/cortes/<int:pk>/cifras/<slug:clave>/", cortes.cifra, name="memoria_corte_cifra"),
        path("memoria/metas/", metas.de_este_anio, name="memoria_metas_de_hoy"),
        path("memoria/metas/<int:anio>/", metas.ver, name="memoria_metas"),
        path("memoria/metas/<int:anio>/fijar/", metas.fijar, name="memoria_meta_fijar"),
        path("memoria/metas/<int:anio>/justificar/", metas.explicar, name="memoria_meta_justificar"),
        path("memoria/metas/<int:anio>/umbral/", metas.umbral, name="memoria_meta_umbral"),
        path("memoria/mediciones/", mediciones.lista, name="memoria_mediciones"),
        path("memoria/mediciones/<int:pk>/anular/", mediciones.quitar, name="memoria_medicion_anular"),
        path("memoria/propios/", propios.lista, name="memoria_propios"),
        path("memoria/propios/nuevo/", propios.nuevo, name="memoria_propio_nuevo"),
        path("memoria/propios/<int:pk>/", propios.editar, name="memoria_propio"),
    ]


@hooks.register("insert_global_admin_css")
def estilos_de_cifras() -> SafeString:
    """La hoja de las cifras."""
    return format_html('<link rel="stylesheet" href="{}">', static("oficina_memoria/cifras.css"))


poner_en_el_menu("indicadores", "Indicadores", "memoria_indicadores", "table", es_de_oficina)
poner_en_el_menu("metas", "Metas", "memoria_metas_de_hoy", "check", es_de_oficina)
poner_en_el_menu("cortes", "Cortes", "memoria_cortes", "lock", es_de_oficina)
poner_en_el_menu("mediciones", "Mediciones", "memoria_mediciones", "edit", es_de_oficina)
poner_en_el_menu("indicadores-propios", "Indicadores propios", "memoria_propios", "search", es_de_oficina)

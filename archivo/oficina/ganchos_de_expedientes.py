"""Las direcciones y el menú de los expedientes."""

from django.urls import URLPattern, path, re_path
from wagtail import hooks

from archivo.oficina.entradas import es_de_oficina, poner_en_el_menu
from archivo.oficina.vistas import expediente_pasos as pasos
from archivo.oficina.vistas import expediente_salidas as salidas
from archivo.oficina.vistas import expedientes


@hooks.register("register_admin_urls")
def direcciones_de_expedientes() -> list[URLPattern]:
    """La lista y lo que se hace con varios."""
    return [
        path("expedientes/", expedientes.lista, name="oficina_expedientes"),
        path("expedientes/abrir/", expedientes.abrir, name="oficina_expediente_abrir"),
        path("expedientes/integrar/<slug:item>/", pasos.elegir, name="oficina_expediente_elegir"),
        re_path(r"^expedientes/etiquetas/(?P<que>lomos|cajas)/$", salidas.ver_etiquetas, name="oficina_expediente_etiquetas"),
        re_path(
            r"^expedientes/inventario/(?P<cual>[a-z]+)\.(?P<formato>csv|xlsx)$",
            salidas.inventario,
            name="oficina_expediente_inventario",
        ),
    ]


@hooks.register("register_admin_urls")
def direcciones_de_un_expediente() -> list[URLPattern]:
    """El registro de uno, sus pasos y lo que sale de él."""
    uno = "expedientes/<slug:clave>/"
    return [
        path(uno, expedientes.ver, name="oficina_expediente"),
        path(f"{uno}corregir/", expedientes.corregir, name="oficina_expediente_corregir"),
        path(f"{uno}integrar/", pasos.integrar_documentos, name="oficina_expediente_integrar"),
        path(f"{uno}cerrar/", pasos.cerrar, name="oficina_expediente_cerrar"),
        path(f"{uno}reabrir/", pasos.reabrir, name="oficina_expediente_reabrir"),
        path(f"{uno}verificar/", salidas.verificar, name="oficina_expediente_verificar"),
        path(f"{uno}historia/", salidas.historia, name="oficina_expediente_historia"),
        path(f"{uno}caratula.pdf", salidas.ver_caratula, name="oficina_expediente_caratula"),
        path(f"{uno}documentos/<int:pk>/mover/", pasos.mover, name="oficina_expediente_mover"),
        path(f"{uno}documentos/<int:pk>/foliar/", pasos.foliar_documento, name="oficina_expediente_foliar"),
        path(f"{uno}documentos/<int:pk>/reclasificar/", pasos.reclasificar_documento, name="oficina_expediente_reclasificar"),
        re_path(r"^expedientes/(?P<clave>[\w-]+)/(?P<que>legajo|orden)/$", pasos.paso, name="oficina_expediente_paso"),
        re_path(
            r"^expedientes/(?P<clave>[\w-]+)/indice-v(?P<version>\d{1,6})\.(?P<formato>json|xml)$",
            salidas.descargar_indice,
            name="oficina_expediente_indice",
        ),
    ]


poner_en_el_menu("expedientes", "Expedientes", "oficina_expedientes", "folder-open-inverse", es_de_oficina)

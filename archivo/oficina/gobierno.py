"""Lo que la oficina añade a Wagtail para gobernar el archivo: personas, y lo que sale de la bitácora."""

from django.urls import URLPattern, path, re_path
from wagtail import hooks

from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.vistas import bitacora, cuentas, derechos


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """Personas, suplencias y la salida de la bitácora."""
    return [
        path("bitacora/exportar/", bitacora.exportar, name="oficina_bitacora_exportar"),
        path("derechos/<slug:clave>/", derechos.derechos, name="oficina_derechos"),
        path("derechos/<slug:clave>/<slug:sha256>/", derechos.documento, name="oficina_consentimiento"),
        path("personas/", cuentas.lista, name="oficina_personas"),
        path("mi-cuenta/", cuentas.propia, name="oficina_mi_cuenta"),
        path("personas/nueva/", cuentas.nueva, name="oficina_persona_nueva"),
        path("personas/<int:pk>/", cuentas.ver, name="oficina_persona"),
        path("personas/<int:pk>/rol/", cuentas.dar_rol, name="oficina_dar_rol"),
        path("personas/<int:pk>/rol/<int:nombramiento>/terminar/", cuentas.quitar_rol, name="oficina_quitar_rol"),
        re_path(r"^personas/(?P<pk>\d+)/(?P<que>suspender|reactivar)/$", cuentas.cambiar_cuenta, name="oficina_cambiar_cuenta"),
        path("personas/<int:pk>/enlace/", cuentas.enlace, name="oficina_enlace"),
        path("personas/<int:pk>/suplencia/", cuentas.suplir, name="oficina_suplir"),
        path("personas/<int:pk>/suplencia/<int:suplencia>/terminar/", cuentas.terminar, name="oficina_terminar_suplencia"),
    ]


poner_en_el_menu("personas", "Personas", "oficina_personas", "group", cuentas.administra)
# Quien administra llega a lo suyo por «Personas».
poner_en_el_menu("su-cuenta", "Sus roles", "oficina_mi_cuenta", "user", lambda usuario: not cuentas.administra(usuario))

"""Lo que la oficina añade a Wagtail para gobernar el archivo: personas, y lo que sale de la bitácora."""

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archivo.oficina.vistas import bitacora, cuentas, derechos


class PersonasMenuItem(MenuItem):
    """Sólo para quien administra."""

    def is_shown(self, request: HttpRequest) -> bool:
        """¿Administra cuentas?"""
        return cuentas.administra(request.user)


class SuCuentaMenuItem(MenuItem):
    """La página de quien entra: lo que ejerce y quién le suple."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Quien administra llega por «Personas»."""
        return not cuentas.administra(request.user)


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


@hooks.register("register_admin_menu_item")
def menu_de_personas() -> MenuItem:
    """Las cuentas."""
    return PersonasMenuItem("Personas", reverse("oficina_personas"), name="personas", icon_name="group", order=900)


@hooks.register("register_admin_menu_item")
def menu_de_su_cuenta() -> MenuItem:
    """Sus roles y suplencias."""
    return SuCuentaMenuItem("Sus roles", reverse("oficina_mi_cuenta"), name="su-cuenta", icon_name="user", order=960)

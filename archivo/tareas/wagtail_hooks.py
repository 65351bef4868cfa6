"""Los trabajos dentro de la oficina."""

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archivo.tareas import views


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """`/admin/trabajos/…`; Wagtail ya exige haber entrado a la oficina."""
    return [
        path("trabajos/", views.lista, name="trabajos"),
        path("trabajos/<int:pk>/", views.ver, name="trabajo"),
        path("trabajos/<int:pk>/cancelar/", views.pedir_cancelacion, name="trabajo_cancelar"),
        path("trabajos/<int:pk>/reintentar/", views.volver_a_intentar, name="trabajo_reintentar"),
        path("trabajos/<int:pk>/enterado/", views.enterarse, name="trabajo_enterado"),
        path("trabajos/<int:pk>/no-se-pudo.csv", views.descargar_fallas, name="trabajo_fallas"),
    ]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """La lista de trabajos en el menú."""
    return MenuItem("Mis trabajos", reverse("trabajos"), name="trabajos", icon_name="time", order=900)

"""Direcciones públicas de la portada, los elementos y sus bytes."""

from django.urls import path, re_path

from archivo.portal.views import archivos, autoridad, elemento, instrumentos, maquinas, portada, previa  # noqa: F401 - previa se registra al cargar

app_name = "portal"
urlpatterns = [
    path("", portada.portada, name="portada"),
    path("ayuda/", portada.ayuda, name="ayuda"),
    path("accesibilidad/", portada.accesibilidad, name="accesibilidad"),
    path("cuadro/", instrumentos.cuadro, name="cuadro"),
    re_path(r"^cuadro/(?P<que>cuadro|catalogo|guia)\.(?P<formato>xlsx|csv|json)$", instrumentos.descargar, name="cuadro_archivo"),
    path("identidad.css", portada.identidad, name="identidad"),
    path("robots.txt", maquinas.robots, name="robots"),
    path("sitemap.xml", maquinas.mapa_del_sitio, name="mapa"),
    path("autoridad/<str:clave>/", autoridad.autoridad, name="autoridad"),
    path("vocabulario/<int:pk>", autoridad.tema, name="tema"),
    path("elemento/<str:clave>/", elemento.elemento, name="elemento"),
    path("elemento/<str:clave>/pagina/<int:n>/", elemento.pagina, name="pagina"),
    path("elemento/<str:clave>/archivo/<str:sha256>/", archivos.archivo, name="archivo"),
    path("elemento/<str:clave>/imagen/<str:sha256>/<int:n>/", archivos.imagen, name="imagen"),
    path("elemento/<str:clave>/miniatura/", archivos.miniatura, name="miniatura"),
    path("elemento/<str:clave>/documento.pdf", archivos.documento, name="documento"),
]

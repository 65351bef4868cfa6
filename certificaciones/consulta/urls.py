"""Direcciones públicas de las copias certificadas y su registro."""

from django.urls import include, path, re_path

from certificaciones.consulta.vistas import papel, registro, remision, verificar

app_name = "consulta"
LUGAR = r"(?P<lugar>(?:x\d{3}/){0,5}\d{3})(?:\.p/(?P<ancho>[1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$"
DEL_REGISTRO = [
    path("checkpoint", registro.checkpoint, name="checkpoint"),
    path("hojas.jsonl", registro.hojas, name="hojas"),
    path("llave", registro.llave, name="llave_del_registro"),
    path("consistencia/<int:antes>/<int:despues>", registro.consistencia, name="consistencia"),
    re_path(rf"^tile/(?P<nivel>\d|[1-5]\d|6[0-3])/{LUGAR}", registro.pieza, name="tesela"),
    re_path(rf"^tile/entries/{LUGAR}", registro.hojas_de_pieza, name="hojas_de_tesela"),
]
urlpatterns = [
    path("verificar/", verificar.inicio, name="inicio"),
    path("verificar/<str:codigo>/", verificar.copia, name="copia"),
    path("verificar/<str:codigo>/prueba", verificar.prueba, name="prueba"),
    path("verificar/<str:codigo>/llave", verificar.llave, name="llave"),
    path("verificar/<str:codigo>/fojas/", papel.Fojas.as_view(), name="fojas"),
    path("verificar/<str:codigo>/fojas/<int:numero>", papel.imagen, name="foja"),
    # El QR escribe toda la dirección en mayúsculas: ocupa menos.
    re_path(r"^VERIFICAR/(?P<codigo>[^/]+)/?$", verificar.copia),
    path("remision/<secreto:testigo>/", remision.remision, name="remision"),
    path("remision/<secreto:testigo>/<str:que>", remision.archivo, name="remision_archivo"),
    path("registro/", registro.inicio, name="registro"),
    path("registro/verificador.pyz", registro.verificador, name="verificador"),
    path("registro/verificador.html", registro.verificador_web, name="verificador_web"),
    path("registro/", include(DEL_REGISTRO)),
    path("registro/<str:registro>/", include((DEL_REGISTRO, "de_un_registro"))),
]

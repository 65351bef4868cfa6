"""Direcciones de la búsqueda."""

from django.urls import path

from buscador import views
from buscador.avisos import views as avisos
from buscador.cuaderno import views as cuaderno
from buscador.exportacion import views as exportacion

app_name = "buscador"
urlpatterns = [
    path("buscar/", views.buscar, name="buscar"),
    path("buscar/sugerencias/", views.sugerencias, name="sugerencias"),
    path("buscar/valores/<str:campo>/", views.valores, name="valores"),
    path("buscar/exportar/", exportacion.exportar, name="exportar"),
    path("buscar/exportaciones/<secreto:testigo>/", exportacion.exportacion, name="exportacion"),
    path("buscar/exportaciones/<secreto:testigo>/cancelar/", exportacion.cancelar, name="exportacion_cancelar"),
    path("buscar/exportaciones/<secreto:testigo>/archivo/", exportacion.descargar, name="exportacion_archivo"),
    path("buscar/aviso/", avisos.pedir, name="aviso"),
    path("buscar/aviso/confirmar/<secreto:testigo>/", avisos.confirmar, name="aviso_confirmar"),
    path("buscar/aviso/baja/<secreto:testigo>/", avisos.baja, name="aviso_baja"),
    path("buscar/guardadas/", avisos.guardadas, name="guardadas"),
    path("buscar/guardadas/<int:pk>/borrar/", avisos.borrar, name="guardada_borrar"),
    path("cuaderno/", cuaderno.ver, name="cuaderno"),
    path("cuaderno/agregar/", cuaderno.agregar, name="cuaderno_agregar"),
    path("cuaderno/agregar-varios/", cuaderno.agregar_varios, name="cuaderno_agregar_varios"),
    path("cuaderno/apunte/<int:pk>/", cuaderno.apunte, name="apunte"),
    path("cuaderno/descargar/", cuaderno.descargar, name="cuaderno_descargar"),
    path("cuaderno/borrar/", cuaderno.borrar, name="cuaderno_borrar"),
]

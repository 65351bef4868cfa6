"""Las direcciones de la memoria publicada."""

from django.urls import path, re_path

from memoria_anual.consulta import sala, views

app_name = "memoria"
_P = r"(?P<periodo>(?:(?:anual|trim|gestion)-)?[0-9TG.\-]{4,24})"
urlpatterns = [
    path("", views.memorias, name="memorias"),
    path("auditoria/<secreto:codigo>/", sala.portada, name="sala"),
    path("auditoria/<secreto:codigo>/memoria.pdf", sala.leer, name="sala_pdf"),
    path("auditoria/<secreto:codigo>/cifra/<slug:clave>/", sala.cifra, name="sala_cifra"),
    path("auditoria/<secreto:codigo>/cifra/<slug:clave>.csv", sala.lista_csv, name="sala_csv"),
    re_path(rf"^{_P}/$", views.portada, name="portada"),
    re_path(rf"^{_P}/capitulo/(?P<n>[0-9]{{1,3}})/$", views.capitulo, name="capitulo"),
    re_path(rf"^{_P}/cifra/(?P<clave>[A-Za-z0-9-]{{1,20}})/$", views.cifra, name="cifra"),
    re_path(rf"^{_P}/cifra/(?P<clave>[A-Za-z0-9-]{{1,20}})\.csv$", views.lista_csv, name="lista_csv"),
    re_path(rf"^{_P}/archivo/(?P<nombre>[a-z0-9.\-]{{5,120}})$", views.archivo, name="archivo"),
]

"""El byte nulo no pasa de la entrada: PostgreSQL no lo admite y sería un 500."""

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from archivo.portal.entradas import SinNulosMiddleware


def pasar(peticion):
    vistas = []

    def vista(request):
        vistas.append(request)
        return HttpResponse()

    SinNulosMiddleware(vista)(peticion)
    return vistas[0]


def test_lo_escrito_llega_sin_nulos_y_lo_demas_igual():
    vista = pasar(RequestFactory().post("/?q=a%00b&ids=1&ids=2%00", {"titulo": "Uno\x00", "otro": "ñ"}))
    assert (vista.GET["q"], vista.GET.getlist("ids")) == ("ab", ["1", "2"])
    assert (vista.POST["titulo"], vista.POST["otro"]) == ("Uno", "ñ")
    with pytest.raises(AttributeError):
        vista.POST["titulo"] = "no"


def test_sin_nulos_no_se_toca_nada():
    peticion = RequestFactory().get("/?q=agua")
    antes = peticion.GET
    assert pasar(peticion).GET is antes


def test_una_direccion_con_nulos_no_existe(client, db):
    with pytest.raises(Http404):
        pasar(RequestFactory().get("/elemento/%00/"))
    respuesta = client.get("/elemento/%00/")
    assert respuesta.status_code == 404 and "Content-Security-Policy" in respuesta

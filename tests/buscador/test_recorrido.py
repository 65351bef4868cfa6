"""«Resultado 3 de 128»: el lugar viaja en la dirección, y sólo cuenta lo que esa persona puede ver hoy."""

import re
from html import unescape

import pytest

from archivo.catalogo.puerta import fijar_acceso
from archivo.indexacion.puerta import poner_al_dia
from tests import fabricas

pytestmark = pytest.mark.django_db

PRIMERO = re.compile(r'<h3><a href="([^"]+)"')
SIGUIENTE = re.compile(r'<a href="([^"]+)" rel="next">Resultado siguiente')
ANTERIOR = re.compile(r'<a href="([^"]+)" rel="prev">Resultado anterior')
LUGAR = re.compile(r"Resultado (\d+) de (\d+)")


def paseo(client, direccion):
    """Los lugares por los que se pasa con «siguiente», y las claves."""
    lugares, claves = [], []
    while direccion:
        pagina = client.get(direccion).content.decode()
        lugares.append(LUGAR.search(pagina).groups())
        claves.append(direccion.split("/")[2])
        siguiente = SIGUIENTE.search(pagina)
        direccion = unescape(siguiente[1]) if siguiente else ""
    return lugares, claves


@pytest.mark.parametrize("orden", ["relevancia", "-fecha", "fecha", "titulo"])
def test_se_recorren_todos_en_el_orden_de_la_lista(client, acervo, orden):
    lista = client.get("/buscar/", {"q": "vacunación", "orden": orden, "area": "Agua Potable"}).content.decode()
    en_lista = [unescape(d).split("/")[2] for d in PRIMERO.findall(lista)]
    lugares, claves = paseo(client, unescape(PRIMERO.search(lista)[1]))
    assert lugares == [(str(n), "5") for n in range(1, 6)]
    assert claves == en_lista


def test_el_primero_no_tiene_anterior_y_la_vuelta_es_la_misma_lista(client, acervo):
    lista = client.get("/buscar/", {"q": "vacunación", "tema": "Agua"}).content.decode()
    primero = client.get(unescape(PRIMERO.search(lista)[1])).content.decode()
    assert not ANTERIOR.search(primero)
    segundo = client.get(unescape(SIGUIENTE.search(primero)[1])).content.decode()
    assert ANTERIOR.search(segundo)
    assert "/buscar/?q=vacunaci%C3%B3n&amp;tema=Agua" in segundo


def test_lo_que_se_cerro_ya_no_se_cuenta_ni_se_ofrece(client, acervo):
    lista = client.get("/buscar/", {"q": "vacunación", "orden": "fecha"}).content.decode()
    direcciones = [unescape(d) for d in PRIMERO.findall(lista)]
    clave = direcciones[1].split("/")[2]
    cerrado = next(i for i in acervo if i.clave == clave)
    fijar_acceso(cerrado, "reservado", fabricas.persona("titular"), motivo="Prueba")
    poner_al_dia()
    lugares, claves = paseo(client, direcciones[0])
    assert lugares[0] == ("1", "9")
    assert clave not in claves
    movido = client.get(direcciones[3]).content.decode()
    assert LUGAR.search(movido).groups() == ("3", "9")


def test_un_lugar_inventado_solo_ofrece_la_vuelta(client, acervo):
    for cola in ("?q=ornitorrinco&resultado=3", "?q=vacunación&resultado=999999999", "?q=xyzzyqw&resultado=1"):
        pagina = client.get(f"{acervo[0].get_absolute_url()}{cola}").content.decode()
        assert "Volver a los resultados" in pagina
    assert "Resultado 1 de" not in pagina


def test_los_parecidos_son_del_lector(client, acervo):
    secreto = fabricas.boletin(
        estado="publicado", acceso="reservado", titulo="Boletín de la vacunación secreta", texto="La jornada de vacunación llegó."
    )
    poner_al_dia()
    pagina = client.get(acervo[0].get_absolute_url()).content.decode()
    assert "Se parecen a este" in pagina
    assert secreto.clave not in pagina
    client.force_login(fabricas.persona("titular"))
    assert secreto.clave not in client.get(acervo[0].get_absolute_url()).content.decode().split("Se parecen a este")[-1]


def test_se_busca_dentro_de_la_serie(client, acervo):
    pagina = client.get(acervo[0].get_absolute_url()).content.decode()
    serie = unescape(re.search(r'<a href="(/buscar/\?serie=[^"]+)"><span>La serie', pagina)[1])
    assert "Buscar dentro de estos filtros" in client.get(serie).content.decode()
    assert "No encontramos nada" in client.get(f"{serie}&q=informe").content.decode()
    assert "10 resultados" in client.get(f"{serie}&q=vacunación").content.decode()

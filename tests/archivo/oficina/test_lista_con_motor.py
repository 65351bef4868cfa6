"""La lista contestada por el motor: palabras, campos propios y orden juntos, sin tope, y sólo lo que cada quien ve."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import lector_de
from archivo.indexacion.puerta import poner_al_dia
from archivo.oficina import tramos
from archivo.oficina.models import ColumnasElegidas, VistaGuardada
from search import SearchUnavailable
from tests import fabricas

pytestmark = pytest.mark.django_db
LISTA = "/admin/elementos/publicacion/"


def titulos(respuesta):
    return [item.titulo for item in respuesta.context["object_list"]]


@pytest.fixture
def fondo(db, areas):
    """Doce publicaciones de dos clases y dos áreas; una reservada de Obras."""
    for n in range(12):
        fabricas.elemento(
            "publicacion",
            titulo=f"Programa {n:02} de agua potable",
            area=areas["CCS"],
            autor="Ana Robles" if n % 2 else "Luis Mora",
            ficha={"clase": "gaceta" if n % 3 else "informe"},
            dia=date(2000 + n, 1, 1),
            estado="publicado",
        )
    fabricas.elemento("publicacion", titulo="Secreto de agua", area=areas["OBR"], acceso="reservado", ficha={"clase": "gaceta"})
    fabricas.boletin(titulo="Boletín de agua", estado="publicado")
    poner_al_dia()


def test_palabras_filtros_propios_y_orden_se_combinan(entrar, titular, fondo):
    cliente = entrar(titular)
    casos = (
        ({"q": "agua", "orden": "fecha", "clase": "informe"}, ["00", "03", "06", "09"]),
        ({"clase": "Informe", "orden": "-fecha"}, ["09", "06", "03", "00"]),
        ({"autor": "ana robles", "clase": "gaceta", "orden": "titulo"}, ["01", "05", "07", "11"]),
        ({"q": "agua", "anio": "2004"}, ["04"]),
        ({"autor": "ana robles", "estado": "borrador"}, []),
        ({"orden": "titulo", "clase": "no existe"}, []),
    )
    for filtros, esperados in casos:
        respuesta = cliente.get(LISTA, filtros)
        assert [t.split()[1] for t in titulos(respuesta)] == esperados, filtros
        assert respuesta.context["tramo"].count == len(esperados)
        assert cliente.get(f"{LISTA}results/", filtros).status_code == 200


def test_por_omision_lo_que_mejor_responde(entrar, titular, fondo):
    respuesta = entrar(titular).get(LISTA, {"q": "programa 07"})
    assert titulos(respuesta)[0] == "Programa 07 de agua potable"
    assert "Boletín de agua" not in str(titulos(respuesta))


def test_nadie_ve_ni_cuenta_lo_que_no_puede(entrar, persona, fondo):
    ajena, de_obras = persona("ajena", "redaccion", area="CCS"), persona("suya", "redaccion", area="OBR")
    for quien, cuantos in ((ajena, 12), (de_obras, 13)):
        respuesta = entrar(quien).get(LISTA, {"q": "agua"})
        assert (respuesta.context["tramo"].count, "Secreto" in str(titulos(respuesta))) == (cuantos, quien == de_obras)
        valores = entrar(quien).get("/admin/listas/publicacion/valores.json?campo=clase").json()["valores"]
        assert ["Gaceta", 8 + (quien == de_obras)] in valores


def test_lo_que_cambio_desde_que_se_indexo_se_ve_como_esta_en_la_base(entrar, persona, fondo):
    Item.objects.filter(titulo="Programa 03 de agua potable").update(acceso_efectivo="confidencial")
    vistos = titulos(entrar(persona("ajena", "redaccion", area="OBR")).get(LISTA, {"q": "agua"}))
    assert "Programa 03 de agua potable" not in vistos


@pytest.mark.parametrize("orden", ["fecha", "-fecha", "titulo", "relevancia"])
def test_las_paginas_cubren_todo_de_ida_y_de_vuelta(entrar, titular, fondo, monkeypatch, orden):
    monkeypatch.setattr(tramos, "POR_PAGINA", 5)
    cliente = entrar(titular)
    paginas, camino = [], f"{LISTA}?q=agua&orden={orden}"
    while camino:
        respuesta = cliente.get(camino)
        paginas.append(titulos(respuesta))
        siguiente = respuesta.context["tramo"].siguientes()
        camino = LISTA + siguiente if siguiente else ""
    assert [len(p) for p in paginas] == [5, 5, 3] and len({t for p in paginas for t in p}) == 13
    anterior = cliente.get(LISTA + respuesta.context["tramo"].anteriores())
    assert titulos(anterior) == paginas[1]
    primera = cliente.get(LISTA + anterior.context["tramo"].anteriores())
    assert titulos(primera) == paginas[0] and primera.context["tramo"].anteriores() == ""


@pytest.mark.parametrize("sentido", ["despues", "antes"])
def test_si_ya_no_esta_el_elemento_desde_el_que_se_seguia_se_dice_que_es_el_principio(
    entrar, titular, fondo, monkeypatch, sentido
):
    monkeypatch.setattr(tramos, "POR_PAGINA", 5)
    cliente, orden = entrar(titular), {"q": "agua", "orden": "-fecha"}
    principio = titulos(cliente.get(LISTA, orden))
    ido = cliente.get(LISTA, orden | {sentido: fabricas.boletin(titulo="Aún no llega al índice").clave})
    assert (titulos(ido), ido.context["tramo"].inicio, ido.context["tramo"].anteriores()) == (principio, True, "")


def test_el_que_no_esta_en_la_lista_no_tiene_vecinos(fondo, titular):
    pedido = SimpleNamespace(en_el_motor="-date", consulta=None, filtros={})
    ajeno = Item(clave="Zz9Zz9Zz9Zz9")
    assert tramos.Vecindad(Item.objects.all(), pedido, lector_de(titular)).de(ajeno) == (None, None)


def test_los_vecinos_siguen_el_orden_y_las_palabras(entrar, titular, fondo):
    medio = Item.objects.get(titulo="Programa 03 de agua potable")
    antes, despues = (Item.objects.get(titulo=f"Programa {n} de agua potable") for n in ("06", "00"))
    for lista in ("q=agua&clase=informe&orden=-fecha", "q=agua&clase=informe&orden=titulo"):
        edicion = entrar(titular).get(f"{LISTA}edit/{medio.pk}/", {"lista": lista})
        vecinos = {edicion.context["anterior"].split("?")[0], edicion.context["siguiente"].split("?")[0]}
        assert vecinos == {f"{LISTA}edit/{antes.pk}/", f"{LISTA}edit/{despues.pk}/"}, lista


def test_sin_indice_se_busca_por_el_titulo_y_se_dice(entrar, titular, fondo, monkeypatch):
    def caido(*_):
        raise SearchUnavailable("no está")

    monkeypatch.setattr(tramos, "ambito_de", caido)
    respuesta = entrar(titular).get(LISTA, {"q": "Programa 0"})
    assert len(titulos(respuesta)) == 10 and "se buscó sólo en los títulos" in respuesta.content.decode()
    ordenada = entrar(titular).get(LISTA, {"orden": "titulo"}).content.decode()
    assert "sin los filtros propios del tipo" in ordenada and "en los títulos" not in ordenada


def test_lo_raro_no_rompe(entrar, titular, fondo):
    for raro in (
        {"despues": "x"},
        {"orden": "x"},
        {"q": "agua", "desde": "²"},
        {"q": '"', "orden": "fecha"},
        {"q": "agua", "antes": "9" * 12},
    ):
        assert entrar(titular).get(LISTA, raro).status_code == 200, raro
    assert entrar(titular).get("/admin/listas/nada/valores.json?campo=clase").status_code == 404
    assert entrar(titular).get("/admin/listas/publicacion/valores.json?campo=acceso").status_code == 404


def test_las_columnas_se_recuerdan_por_persona_y_por_tipo(entrar, titular, redactora, fondo, django_assert_max_num_queries):
    cliente = entrar(titular)
    elegidas = {"columnas": ["fecha", "autor", "ficha-clase", "no-existe"], "consulta": "q=agua&orden=fecha"}
    respuesta = cliente.post("/admin/listas/publicacion/columnas/", elegidas, follow=True)
    assert respuesta.redirect_chain[0][0].endswith("?q=agua&orden=fecha")
    pagina = respuesta.content.decode()
    assert (
        "Luis Mora" in pagina
        and "Informe" in pagina
        and [c.clave for c in respuesta.context["view"].elegidas]
        == [
            "fecha",
            "autor",
            "ficha-clase",
        ]
    )
    with CaptureQueriesContext(connection) as consultas:
        cliente.get(LISTA, {"q": "agua"})
    fabricas.elemento("publicacion", titulo="Otra de agua", autor="Eva", ficha={"clase": "libro"}, estado="publicado")
    poner_al_dia()
    with django_assert_max_num_queries(len(consultas)):
        cliente.get(LISTA, {"q": "agua"})
    assert "Luis Mora" not in entrar(redactora).get(LISTA).content.decode()
    entrar(titular).post("/admin/listas/publicacion/columnas/", {})
    assert not ColumnasElegidas.objects.exists()


def test_las_vistas_se_guardan_se_cambian_y_se_olvidan(entrar, titular, persona, fondo):
    cliente = entrar(titular)
    camino = "/admin/listas/publicacion/vistas/"
    cliente.post(camino, {"nombre": "Informes", "consulta": "clase=informe"})
    cliente.post(camino, {"nombre": "Informes", "consulta": "clase=informe&orden=fecha"})
    vista = VistaGuardada.objects.get()
    assert vista.consulta == "clase=informe&orden=fecha"
    assert "?clase=informe&amp;orden=fecha" in cliente.get(LISTA).content.decode()
    assert "Póngale un nombre" in cliente.post(camino, {"nombre": " "}, follow=True).content.decode()
    otra = entrar(persona("otra", "titular"))
    assert "Informes" not in otra.get(LISTA).content.decode()
    otra.post(f"{camino}{vista.pk}/quitar/")
    assert VistaGuardada.objects.exists()
    entrar(titular).post(f"{camino}{vista.pk}/quitar/")
    assert not VistaGuardada.objects.exists()


def test_se_cambian_juntos_los_que_la_lista_muestra(entrar, persona, titular, fondo):
    cliente = entrar(titular)
    pagina = cliente.get(LISTA, {"q": "agua", "clase": "informe"}).content.decode()
    assert "/admin/lote/publicacion/?q=agua&amp;clase=informe" in pagina
    assert cliente.get("/admin/lote/publicacion/?q=agua&clase=informe").context["cuantos"] == 4
    assert "/admin/lote/" not in entrar(persona("auditora", "auditoria")).get(LISTA).content.decode()


def test_por_relevancia_se_dice_hasta_donde_se_llega(entrar, titular, fondo, monkeypatch):
    monkeypatch.setattr(tramos, "POR_PAGINA", 5)
    monkeypatch.setattr(tramos, "MAX_OFFSET", 10)
    cliente = entrar(titular)
    segunda = cliente.get(LISTA, {"q": "agua", "orden": "relevancia", "desde": "5"})
    assert len(titulos(segunda)) == 5 and segunda.context["tramo"].siguientes() == ""
    assert "se recorren los primeros 10." in segunda.content.decode()
    assert titulos(cliente.get(LISTA, {"q": "agua", "orden": "relevancia", "desde": "900"})) == titulos(segunda)


def test_por_titulo_se_recorre_entera(entrar, titular, fondo, monkeypatch):
    monkeypatch.setattr(tramos, "POR_PAGINA", 5)
    monkeypatch.setattr(tramos, "MAX_OFFSET", 10)
    cliente, vistos, camino = entrar(titular), [], "?q=agua&orden=titulo"
    while camino:
        pagina = cliente.get(LISTA + camino)
        vistos += titulos(pagina)
        camino = pagina.context["tramo"].siguientes()
    assert len(vistos) == pagina.context["tramo"].total > 10 and len(set(vistos)) == len(vistos)

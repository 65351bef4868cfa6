"""La lista: páginas por llave, cuenta con tope, filtros, folio, y tantas consultas con una fila como con muchas."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archivo.catalogo.puerta import Item, tipo_de
from archivo.oficina import listado
from archivo.oficina.direcciones import direccion

pytestmark = pytest.mark.django_db
Boletin = tipo_de("boletin").modelo
LISTA = "/admin/elementos/boletin/"


@pytest.fixture
def llenar(areas, serie):
    def crear(cuantos, **campos):
        base = {
            "tipo": "boletin",
            "estado": "publicado",
            "acceso": "publico",
            "acceso_efectivo": "publico",
            "area": areas["CCS"],
            "serie": serie,
        }
        Item.objects.bulk_create(Item(titulo=f"Boletín {n}", **base | campos) for n in range(cuantos))

    return crear


def vistos(respuesta):
    return [item.pk for item in respuesta.context["object_list"]]


def test_las_paginas_cubren_todo_una_vez_de_ida_y_de_vuelta(entrar, titular, llenar):
    llenar(120)
    cliente = entrar(titular)
    paginas, camino = [], LISTA
    while camino:
        respuesta = cliente.get(camino)
        paginas.append(vistos(respuesta))
        siguiente = respuesta.context["tramo"].siguientes()
        camino = LISTA + siguiente if siguiente else ""
    assert [len(p) for p in paginas] == [50, 50, 20]
    assert [pk for pagina in paginas for pk in pagina] == list(Item.objects.order_by("-id").values_list("pk", flat=True))
    anterior = cliente.get(LISTA + respuesta.context["tramo"].anteriores())
    assert vistos(anterior) == paginas[1]


def test_la_cuenta_tiene_tope(entrar, titular, llenar, monkeypatch):
    monkeypatch.setattr(listado, "TOPE", 60)
    llenar(70)
    respuesta = entrar(titular).get(LISTA)
    assert respuesta.context["tramo"].cuantas == "más de 60" and "más de 60 elementos" in respuesta.content.decode()
    assert entrar(titular).get(LISTA, {"anio": 1900}).context["tramo"].cuantas == "0"


def test_cada_filtro_deja_lo_suyo(entrar, titular, llenar, areas):
    llenar(2, estado="borrador")
    llenar(3, acceso_efectivo="reservado")
    llenar(4, area=areas["OBR"])
    llenar(1, fecha="1994-05-01", estado="retirado")
    cliente = entrar(titular)
    for filtro, cuantos in (
        ({"estado": "borrador"}, 2),
        ({"estado": ["borrador", "retirado"]}, 3),
        ({"acceso": "reservado"}, 3),
        ({"area": areas["OBR"].pk}, 4),
        ({"anio": 1994}, 1),
        ({"anio": 1994, "estado": "borrador"}, 0),
    ):
        assert len(vistos(cliente.get(LISTA, filtro))) == cuantos, filtro
        assert cliente.get(f"{LISTA}results/", filtro).status_code == 200


def test_un_folio_o_una_clave_van_directo(entrar, titular, llenar):
    llenar(3)
    suyo = Item.objects.order_by("id")[1]
    Item.objects.filter(pk=suyo.pk).update(folio="No. 045/1994", numero=45, anio_numero=1994)
    cliente = entrar(titular)
    for escrito in ("No. 045/1994", "45/1994", "045/1994", suyo.clave):
        assert vistos(cliente.get(LISTA, {"q": escrito})) == [suyo.pk], escrito


def test_las_consultas_no_crecen_con_las_filas(entrar, titular, llenar, django_assert_max_num_queries):
    cliente = entrar(titular)
    llenar(1)
    cliente.get(LISTA)
    with CaptureQueriesContext(connection) as con_una:
        cliente.get(LISTA)
    llenar(49, estado="borrador", pendientes=["texto"])
    with django_assert_max_num_queries(len(con_una)):
        assert len(vistos(cliente.get(LISTA))) == 50
    columnas = con_una.captured_queries
    assert not any('"ficha"' in q["sql"] or '"resumen"' in q["sql"] for q in columnas), "La lista trae columnas anchas."


def test_los_vecinos_siguen_los_filtros_de_la_lista(entrar, titular, llenar):
    llenar(1, estado="borrador")
    llenar(1)
    llenar(1, estado="borrador")
    arriba, _, abajo = Boletin.objects.order_by("-id")
    cliente = entrar(titular)
    edicion = cliente.get(direccion(Boletin, "edit", abajo.pk), {"lista": "estado=borrador"})
    assert f"/edit/{arriba.pk}/" in edicion.context["anterior"] and edicion.context["siguiente"] == ""

"""Las facetas: cuáles hay, que cuentan lo que abren, y que se quitan una por una."""

import re
from datetime import date
from html import unescape

import pytest
from django.http import QueryDict

from archivo.archivistica.puerta import nombres_de_clases
from archivo.archivistica.servicios import versiones
from archivo.identidad.puerta import ANONIMO, lector_de
from archivo.indexacion.puerta import poner_al_dia
from buscador.direcciones import leer
from buscador.peticion import Peticion
from buscador.puestos import chips_de
from buscador.servicios import buscar, campos_de_facetas
from tests import fabricas
from tests.archivo.archivistica import cuadros, mundo

pytestmark = pytest.mark.django_db

PEDIDAS = ("tipo", "anio", "area", "dependencia", "tema", "persona", "lugar", "medio", "genero", "serie", "acceso", "con_archivo")


def test_se_ofrecen_todas_y_la_valoracion_solo_a_la_oficina():
    de_cualquiera = campos_de_facetas(ANONIMO)
    de_la_oficina = campos_de_facetas(lector_de(fabricas.persona("titular")))
    assert [c for c in de_cualquiera if c in PEDIDAS] == list(PEDIDAS)
    assert "valoracion" not in de_cualquiera
    assert set(de_la_oficina) == {*de_cualquiera, "valoracion"}


@pytest.mark.parametrize("filtros", [{}, {"area": ("Obras",)}, {"area": ("Obras", "Agua Potable"), "anio": ("2021", "2022")}])
def test_cada_cuenta_abre_exactamente_esa_lista(acervo, filtros):
    respuesta = buscar(Peticion("boletín", filtros), ANONIMO)
    mal = []
    for campo, valores in respuesta.facetas.items():
        for valor in valores:
            total = buscar(Peticion("boletín", {**filtros, campo: (valor.valor,)}), ANONIMO).total
            if total != valor.total:
                mal.append((campo, valor.valor, valor.total, total))
    assert mal == []
    assert respuesta.facetas["anio"]


def test_una_faceta_se_cuenta_sin_su_propio_filtro(acervo):
    libre = buscar(Peticion("boletín"), ANONIMO).facetas["area"]
    puesta = buscar(Peticion("boletín", {"area": ("Obras",)}), ANONIMO).facetas["area"]
    assert [(v.valor, v.total) for v in libre] == [(v.valor, v.total) for v in puesta]
    assert [v.valor for v in puesta if v.puesto] == ["Obras"]


def test_la_barra_del_anio_filtra_y_la_cuenta_coincide(client, acervo):
    pagina = client.get("/buscar/", {"q": "boletín"}).content.decode()
    barras = re.findall(r'<a href="([^"]+)" aria-label="(\d{4}): (\d+) resultados?">', pagina)
    assert {anio for _, anio, _ in barras} == {"2020", "2021", "2022"}
    for direccion, anio, cuantos in barras:
        filtrada = client.get(unescape(direccion)).content.decode()
        assert f"{cuantos} resultado" in filtrada
        assert f"Año: {anio}" in filtrada
        assert f'value="{anio}" checked' in filtrada


def test_una_decada_elige_los_anios_que_cuenta(client, acervo):
    for anio in (1931, 1935):
        fabricas.publico(titulo="Boletín viejo", texto="Boletín de otra época.", dia=date(anio, 2, 3))
    poner_al_dia()
    pagina = client.get("/buscar/", {"q": "boletín"}).content.decode()
    direccion = unescape(re.search(r'<a href="([^"]+)" aria-label="Década de 1930: 2 resultados">', pagina)[1])
    assert "2 resultados de" in client.get(direccion).content.decode()


def test_los_anios_seguidos_se_quitan_juntos():
    peticion = leer(QueryDict("q=agua&anio=1994&anio=1992&anio=1993&anio=2001")).peticion
    chips = chips_de(peticion)
    assert [c.texto for c in chips] == ["Año: 1992 a 1994", "Año: 2001"]
    assert leer(QueryDict(chips[0].direccion.partition("?")[2])).peticion.filtros == {"anio": ("2001",)}


def test_dependencia_no_repite_a_area(client, acervo):
    assert 'name="dependencia"' not in client.get("/buscar/", {"q": "boletín"}).content.decode()
    assert 'name="dependencia"' not in client.get("/buscar/", {"q": "boletín", "area": "Obras"}).content.decode()
    assert 'name="dependencia"' in client.get("/buscar/", {"q": "boletín", "dependencia": "Obras"}).content.decode()


@pytest.fixture
def de_muchos_temas(acervo):
    for n in range(35):
        fabricas.publico(titulo="Zarandaja", texto="Zarandaja.", temas=[f"Tema {n:02}", "Común"], dia=date(2021, 1, 1 + n % 28))
    fabricas.boletin(estado="publicado", acceso="reservado", titulo="Zarandaja", texto="x", temas=["Tema secreto"])
    poner_al_dia()


def ofrecidos(pagina):
    """Los valores de la lista, con su cuenta y si están marcados, en su orden."""
    forma = re.findall(
        r'name="tema" value="([^"]+)"( checked)?><span>[^<]+</span><b><span class="oculto">, </span>([\d,]+)</b>', pagina
    )
    return [(valor, int(cuantos), bool(puesto)) for valor, puesto, cuantos in forma]


def test_un_filtro_de_muchos_valores_los_da_todos(client, de_muchos_temas):
    pagina = client.get("/buscar/", {"q": "zarandaja"}).content.decode()
    assert "Ver los 30 más frecuentes" in pagina
    direccion = unescape(re.search(r'<a href="(/buscar/valores/tema/[^"]+)"', pagina)[1])
    todos = client.get(direccion).content.decode()
    assert ofrecidos(todos) == [("Común", 35, False), *((f"Tema {n:02}", 1, False) for n in range(35))]
    assert ofrecidos(client.get(direccion, {"q": "zarandaja", "por": "cuenta"}).content.decode())[0] == ("Común", 35, False)
    assert "secreto" not in todos
    assert client.get("/buscar/valores/valoracion/", {"q": "zarandaja"}).status_code == 404
    assert client.get("/buscar/valores/nada/", {"q": "zarandaja"}).status_code == 404


def test_los_valores_se_buscan_por_su_nombre_y_lo_marcado_no_se_pierde(client, de_muchos_temas, monkeypatch):
    monkeypatch.setattr("buscador.valores.POR_HOJA", 3)
    datos = {"q": "zarandaja", "tema": ["Tema 30", "Inexistente"], "contiene": "TÉMA 1"}
    pagina = client.get("/buscar/valores/tema/", datos).content.decode()
    assert ofrecidos(pagina) == [
        ("Inexistente", 0, True), ("Tema 30", 1, True), ("Tema 10", 1, False), ("Tema 11", 1, False), ("Tema 12", 1, False),
    ]  # fmt: skip
    assert "10 valores llevan «TÉMA 1». Hoja 1 de 4." in pagina
    ultima = client.get("/buscar/valores/tema/", datos | {"hoja": "999"}).content.decode()
    assert ("Tema 19", 1, False) in ofrecidos(ultima)
    nada = client.get("/buscar/valores/tema/", datos | {"contiene": "xyzzy"}).content.decode()
    assert "0 valores llevan «xyzzy»" in nada
    assert [v for v, *_ in ofrecidos(nada)] == ["Inexistente", "Tema 30"]


def test_si_se_marcan_mas_de_los_que_caben_se_dice(client, acervo):
    pagina = client.get("/buscar/valores/tema/", {"tema": [f"t{n}" for n in range(101)]}).content.decode()
    assert "admite hasta 100 valores" in pagina


def test_lo_que_solo_sirve_en_la_lista_de_valores_no_estorba_a_la_busqueda():
    lectura = leer(QueryDict("q=agua&tema=Agua&contiene=ag&por=cuenta&hoja=2"))
    assert (lectura.avisos, lectura.peticion.filtros) == ((), {"tema": ("Agua",)})


@pytest.mark.parametrize("hoja", ["0", "-1", "abc", "9" * 30, ""])
def test_una_hoja_imposible_da_una_que_hay(client, acervo, hoja):
    respuesta = client.get("/buscar/valores/tema/", {"hoja": hoja, "por": "zzz", "contiene": "\0"})
    assert [v for v, *_ in ofrecidos(respuesta.content.decode())] == ["Agua", "Salud"]


def test_las_palabras_tambien_se_quitan_y_lo_que_se_propone_quitar_se_dice_con_palabras(client, acervo):
    pagina = client.get("/buscar/", {"q": "boletín", "area": "Obras"}).content.decode()
    direccion = unescape(re.search(r'<a class="chip" href="([^"]+)"><span><span class="oculto">Quitar las palabras', pagina)[1])
    assert direccion == "/buscar/?area=Obras"
    nada = client.get("/buscar/", {"q": "boletín", "tipo": "recorte", "hasta": "1950"}).content.decode()
    assert "Sin ningún filtro" in nada
    nada = client.get("/buscar/", {"q": "boletín", "tipo": "recorte"}).content.decode()
    assert "Sin «Tipo: Recorte»" in nada


def test_una_clase_se_dice_con_su_codigo_y_su_nombre(client, acervo, django_assert_num_queries):
    mundo.cuadro()
    peticion = leer(QueryDict("clasificacion=AE/9C&clasificacion=AE/9Z&clasificacion=AE/9C/9C.7")).peticion
    with django_assert_num_queries(1):
        dichas = [c.texto.removeprefix("Fondo, sección o serie: ") for c in chips_de(peticion)]
    assert dichas == ["AE/9C Comunicación social", "AE/9Z", "AE/9C/9C.7 Boletines informativos para medios"]
    nada = client.get("/buscar/", {"q": "boletín", "clasificacion": "AE/9C"}).content.decode()
    assert "Sin «Fondo, sección o serie: AE/9C Comunicación social»" in nada


def test_de_una_clase_que_aun_no_rige_no_se_dice_el_nombre(db):
    cuadros.vigente()
    nueva = versiones.nueva_version(None)
    secreta = cuadros.clase(nueva, cuadros.de(nueva, "9C"), "serie", "9C.99", "Secreta todavía")
    peticion = Peticion("", {"clasificacion": (secreta.codigo, cuadros.de(nueva, "9C").codigo)})
    assert "Secreta" not in str(chips_de(peticion))
    assert nombres_de_clases(()) == {}

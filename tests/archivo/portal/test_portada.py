"""Portada, páginas fijas, errores, cabeceras y lo que leen las máquinas."""

from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from archivo.identidad.puerta import Institucion
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.portal import mapa
from archivo.portal.portada import anaquel
from tests import fabricas

pytestmark = pytest.mark.django_db
ESPACIO = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_un_archivo_vacio_lo_dice(client):
    asegurar()
    pagina = client.get("/").content.decode()
    assert "Aún no hay documentos públicos" in pagina
    assert f"Aún no hay nada de un {timezone.localdate().day}" in pagina


def test_la_portada_cuenta_solo_lo_publico(client):
    asegurar()
    obras = fabricas.area("Obras")
    for anio in (1994, 1994, 2003):
        fabricas.publico(area=obras, dia=date(anio, 3, 4), temas=["Agua"])
    fabricas.publico(titulo="Zarzuplex", acceso="interno", dia=date(1950, 1, 1))
    fabricas.boletin(titulo="Borrador", dia=date(1951, 1, 1))
    poner_al_dia()
    pagina = client.get("/").content.decode()
    assert "3 documentos públicos" in pagina
    assert "desde 1994" in pagina
    assert 'href="/buscar/?anio=1994"><b>1994</b><span>2</span>' in pagina
    assert "<b>2000</b><span>sin fondos</span>" in pagina
    assert not any(oculto in pagina for oculto in ("1950", "1951", "Zarzuplex", "Borrador"))


@time_machine.travel("2026-02-28T18:00:00Z")
def test_tal_dia_como_hoy_es_el_mismo_dia_de_otros_anios(client):
    asegurar()
    fabricas.publico(titulo="De hace veinte años", dia=date(2006, 2, 28))
    fabricas.publico(titulo="De otro día", dia=date(2006, 2, 27))
    fabricas.publico(titulo="De hoy mismo", dia=date(2026, 2, 28))
    pagina = client.get("/").content.decode().split("Recién incorporado")[0]
    assert "De hace veinte años" in pagina
    assert "De otro día" not in pagina
    assert "De hoy mismo" not in pagina


@time_machine.travel("2028-02-29T18:00:00Z")
def test_un_29_de_febrero_no_se_cae(client):
    asegurar()
    fabricas.publico(titulo="Bisiesto", dia=date(2024, 2, 29))
    assert "Bisiesto" in client.get("/").content.decode()


def test_sin_buscador_la_portada_sigue_en_pie(client, caplog):
    fabricas.publico(titulo="Sigue aquí")
    pagina = client.get("/")
    assert pagina.status_code == 200
    assert "el buscador no responde" in pagina.content.decode()
    assert "Sigue aquí" in pagina.content.decode()


def test_el_anaquel_agrupa_por_decadas_y_llena_las_cajas():
    decadas = anaquel({1994: 1, 2003: 10, 2005: 100})
    assert [[c.anio for c in d] for d in decadas] == [[2000, 2001, 2002, 2003, 2004, 2005], [1994, 1995, 1996, 1997, 1998, 1999]]
    niveles = {c.anio: c.nivel for d in decadas for c in d}
    assert (niveles[2005], niveles[2003], niveles[1994], niveles[1995]) == (8, 1, 1, 0)


@pytest.mark.parametrize("direccion", ["/ayuda/", "/accesibilidad/", "/nada/", "/buscar/", "/"])
def test_toda_pagina_esta_en_espanol_y_sin_codigo_en_linea(client, direccion):
    asegurar()
    pagina = client.get(direccion).content.decode()
    assert '<html lang="es-MX">' in pagina
    assert ' style="' not in pagina
    assert "<style" not in pagina
    assert pagina.count("<script") == pagina.count("<script src=")
    assert " onclick" not in pagina
    assert pagina.count("<h1") == 1
    assert 'href="#"' not in pagina


def test_lo_que_ve_quien_entro_no_lo_guarda_un_intermediario(client):
    asegurar()
    assert client.get("/buscar/")["Cache-Control"] == "no-cache"
    client.force_login(fabricas.persona("redaccion"))
    assert client.get("/buscar/")["Cache-Control"] == "private, no-cache"


def test_las_cabeceras_cierran_lo_publico(client):
    asegurar()
    respuesta = client.get("/")
    politica = respuesta["Content-Security-Policy"]
    assert "default-src 'none'" in politica
    assert "unsafe" not in politica
    assert "frame-ancestors 'none'" in politica
    assert respuesta["X-Content-Type-Options"] == "nosniff"
    assert respuesta["Referrer-Policy"] == "same-origin"
    assert "script-src 'self' 'unsafe-inline'" in client.get("/admin/login/")["Content-Security-Policy"]


def test_los_colores_propios_se_usan_si_contrastan(client):
    asegurar()
    duena = Institucion.objects.first() or Institucion(clave="AE", nombre="Alcaldía Ejemplo")
    duena.identidad = {"tela": "#102040"}
    duena.save()
    assert "/identidad.css?v=" in client.get("/").content.decode()
    assert "--tela:#102040" in client.get("/identidad.css").content.decode()
    duena.identidad = {"tela": "#f0e0d0"}
    duena.save()
    assert "/identidad.css" not in client.get("/").content.decode()
    duena.identidad = {"tela": "url(https://malo)", "otro": "x"}
    duena.save()
    assert client.get("/identidad.css").content == b""


def test_la_veda_quita_la_identidad(client):
    asegurar()
    duena = Institucion.objects.first() or Institucion(clave="AE", nombre="Alcaldía Ejemplo")
    duena.identidad = {"veda": True}
    duena.save()
    assert 'data-identidad="veda"' in client.get("/").content.decode()


def test_el_mapa_solo_lleva_lo_publico(client):
    publicos = {fabricas.publico().clave for _ in range(3)}
    fabricas.publico(acceso="interno")
    fabricas.boletin()
    arbol = ElementTree.fromstring(client.get("/sitemap.xml").content)
    direcciones = [loc.text for loc in arbol.iter(f"{ESPACIO}loc")]
    assert direcciones[0] == "http://testserver/"
    assert set(direcciones[1:]) == {f"http://testserver/elemento/{c}/" for c in publicos}


def test_un_mapa_grande_se_parte_sin_perder_ni_repetir(client, monkeypatch):
    monkeypatch.setattr(mapa, "POR_BLOQUE", 3)
    esperadas = {fabricas.publico().clave for _ in range(8)}
    fabricas.publico(acceso="reservado")
    indice = ElementTree.fromstring(client.get("/sitemap.xml").content)
    bloques = [loc.text.removeprefix("http://testserver") for loc in indice.iter(f"{ESPACIO}loc")]
    assert len(bloques) == 3
    vistas = [loc.text for b in bloques for loc in ElementTree.fromstring(client.get(b).content).iter(f"{ESPACIO}loc")]
    claves = [v.split("/")[-2] for v in vistas if "/elemento/" in v]
    assert len(claves) == len(set(claves))
    assert set(claves) == esperadas


def test_robots_dice_donde_esta_el_mapa(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_un_error_nuestro_lo_dice_en_palabras(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("archivo.portal.portada.recientes", lambda: 1 / 0)
    respuesta = client.get("/")
    assert respuesta.status_code == 500
    assert "El problema es nuestro" in respuesta.content.decode()


def test_un_formulario_vencido_lo_dice_en_palabras():
    respuesta = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert respuesta.status_code == 403
    assert "El formulario venció" in respuesta.content.decode()


def test_una_direccion_con_un_nulo_no_rompe_nada(client):
    asegurar()
    assert client.get("/elemento/%00/").status_code == 404
    assert client.get("/buscar/?q=%00agua").status_code == 200

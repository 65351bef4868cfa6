"""El cuadro en un navegador: el árbol con el teclado, un acto con su vista previa, y axe en la oficina y en el sitio."""

import pytest
from playwright.sync_api import expect

from archivo.archivistica.instrumentos.muestra import cargar_cuadro_de_muestra
from archivo.archivistica.models import NivelClasificacion
from archivo.archivistica.servicios import versiones
from tests import fabricas

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
CLAVE = "contrasena-de-prueba"


@pytest.fixture
def borrador(db):
    """La versión 2 de los instrumentos de muestra."""
    cargar_cuadro_de_muestra()
    fabricas.persona("coordinacion_archivos", nombre="coordinadora")
    return versiones.nueva_version(None)


def entrar(ventana):
    ventana.ir("/admin/login/")
    ventana.pagina.fill("[name=username]", "coordinadora")
    ventana.pagina.fill("[name=password]", CLAVE)
    ventana.pagina.keyboard.press("Enter")
    ventana.pagina.wait_for_url("**/admin/")


@pytest.mark.parametrize(("ancho", "oscuro"), [(1280, False), (320, True)])
def test_la_pagina_publica_del_cuadro(abrir, borrador, ancho, oscuro):
    ventana = abrir(ancho=ancho, oscuro=oscuro, con_guion=False)
    ventana.ir("/cuadro/")
    expect(ventana.pagina.get_by_role("heading", name="9C.10 Notas para medios y síntesis informativa")).to_be_visible()
    assert not ventana.desborda()


def test_el_sitio_y_la_oficina_sin_faltas_de_accesibilidad(abrir, borrador):
    ventana = abrir()
    ventana.ir("/cuadro/")
    assert ventana.faltas_de_accesibilidad() == []
    entrar(ventana)
    serie = NivelClasificacion.objects.get(cuadro=borrador, clave="9C.7")
    for direccion in ("cuadros/", f"cuadros/{borrador.pk}/", f"clases/{serie.pk}/", f"clases/{serie.pk}/acto/dividir/"):
        ventana.ir(f"/admin/{direccion}")
        assert ventana.faltas_de_accesibilidad() == [], direccion


def test_dividir_una_serie_con_el_teclado(abrir, borrador):
    ventana = abrir()
    entrar(ventana)
    pagina = ventana.pagina
    ventana.ir(f"/admin/cuadros/{borrador.pk}/")
    rama = pagina.locator("summary", has_text="9C Comunicación social")
    serie = pagina.get_by_role("link", name="9C.7 Boletines informativos para medios")
    rama.focus()
    pagina.keyboard.press("Enter")
    expect(serie).to_be_hidden()
    pagina.keyboard.press("Enter")
    serie.focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Dividir").press("Enter")
    pagina.get_by_label("Clave de la parte 2").fill("9C.8")
    pagina.get_by_label("Nombre de la parte 2").fill("Versiones estenográficas")
    pagina.get_by_label("Por qué se hace").fill("Se producen aparte")
    pagina.get_by_role("button", name="Ver cómo quedaría").press("Enter")
    expect(pagina.get_by_role("heading", name="Cómo quedaría")).to_be_visible()
    assert not NivelClasificacion.objects.filter(cuadro=borrador, clave="9C.8").exists()
    pagina.get_by_role("button", name="Confirmar y dividir").press("Enter")
    expect(pagina.get_by_text("El acto quedó hecho y escrito con su motivo.")).to_be_visible()
    assert [n.clave for n in NivelClasificacion.objects.get(cuadro=borrador, clave="9C.8").equivale_a.all()] == ["9C.7"]

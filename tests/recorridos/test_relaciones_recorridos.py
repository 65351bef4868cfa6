"""Armar una síntesis con varias notas, y las pantallas de la veda y de los nombres de opciones, en un navegador y con axe."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from archivo.catalogo.puerta import Edicion, PeriodoVeda, Rotulo, guardar, tipo_de
from archivo.identidad.puerta import Area, Nombramiento, Usuario
from archivo.oficina.direcciones import direccion
from tests import fabricas

CLAVE = "clave de prueba"
NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sintesis(db):
    """Una monitorista, quien es titular, una síntesis vacía y dos notas."""
    area = Area.objects.create(clave="CCS", nombre="Comunicación Social")
    quienes = {rol: Usuario.objects.create_user(rol, password=CLAVE) for rol in ("monitoreo", "titular")}
    for rol, usuario in quienes.items():
        Nombramiento.objects.create(usuario=usuario, rol=rol, area=area if rol == "monitoreo" else None)
    recorte = tipo_de("recorte")
    for titulo in ("Abren un parque", "Comentan las obras"):
        nota = recorte.modelo(titulo=titulo, area=area, ficha=dict(recorte.ficha.ejemplo), resumen="Lo que dice.")
        guardar(nota, Edicion(actor=quienes["monitoreo"]))
    tipo = tipo_de("sintesis")
    return guardar(
        tipo.modelo(titulo="Síntesis matutina", area=area, ficha=dict(tipo.ficha.ejemplo)), Edicion(actor=quienes["monitoreo"])
    )


@pytest.fixture
def entrar(chromium, live_server, sintesis):
    """Una ventana con la sesión de alguien; lo que el navegador se queje reprueba."""
    abiertos, quejas = [], []

    def como(quien, ancho=1280):
        contexto = chromium.new_context(viewport={"width": ancho, "height": 900}, locale="es-MX", base_url=live_server.url)
        abiertos.append(contexto)
        hoja = contexto.new_page()
        hoja.on("pageerror", lambda error: quejas.append(str(error)))
        hoja.set_default_timeout(20_000)
        hoja.goto("/admin/login/")
        hoja.fill("[name=username]", quien)
        hoja.fill("[name=password]", CLAVE)
        hoja.keyboard.press("Enter")
        hoja.wait_for_url("**/admin/")
        return hoja

    yield como
    for contexto in abiertos:
        contexto.close()
    assert quejas == []


def faltas(hoja, donde):
    hallado = Axe().run(hoja, context=donde, options={"runOnly": NORMAS})
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in hallado.response["violations"]]


def _elegir(hoja, renglon, seccion, titulo):
    hoja.select_option(f"[name=relacion-{renglon}-clase]", label=seccion)
    caja = hoja.locator(".of-relacion").nth(renglon).get_by_role("combobox", name="Documento con que se relaciona")
    caja.fill(titulo)
    hoja.get_by_role("option", name=titulo).first.wait_for()
    caja.press("ArrowDown")
    caja.press("Enter")


def test_se_arma_una_sintesis_agregando_renglones_y_axe_no_reprueba_nada(entrar, sintesis):
    hoja = entrar("monitoreo")
    hoja.goto(direccion(tipo_de("sintesis").modelo, "edit", sintesis.pk))
    antes = hoja.locator(".of-relacion").count()
    _elegir(hoja, 0, "Ocho columnas", "Abren un parque")
    hoja.get_by_role("button", name="Agregar otra relación").click()
    expect(hoja.locator(".of-relacion")).to_have_count(antes + 1)
    expect(hoja.locator(f"[name=relacion-{antes}-clase]")).to_be_focused()
    _elegir(hoja, antes, "Cartones", "Comentan las obras")
    assert faltas(hoja, ".of-anexos") == []
    hoja.keyboard.press("Control+s")
    expect(hoja.get_by_text("Guardado:")).to_be_visible()
    assert {(r.grupo, r.destino.titulo) for r in sintesis.relaciones.all()} == {
        ("ocho_columnas", "Abren un parque"),
        ("cartones", "Comentan las obras"),
    }
    expect(hoja.get_by_text("Abren un parque").first).to_be_visible()
    assert faltas(hoja, ".of-anexos") == []


def test_la_veda_y_los_nombres_de_opciones_sin_faltas_de_accesibilidad(entrar):
    hoy = timezone.localdate()
    fabricas.elemento("campania", ficha=dict(tipo_de("campania").ficha.ejemplo), estado="publicado", titulo="Campaña corriente")
    periodo = PeriodoVeda.objects.create(nombre="Elección local", desde=hoy, hasta=hoy + timedelta(days=3))
    Rotulo.objects.create(lista="valoracion", clave="informativa", nombre="Neutral")
    hoja = entrar("titular")
    hoja.goto("/admin/periodoveda/")
    expect(hoja.get_by_text("Hoy rige la veda")).to_be_visible()
    assert faltas(hoja, "main") == []
    for camino in (f"/admin/periodoveda/edit/{periodo.pk}/", "/admin/rotulo/", "/admin/rotulo/new/"):
        hoja.goto(camino)
        assert faltas(hoja, "main") == [], camino

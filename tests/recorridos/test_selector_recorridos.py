"""Elegir autoridades y temas con el teclado, en un navegador de verdad, con axe en cada estado."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archivo.catalogo.puerta import Edicion, Item, Organismo, Persona, guardar, tipo_de
from archivo.identidad.puerta import Area, Nombramiento, Usuario
from archivo.oficina.direcciones import direccion

CLAVE = "clave de prueba"
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def boletin(db):
    """Una redactora, su boletín y a quién nombrar."""
    area = Area.objects.create(clave="CCS", nombre="Comunicación Social")
    autora = Usuario.objects.create_user("redactora", password=CLAVE)
    Nombramiento.objects.create(usuario=autora, rol="redaccion", area=area)
    for nombre in ("Ángela Núñez Peña", "Ángel Vega", "Marta Ángeles"):
        Persona.objects.create(nombre=nombre)
    Organismo.objects.create(nombre="Instituto del Seguro Social").nombres.create(nombre="IMSS", clase="sigla")
    return guardar(tipo_de("boletin").modelo(titulo="Jornada de salud", area=area), Edicion(actor=autora))


@pytest.fixture
def pagina(chromium, live_server, boletin):
    """La captura del boletín, abierta por su redactora; lo que el navegador se queje reprueba."""
    contexto = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="es-MX", base_url=live_server.url)
    hoja, quejas = contexto.new_page(), []
    hoja.on("pageerror", lambda error: quejas.append(str(error)))
    hoja.set_default_timeout(15_000)
    hoja.goto("/admin/login/")
    hoja.fill("[name=username]", "redactora")
    hoja.fill("[name=password]", CLAVE)
    hoja.keyboard.press("Enter")
    hoja.wait_for_url("**/admin/")
    hoja.goto(direccion(tipo_de("boletin").modelo, "edit", boletin.pk))
    yield hoja
    contexto.close()
    assert quejas == []


def faltas(hoja):
    """Lo que axe reprueba dentro de los selectores."""
    hallado = Axe().run(hoja, context=".of-selector", options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in hallado.response["violations"]]


def nombradas_en(boletin):
    """Papel, nombre y si falta verificarla, de cada autoridad guardada en el boletín."""
    menciones = Item.objects.get(pk=boletin.pk).menciones.select_related("autoridad")
    return {(m.papel, m.autoridad.nombre, m.autoridad.por_verificar) for m in menciones}


def test_elegir_con_el_teclado_dar_de_alta_quitar_y_guardar(pagina, boletin):
    opciones = pagina.locator(".of-selector__lista:not([hidden]) [role=option]")
    personas = pagina.get_by_role("combobox", name="Personas mencionadas")
    assert faltas(pagina) == []
    personas.press_sequentially("angel")
    expect(opciones).to_have_count(4)
    expect(personas).to_have_attribute("aria-expanded", "true")
    personas.press("ArrowDown")
    personas.press("ArrowDown")
    expect(pagina.locator(".of-selector__opcion[aria-selected=true]")).to_have_text("Ángela Núñez Peña")
    assert faltas(pagina) == []
    personas.press("Enter")
    expect(pagina.get_by_role("button", name="Quitar Ángela Núñez Peña")).to_be_visible()
    personas.press_sequentially("Luis Nuevo;Ana Otra;")
    personas.press("Backspace")
    expect(pagina.get_by_role("button", name="Quitar Ana Otra")).to_have_count(0)
    dependencias = pagina.get_by_role("combobox", name="Dependencias")
    dependencias.press_sequentially("imss")
    expect(opciones.first).to_contain_text("también «IMSS»")
    dependencias.press("ArrowDown")
    dependencias.press("Escape")
    expect(opciones).to_have_count(0)
    dependencias.press("Control+s")
    expect(pagina.get_by_text("Guardado:")).to_be_visible()
    assert nombradas_en(boletin) == {
        ("persona", "Ángela Núñez Peña", False),
        ("persona", "Luis Nuevo", True),
        ("dependencia", "Instituto del Seguro Social", False),
    }
    expect(pagina.get_by_role("button", name="Quitar Instituto del Seguro Social")).to_be_visible()

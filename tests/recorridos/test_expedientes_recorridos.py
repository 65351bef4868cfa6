"""Un expediente en un navegador de verdad: abrir, integrar, cerrar, carátula; y axe en cada pantalla."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from archivo.archivistica.puerta import Expediente
from archivo.indexacion.puerta import asegurar, poner_al_dia
from tests import fabricas
from tests.archivo.archivistica import mundo

CLAVE = "contrasena-de-prueba"
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archivista(transactional_db):
    """Quien lleva el archivo de trámite, con tres boletines por integrar."""
    asegurar()
    mundo.cuadro()
    area = fabricas.area("Comunicación")
    for n in range(3):
        mundo.con_archivo(2, titulo=f"Boletín de vacunación {n + 1}", area=area, dia=date(2026, 2, 1 + n), soporte="papel")
    poner_al_dia()
    return fabricas.persona("archivo_tramite", en=area, nombre="archivista")


@pytest.fixture
def pagina(chromium, live_server, archivista):
    """La oficina, ya dentro; un error de guión reprueba."""
    contexto = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="es-MX", base_url=live_server.url)
    abierta, errores = contexto.new_page(), []
    abierta.on("pageerror", lambda error: errores.append(str(error)))
    abierta.goto("/admin/login/")
    abierta.fill("[name=username]", archivista.username)
    abierta.fill("[name=password]", CLAVE)
    abierta.keyboard.press("Enter")
    abierta.wait_for_url("**/admin/")
    yield abierta
    contexto.close()
    assert errores == []


def revisar(pagina):
    """axe, ya sin animaciones en curso: un aviso que aparece poco a poco tiene poco contraste mientras tanto."""
    pagina.wait_for_load_state()
    pagina.evaluate("Promise.all(document.getAnimations().map(a => a.finished.catch(() => null)))")
    violaciones = Axe().run(pagina).response["violations"]
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]]) for v in violaciones] == [], pagina.url


def abrir(pagina):
    """Con un título que no se admite y luego con uno bueno."""
    pagina.goto("/admin/expedientes/")
    revisar(pagina)
    pagina.get_by_role("link", name="Abrir expediente").first.click()
    pagina.get_by_label("Serie o subserie").select_option(label="9C.7 Boletines informativos para medios")
    pagina.get_by_label("Título", exact=True).fill("Varios")
    pagina.get_by_label("Asunto").fill("Boletines de la jornada de vacunación")
    pagina.get_by_label("Soporte", exact=True).select_option("papel")
    pagina.get_by_label("Fecha de apertura").fill("2026-01-05")
    pagina.get_by_label("Edificio o archivo").fill("Archivo de trámite")
    pagina.get_by_role("button", name="Abrir expediente").click()
    expect(pagina.get_by_text("no dice de qué trata")).to_be_visible()
    revisar(pagina)
    pagina.get_by_label("Título", exact=True).fill("Boletines de vacunación, enero a junio de 2026")
    pagina.get_by_role("button", name="Abrir expediente").click()
    expect(pagina.get_by_role("heading", name="AE/9C/9C.7/1/2026")).to_be_visible()
    revisar(pagina)


def integrar(pagina):
    """Buscando y marcando."""
    pagina.get_by_role("link", name="Integrar documentos").click()
    pagina.get_by_role("searchbox", name="Buscar por palabras").fill("vacunación")
    pagina.get_by_role("button", name="Buscar", exact=True).click()
    for n in (1, 2, 3):
        pagina.get_by_label(f"Integrar Boletín de vacunación {n}").check()
    revisar(pagina)
    pagina.get_by_role("button", name="Integrar", exact=True).click()
    expect(pagina.get_by_text("Se integraron 3 documentos")).to_be_visible()
    expect(pagina.get_by_role("cell", name="5–6")).to_be_visible()
    revisar(pagina)


def cerrar_y_verificar(pagina):
    """Cierra y recalcula el índice."""
    pagina.get_by_role("link", name="Cerrar", exact=True).click()
    pagina.get_by_label("Fecha de cierre").fill("2026-06-30")
    revisar(pagina)
    pagina.get_by_role("button", name="Cerrar el expediente").click()
    expect(pagina.get_by_text("Se cerró el expediente, con la versión 1")).to_be_visible()
    revisar(pagina)
    pagina.get_by_role("button", name="Verificar ahora").click()
    expect(pagina.get_by_text("Íntegro: las filas")).to_be_visible()


def test_abrir_integrar_cerrar_y_ver_la_caratula(pagina):
    abrir(pagina)
    integrar(pagina)
    cerrar_y_verificar(pagina)
    exp = Expediente.objects.get()
    assert (exp.estado, exp.total_fojas, exp.indices.count()) == ("cerrado", 6, 1)
    respuesta = pagina.request.get(f"/admin/expedientes/{exp.clave}/caratula.pdf")
    assert respuesta.headers["content-type"] == "application/pdf"
    assert respuesta.body().startswith(b"%PDF")
    pagina.goto(f"/admin/expedientes/{exp.clave}/historia/")
    expect(pagina.get_by_role("row", name=re.compile("Se cerró"))).to_be_visible()
    revisar(pagina)

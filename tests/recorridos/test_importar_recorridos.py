"""El asistente de importación en un navegador: de una hoja de cálculo a los borradores y de vuelta, con axe en cada paso."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook
from playwright.sync_api import expect

from archivo.catalogo.puerta import Item, SerieDeNumeracion
from archivo.identidad.puerta import Area, Nombramiento, Usuario
from archivo.tareas.puerta import drenar

CLAVE = "clave de prueba"
CAPTURAS = os.environ.get("CAPTURAS")
pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pagina(chromium, live_server, db):
    """La oficina abierta por una redactora; lo que el navegador se queje reprueba."""
    area = Area.objects.create(clave="CCS", nombre="Comunicación Social")
    SerieDeNumeracion.objects.get_or_create(clave="boletin", defaults={"nombre": "Boletín"})
    usuario = Usuario.objects.create_user("redactora", password=CLAVE, first_name="Rosa")
    Nombramiento.objects.create(usuario=usuario, rol="redaccion", area=area)
    contexto = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="es-MX", base_url=live_server.url)
    quejas = []
    abierta = contexto.new_page()
    abierta.on("pageerror", lambda error: quejas.append(str(error)))
    abierta.set_default_timeout(15_000)
    abierta.goto("/admin/login/")
    abierta.fill("[name=username]", "redactora")
    abierta.fill("[name=password]", CLAVE)
    abierta.keyboard.press("Enter")
    abierta.wait_for_url("**/admin/")
    yield abierta
    contexto.close()
    assert quejas == []


def sin_faltas(pagina, nombre):
    """axe no encuentra nada y la página no se desborda; con CAPTURAS, queda su imagen."""
    pagina.wait_for_load_state()
    faltas = (
        Axe().run(pagina, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
    )
    assert [f"{f['id']}: {[n['target'] for n in f['nodes']][:3]}" for f in faltas] == [], nombre
    assert not pagina.evaluate("document.documentElement.scrollWidth > innerWidth"), nombre
    if CAPTURAS:
        pagina.screenshot(path=str(Path(CAPTURAS) / f"importar-{nombre}.png"), full_page=True)


def hoja(ruta):
    """Una hoja como las que lleva una oficina: títulos propios, fechas a medias y una dependencia ajena."""
    libro = Workbook()
    libro.active.append(["Encabezado", "Fecha de publicación", "Área", "Boletín No.", "Observaciones"])
    libro.active.append(["Arranca la jornada de salud", "06/05/1994", "Comunicación Social", "12", "revisado"])
    libro.active.append(["Obras en la calle Hidalgo", "mayo de 1995", "Comunicación Social", "S/N", ""])
    libro.active.append(["De otra dependencia", "1996", "Obras Públicas", "14", ""])
    libro.save(ruta)
    return ruta


def subir_y_acomodar(pagina, ruta):
    """De la portada a la vista previa, con una columna que nadie sugirió mandada al texto."""
    pagina.get_by_role("link", name="Importar tablas").click()
    pagina.get_by_role("link", name="Importar una tabla").click()
    sin_faltas(pagina, "1-subir")
    pagina.set_input_files("[name=archivo]", str(ruta))
    pagina.select_option("[name=tipo]", "boletin")
    pagina.get_by_role("button", name="Subir").click()
    expect(pagina.get_by_label("Columna «Encabezado»")).to_have_value("titulo")
    expect(pagina.get_by_label("Columna «Observaciones»")).to_have_value("")
    pagina.get_by_label("Columna «Observaciones»").select_option("texto")
    pagina.get_by_label("Si alguna fila no puede entrar").select_option("no")
    pagina.get_by_role("button", name="Guardar y ver cómo quedan").click()


def ensayar(pagina):
    """El ensayo corre, y la lista de lo que no entraría se descarga; devuelve sus renglones."""
    pagina.get_by_role("button", name="Ensayar la importación").click()
    drenar()
    pagina.reload()
    expect(pagina.locator(".of-estado")).to_contain_text("se crearían 2")
    sin_faltas(pagina, "3-ensayo")
    with pagina.expect_download() as descarga:
        pagina.get_by_role("link", name="Descargar").click()
    return Path(descarga.value.path()).read_text(encoding="utf-8-sig").splitlines()


def deshacer(pagina):
    """Se ve qué pasaría, se dice por qué, y se deshace."""
    pagina.get_by_role("link", name="Deshacer la importación").click()
    sin_faltas(pagina, "6-deshacer")
    pagina.get_by_label("Por qué se deshace").fill("Eran de otro año")
    pagina.get_by_role("button", name="Deshacer la importación").click()
    drenar()
    pagina.reload()


def test_de_la_hoja_a_los_borradores_y_de_vuelta(pagina, tmp_path):
    subir_y_acomodar(pagina, hoja(tmp_path / "boletines 1994.xlsx"))
    previa = pagina.get_by_role("region", name="Vista previa")
    expect(previa).to_contain_text("No. 12/1994")
    expect(previa).to_contain_text("Su nombramiento no abarca «Obras Públicas»")
    sin_faltas(pagina, "2-columnas")
    lista = ensayar(pagina)
    assert lista[1].startswith("4,dependencia,") and lista[1].endswith("De otra dependencia,1996,Obras Públicas,14,")

    pagina.get_by_role("button", name="Importar 2 filas").click()
    drenar()
    pagina.reload()
    expect(pagina.get_by_role("heading", name="Entró en parte")).to_be_visible()
    assert Item.objects.count() == 2
    sin_faltas(pagina, "4-resultado")
    pagina.get_by_role("link", name="Ver lo que entró").click()
    expect(pagina.get_by_role("link", name="Arranca la jornada de salud")).to_be_visible()
    sin_faltas(pagina, "5-filas")

    pagina.go_back()
    deshacer(pagina)
    expect(pagina.get_by_role("heading", name="Deshecha")).to_be_visible()
    assert Item.objects.count() == 0
    sin_faltas(pagina, "7-deshecha")

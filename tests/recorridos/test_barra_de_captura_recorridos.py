"""La barra de guardar de la captura: entera y de un renglón con los paneles de al lado, y a la medida de un teléfono."""

import pytest
from playwright.sync_api import expect

from archivo.catalogo.puerta import Edicion, guardar, tipo_de
from archivo.identidad.puerta import Area, Usuario, crear_usuario
from tests.servidores.espera import hasta_que

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]
PANEL = "wagtail:side-panel-open"
MEDIR = """() => {
  const barra = document.querySelector(".footer"), caja = barra.getBoundingClientRect();
  const tapado = (b) => {
    const c = b.getBoundingClientRect();
    return ![[c.left + 3, c.top + c.height / 2], [c.right - 3, c.top + c.height / 2]].every(([x, y]) => {
      const encima = document.elementFromPoint(x, y);
      return encima && (b === encima || b.contains(encima));
    });
  };
  return { alto: caja.height, tapados: [...barra.querySelectorAll("button")].filter(tapado).map((b) => b.textContent.trim()) };
}"""


@pytest.fixture
def en_la_captura(abrir, client, db):
    """Abre la captura de un boletín guardado, con ese ancho y con el panel que alguien dejó abierto."""
    area = Area.objects.create(clave="CCS", nombre="Comunicación Social")
    crear_usuario("redactora", "redaccion", area.clave)
    quien = Usuario.objects.get(username="redactora")
    item = guardar(tipo_de("boletin").modelo(tipo="boletin", titulo="Jornada", area=area), Edicion(actor=quien))
    client.force_login(quien)

    def como(ancho, panel=""):
        ventana = abrir(ancho=ancho, cookies=[{"name": "sessionid", "value": client.cookies["sessionid"].value}])
        ventana.pagina.add_init_script(f"localStorage.getItem('{PANEL}') ?? localStorage.setItem('{PANEL}', '{panel}')")
        ventana.ir(f"/admin/elementos/boletin/edit/{item.pk}/")
        return ventana

    return como


def test_el_panel_de_al_lado_empieza_cerrado_si_no_cabe(en_la_captura):
    abierto = ".form-side--open"
    expect(en_la_captura(1600, "status").pagina.locator(abierto)).to_have_count(1)
    estrecha = en_la_captura(1280, "status").pagina
    expect(estrecha.locator(".form-side:not(.form-side--initial)")).to_have_count(1)
    expect(estrecha.locator(abierto)).to_have_count(0)


@pytest.mark.parametrize("ancho", [1280, 1600])
def test_con_el_panel_abierto_la_barra_conserva_sus_botones_en_un_renglon(en_la_captura, ancho):
    ventana = en_la_captura(ancho)
    ventana.pagina.locator("[data-side-panel-toggle=status]").click()
    expect(ventana.pagina.locator(".form-side--open")).to_be_visible()
    hasta_que(lambda: ventana.pagina.evaluate(MEDIR)["tapados"] == [])
    assert ventana.pagina.evaluate(MEDIR)["alto"] <= 72


def test_en_un_telefono_los_botones_se_alcanzan_y_la_barra_no_se_come_la_pantalla(en_la_captura):
    ventana = en_la_captura(390, "status")
    ventana.pagina.locator(".footer").scroll_into_view_if_needed()
    ventana.pagina.evaluate("scrollTo(0, document.body.scrollHeight)")
    hasta_que(lambda: ventana.pagina.evaluate(MEDIR)["tapados"] == [])
    assert ventana.pagina.evaluate(MEDIR)["alto"] <= 180
    assert not ventana.desborda()

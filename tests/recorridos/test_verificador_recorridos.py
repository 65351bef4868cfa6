"""El verificador en una página: se guarda en el equipo, se abre sin red y dice lo mismo que el programa."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.verificador.fabricas import COPIA, caso, con_prueba
from verificador.cadena import texto_de_renovacion
from verificador.empaque import PAQUETE
from verificador.prueba import Sello


@pytest.fixture
def pagina(chromium):
    contexto = chromium.new_context(offline=True, locale="es-MX")
    abierta = contexto.new_page()
    quejas = []
    abierta.on("console", lambda m: quejas.append(m.text))
    abierta.on("pageerror", lambda e: quejas.append(str(e)))
    abierta.goto((PAQUETE / "verificador.html").as_uri())
    yield abierta
    contexto.close()
    assert quejas == []


@pytest.fixture
def dado(tmp_path):
    hecho = caso(tmp_path)
    (tmp_path / "copia.prueba").write_text(hecho.prueba.como_texto())
    return hecho


def dictamen(pagina, dado, llave=None):
    pagina.set_input_files("#copia", str(dado.copia))
    pagina.set_input_files("#prueba", str(dado.copia.with_suffix(".prueba")))
    pagina.fill("#llave", llave or dado.llave.como_texto())
    pagina.click("button")
    pagina.wait_for_selector("#dictamen:not([hidden]) li")
    return pagina.inner_text("#dictamen")


def test_una_copia_intacta_es_autentica(pagina, dado):
    dicho = dictamen(pagina, dado)
    assert dicho.startswith("AUTÉNTICA")
    assert "Folio CC/00004/2026, 3 fojas." in dicho
    assert dicho.count("✓") == 3
    resultado = Axe().run(pagina)
    assert [v["id"] for v in resultado.response["violations"]] == []


def test_al_elegir_otra_cosa_el_dictamen_anterior_se_quita(pagina, dado, tmp_path):
    assert dictamen(pagina, dado).startswith("AUTÉNTICA")
    (tmp_path / "otra.pdf").write_bytes(COPIA[:-1] + b"!")
    pagina.set_input_files("#copia", str(tmp_path / "otra.pdf"))
    expect(pagina.locator("#dictamen")).to_be_hidden()
    expect(pagina.locator("#dictamen")).to_be_empty()
    pagina.click("button")
    expect(pagina.locator("#dictamen")).to_contain_text("ALTERADA")


def test_el_dictamen_de_lo_anterior_que_llega_tarde_no_se_dice(pagina, dado):
    dictamen(pagina, dado)
    pagina.evaluate("""() => {
      const leer = File.prototype.arrayBuffer;
      window.soltar = [];
      File.prototype.arrayBuffer = function () {
        return new Promise((resolver) => window.soltar.push(() => leer.call(this).then(resolver)));
      };
    }""")
    pagina.click("button")
    pagina.fill("#llave", "otra")
    pagina.evaluate("window.soltar.splice(0).forEach((sigue) => sigue())")
    pagina.click("button")
    pagina.evaluate("window.soltar.splice(0).forEach((sigue) => sigue())")
    pagina.wait_for_selector("#dictamen:not([hidden]) li")
    assert "NO SE PUDO COMPROBAR" in pagina.inner_text("#dictamen")


def test_un_byte_cambiado_la_delata(pagina, dado):
    dado.copia.write_bytes(COPIA[:-1] + b"!")
    assert dictamen(pagina, dado).startswith("ALTERADA")


def test_otra_prueba_u_otra_llave_no_valen(pagina, dado, tmp_path):
    texto = dado.prueba.como_texto()
    camino = re.sub(r"index \d+\n(.)", lambda m: f"index 4\n{'B' if m[1] != 'B' else 'C'}", texto)
    (tmp_path / "copia.prueba").write_text(camino)
    dicho = dictamen(pagina, dado)
    assert dicho.startswith("SIN PRUEBA")
    assert "no lleva a la raíz" in dicho


def sellada(dado, token_renovado):
    """La copia con dos sellos: el segundo dice renovar ese token."""
    nota = dado.prueba.nota
    renovacion = texto_de_renovacion("archivo.ejemplo.mx/registro/expedidas", 9, "0" * 128, [token_renovado])
    hecho = con_prueba(dado, sellos=(Sello(nota, b"uno" * 99), Sello(renovacion, b"dos")))
    dado.copia.with_suffix(".prueba").write_text(hecho.prueba.como_texto())
    return hecho


def test_los_sellos_deben_enlazar_por_su_segunda_huella(pagina, dado):
    dicho = dictamen(pagina, sellada(dado, b"uno" * 99))
    assert dicho.startswith("AUTÉNTICA") and dicho.count("✓") == 4
    ajena = dictamen(pagina, sellada(dado, b"otro"))
    assert ajena.startswith("SIN PRUEBA") and "no renueva al anterior" in ajena


def test_lo_que_no_sirve_dice_que_hacer(pagina, dado, tmp_path):
    assert "cópiela entera" in dictamen(pagina, dado, llave=dado.llave.como_texto()[:-6] + "AAAAA=")
    (tmp_path / "copia.prueba").write_text("no")
    assert "termina en .prueba" in dictamen(pagina, dado)


def test_se_usa_con_el_teclado(pagina, dado):
    pagina.keyboard.press("Tab")
    assert pagina.evaluate("document.activeElement.id") == "copia"
    dictamen(pagina, dado)
    assert pagina.evaluate("document.activeElement.id") == "dictamen"

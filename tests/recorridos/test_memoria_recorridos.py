"""E20 en el navegador: la titular publica la memoria, y una ciudadana, sin JavaScript, llega de una cifra a su lista."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from archivo.indexacion.puerta import asegurar
from memoria_anual.edicion.puerta import (
    MemoriaNueva,
    SalaNueva,
    abrir_memoria,
    abrir_sala,
    guardar_capitulo,
    publicar,
)
from memoria_anual.edicion.servicios.recordatorios import asegurar_reglas
from tests import fabricas
from tests.memoria_anual.edicion.conftest import PERIODO, hasta_autorizarla


@pytest.fixture
def publicada(transactional_db):
    """La memoria de 2026, con tres boletines públicos y uno interno."""
    asegurar()
    ccs = fabricas.area("Comunicación Social")
    for n in (1, 3, 9):
        fabricas.publico(area=ccs, dia=date(2026, n, 5), titulo=f"Boletín de {n}")
    fabricas.boletin(area=ccs, dia=date(2026, 5, 5), titulo="Boletín canario", estado="publicado", acceso="interno")
    redactora, titular = (fabricas.persona(rol, en=ccs) for rol in ("redaccion", "titular"))
    memoria = hasta_autorizarla(ccs, redactora, titular)
    return publicar(memoria, titular)


@pytest.mark.parametrize("ancho", [1280, 320])
def test_de_la_cifra_a_su_lista_sin_guiones(abrir, publicada, ancho):
    ventana = abrir(ancho=ancho, con_guion=False)
    pagina = ventana.pagina
    ventana.ir("/memoria/2026/capitulo/4/")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Información y prensa")
    pagina.get_by_role("link", name="4 Boletines emitidos: abrir la lista").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Boletines emitidos: 4")
    expect(pagina.get_by_text("hay 1 elemento que usted no puede consultar")).to_be_visible()
    expect(pagina.get_by_text("Boletín canario")).to_have_count(0)
    assert not ventana.desborda()


def de_oficina(abrir, client, persona, **opciones):
    """Una ventana con la sesión de esa persona."""
    client.force_login(persona)
    return abrir(**opciones, cookies=[{"name": "sessionid", "value": client.cookies["sessionid"].value}])


def test_la_hoja_de_un_capitulo_se_puede_usar_sin_verla(abrir, client, transactional_db):
    ccs = fabricas.area("Comunicación Social")
    redactora = fabricas.persona("redaccion", en=ccs)
    memoria = abrir_memoria(MemoriaNueva(PERIODO, area=ccs), redactora)
    capitulo = memoria.capitulos.get(orden=4)
    grafica = next(b for b in capitulo.cuerpo.get_prep_value() if b["type"] == "grafica")
    capitulo.cuerpo = [*capitulo.cuerpo.get_prep_value(), {"type": "grafica", "value": grafica["value"]}]
    guardar_capitulo(memoria, redactora, capitulo)
    ventana = de_oficina(abrir, client, redactora)
    ventana.ir(f"/admin/memorias/capitulos/{capitulo.pk}/")
    bloques = ventana.pagina.locator('section[id^="block-"]')
    expect(bloques.last).to_have_attribute("aria-label", re.compile("."))
    nombres = [s.get_attribute("aria-label") for s in bloques.all()]
    assert "Gráfica BOL · Boletines emitidos (2)" in nombres and len(set(nombres)) == len(nombres)
    assert ventana.faltas_de_accesibilidad() == []
    ventana.ir(f"/admin/memorias/{memoria.pk}/")
    assert ventana.faltas_de_accesibilidad() == [] and not ventana.desborda()


SE_SALEN = """() => [...document.querySelectorAll("main input, main select, main textarea, main h1")]
  .filter(e => !e.closest(".of-tabla") && e.getBoundingClientRect().right > innerWidth).map(e => e.name || e.tagName)"""


def test_en_un_telefono_ningun_campo_se_sale_de_la_pantalla(abrir, client, transactional_db):
    ccs = fabricas.area("Comunicación Social")
    redactora = fabricas.persona("redaccion", en=ccs)
    memoria = abrir_memoria(MemoriaNueva(PERIODO, area=ccs), redactora)
    asegurar_reglas()
    ventana = de_oficina(abrir, client, redactora, ancho=320)
    for direccion in (f"memorias/{memoria.pk}/", "memoria/metas/2026/", "regladerecordatorio/new/"):
        ventana.ir(f"/admin/{direccion}")
        ventana.pagina.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        expect(ventana.pagina.locator(".sidebar--slim, .sidebar--mobile").first).to_be_attached()
        assert ventana.pagina.evaluate(SE_SALEN) == [], direccion
        assert ventana.faltas_de_accesibilidad() == [], direccion


@pytest.mark.parametrize("ancho", [1280, 320])
def test_quien_audita_recorre_su_sala_sin_guiones(abrir, publicada, ancho):
    _, codigo = abrir_sala(publicada.memoria, None, SalaNueva("Órgano Interno de Control"))
    ventana = abrir(ancho=ancho, con_guion=False)
    pagina = ventana.pagina
    ventana.ir(f"/memoria/auditoria/{codigo}/")
    assert not ventana.desborda()
    pagina.get_by_role("link", name="Boletines emitidos").click()
    expect(pagina.get_by_text("hay 1 elemento que este acceso no abre")).to_be_visible()
    expect(pagina.get_by_text("Boletín canario")).to_have_count(0)
    assert not ventana.desborda()
    pagina.get_by_label("Con observación").check()
    pagina.get_by_label("Nota").fill("Falta el de mayo.")
    pagina.get_by_role("button", name="Marcar la cifra").click()
    fila = pagina.get_by_role("row", name="Boletines emitidos")
    expect(fila.get_by_text("Con observación")).to_be_visible()


def test_cero_faltas_de_accesibilidad(abrir, client, publicada):
    _, codigo = abrir_sala(publicada.memoria, None, SalaNueva("Órgano Interno de Control"))
    oficina = de_oficina(abrir, client, fabricas.persona("auditoria"))
    oficina.ir(f"/admin/memorias/{publicada.memoria_id}/evidencia/")
    assert oficina.faltas_de_accesibilidad() == [] and not oficina.desborda()
    ventana = abrir()
    for direccion in (
        "/memoria/",
        "/memoria/2026/",
        "/memoria/2026/capitulo/4/",
        "/memoria/2026/capitulo/17/",
        "/memoria/2026/cifra/BOL/",
        f"/memoria/auditoria/{codigo}/",
        f"/memoria/auditoria/{codigo}/cifra/BOL/",
        "/memoria/auditoria/ninguna/",
    ):
        ventana.ir(direccion)
        assert ventana.faltas_de_accesibilidad() == [], direccion

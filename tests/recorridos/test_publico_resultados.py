"""Lo que una ciudadana hace con un resultado: acotarlo por la gráfica, quitar filtros, pasearlo, bajarlo, seguirlo y guardarlo."""

import csv
import re
from datetime import date

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.tareas.puerta import Trabajo
from buscador.models import BusquedaGuardada, Exportacion
from buscador.tasks import confirmar_aviso, juntar_exportacion
from tests import fabricas
from tests.servidores.espera import hasta_que


@pytest.fixture
def acervo(transactional_db):
    """Seis boletines de dos áreas y tres años."""
    cache.clear()
    asegurar()
    for n in range(6):
        fabricas.publico(
            titulo=f"La vacunación llega a la colonia {n}",
            texto="La jornada de vacunación se hizo en la plaza.",
            area=fabricas.area("Salud" if n % 2 else "Obras"),
            dia=date(2022 + n % 3, 1 + n, 5),
            temas=["Salud", f"Tema {n}"],
        )
    poner_al_dia()


def test_la_grafica_filtra_y_los_filtros_se_quitan_sin_javascript(abrir, acervo):
    ventana = abrir(con_guion=False)
    pagina = ventana.pagina
    ventana.ir("/buscar/?q=vacunación")
    pagina.get_by_role("link", name="2023: 2 resultados").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("2 resultados de «vacunación»")
    pagina.locator(".tabla-de summary").click()
    pagina.get_by_label("Sumar 2022 a los filtros").check()
    pagina.get_by_role("button", name="Ver los años marcados").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("4 resultados de «vacunación»")
    pagina.locator("input[name=area][value=Salud]").check()
    pagina.get_by_role("button", name="Aplicar filtros").click()
    expect(pagina.locator(".chip")).to_have_text(
        [re.compile("«vacunación»"), re.compile("Área: Salud"), re.compile("Año: 2022"), re.compile("Año: 2023")]
    )
    pagina.get_by_role("link", name="Quitar el filtro Año: 2023").click()
    expect(pagina.locator(".chip")).to_have_count(3)
    pagina.get_by_role("link", name="Quitar todos los filtros").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("6 resultados de «vacunación»")


def test_con_el_teclado_se_elige_un_anio_y_se_pasea_por_los_resultados(abrir, acervo):
    ventana = abrir()
    pagina = ventana.pagina
    ventana.ir("/buscar/?q=vacunación")
    pagina.get_by_role("link", name="2024: 2 resultados").focus()
    assert pagina.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**anio=2024**")
    pagina.locator(".resultado h3 a").first.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Resultado 1 de 2")).to_be_visible()
    pagina.get_by_role("link", name="Resultado siguiente").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Resultado 2 de 2")).to_be_visible()
    pagina.get_by_role("link", name=re.compile("^Volver a los resultados")).click()
    expect(pagina).to_have_url(re.compile("anio=2024"))


@pytest.mark.parametrize("ancho", [320, 1280])
def test_bajar_seguir_y_guardar(abrir, acervo, settings, tmp_path, ancho):
    ventana = abrir(ancho=ancho)
    pagina, faltas = ventana.pagina, {}
    ventana.ir("/buscar/?q=vacunación&area=Salud")
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="CSV", exact=True).click()
    bajada.value.save_as(tmp_path / "lista.csv")
    with (tmp_path / "lista.csv").open(encoding="utf-8-sig") as archivo:
        assert len(list(csv.reader(archivo))) == 4
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    pagina.get_by_role("link", name="BibTeX").click()
    faltas["exportar"] = ventana.faltas_de_accesibilidad()
    pagina.get_by_role("button", name="Preparar la descarga").click()
    juntar_exportacion.func(Exportacion.objects.get().pk)
    pagina.get_by_role("link", name="Ver si ya está").click()
    faltas["exportación"] = ventana.faltas_de_accesibilidad()
    with pagina.expect_download() as bajada:
        pagina.get_by_role("link", name="Descargar el archivo").click()
    assert bajada.value.suggested_filename == "acervo-resultados.bib"
    faltas |= _seguir(ventana) | _guardar(ventana)
    assert {n: f for n, f in faltas.items() if f} == {}
    assert not ventana.desborda()


def _seguir(ventana):
    pagina, faltas = ventana.pagina, {}
    ventana.ir("/buscar/?q=vacunación")
    pagina.get_by_role("link", name="Avisarme de lo nuevo").click()
    faltas["aviso"] = ventana.faltas_de_accesibilidad()
    pagina.get_by_label("Su correo").fill("ciudadana@ejemplo.mx")
    pagina.get_by_role("button", name="Pedir los avisos").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Revise su correo")
    mail.outbox = []
    confirmar_aviso.func(BusquedaGuardada.objects.get().pk)
    ventana.ir(re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1])
    faltas["confirmar"] = ventana.faltas_de_accesibilidad()
    pagina.get_by_role("button", name="Confirmar los avisos").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Listo: le avisaremos de lo nuevo")
    return faltas


def _guardar(ventana):
    pagina, faltas = ventana.pagina, {}
    ventana.ir("/buscar/?q=vacunación")
    pagina.locator(".resultado h3 a").first.click()
    pagina.get_by_role("link", name="Guardar en el cuaderno").click()
    faltas["agregar"] = ventana.faltas_de_accesibilidad()
    pagina.get_by_label("Nota, si quiere").fill("Para el capítulo dos")
    pagina.get_by_role("button", name="Guardar en el cuaderno").click()
    expect(pagina.get_by_label(re.compile("^Nota"))).to_have_value("Para el capítulo dos")
    faltas["cuaderno"] = ventana.faltas_de_accesibilidad()
    pagina.get_by_role("button", name="Borrar el cuaderno").click()
    expect(pagina.get_by_text("Su cuaderno está vacío")).to_be_visible()
    return faltas


@pytest.mark.parametrize("con_guion", [True, False])
def test_todos_los_valores_se_buscan_y_se_marcan_varios(abrir, acervo, con_guion):
    ventana = abrir(ancho=320, con_guion=con_guion)
    pagina = ventana.pagina
    ventana.ir("/buscar/valores/tema/?q=vacunación")
    if con_guion:
        assert ventana.faltas_de_accesibilidad() == []
    pagina.get_by_label("Tema 1, 1").check()
    pagina.get_by_label("Buscar en esta lista").fill("tema 3")
    if not con_guion:
        pagina.get_by_role("button", name="Mostrar").click()
    expect(pagina.get_by_role("status")).to_have_text("1 valor lleva «tema 3».")
    expect(pagina.get_by_label("Tema 1, 1")).to_be_checked()
    pagina.get_by_label("Tema 3, 1").check()
    pagina.get_by_role("button", name="Ver los documentos de lo marcado").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("2 resultados de «vacunación»")
    assert not ventana.desborda()


@pytest.fixture
def encargada(abrir, acervo, settings):
    """La página de una descarga larga recién pedida, con el reloj en la mano."""
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    ventana = abrir()
    ventana.pagina.clock.install()
    ventana.ir("/buscar/exportar/?q=vacunación&en=csv")
    ventana.pagina.get_by_role("button", name="Preparar la descarga").click()
    ventana.pagina.wait_for_url("**/buscar/exportaciones/**")  # con su guion ya corrido: su primer plazo empezó
    return ventana


def correr_hasta(pagina, aparece):
    """Adelanta el reloj de la página segundo a segundo: entre uno y otro, el servidor contesta a su paso."""

    def aparecio():
        pagina.clock.run_for(1000)
        return aparece.is_visible()

    hasta_que(aparecio, 60, f"que aparezca {aparece}")


def test_la_descarga_larga_anuncia_su_avance_y_no_pierde_el_foco(encargada):
    ventana = encargada
    pagina = ventana.pagina
    pagina.evaluate("window.anunciado = document.querySelector('[role=status]')")
    pagina.get_by_role("link", name="Ver si ya está").focus()
    exportacion = Exportacion.objects.get()
    Trabajo.objects.filter(pk=exportacion.trabajo_id).update(avance=2, total=6)
    pagina.clock.fast_forward(4000)
    expect(pagina.get_by_role("status")).to_have_text("Van 2 de 6 documentos.")
    expect(pagina.get_by_role("progressbar", name="Van 2 de 6 documentos.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Ver si ya está")).to_be_focused()
    juntar_exportacion.func(exportacion.pk)
    pagina.clock.fast_forward(4000)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Su descarga está lista")
    expect(pagina.get_by_role("link", name="Descargar el archivo")).to_be_focused()
    assert pagina.evaluate("window.anunciado.isConnected && window.anunciado.textContent") == "6 documentos en CSV."


def test_la_descarga_larga_espera_mas_si_el_servidor_falla_y_deja_de_preguntar_si_ya_no_esta(encargada):
    ventana = encargada
    pagina = ventana.pagina
    preguntas, codigo = [], [503]

    def contestar(ruta):
        preguntas.append(codigo[0])
        ruta.fulfill(status=codigo[0], body="Error") if codigo[0] == 503 else ruta.continue_()

    pagina.route("**/buscar/exportaciones/**", contestar)
    correr_hasta(pagina, pagina.get_by_role("status").get_by_text("Seguimos intentando"))
    assert len(preguntas) == 2
    pagina.clock.run_for(7000)  # 3 s, 6, 12: en siete más no vuelve a preguntar, aunque la máquina se atrase
    assert len(preguntas) == 2
    Exportacion.objects.all().delete()
    codigo[0] = 404
    correr_hasta(pagina, pagina.get_by_role("heading", level=1, name="Esa descarga ya no está"))
    assert len(preguntas) == 3
    expect(pagina.get_by_role("link", name="Ir a la búsqueda")).to_be_visible()
    expect(pagina.get_by_role("button", name="Cancelar la descarga")).to_have_count(0)
    hechas = len(preguntas)
    pagina.clock.run_for(300_000)
    assert len(preguntas) == hechas
    assert ventana.faltas_de_accesibilidad() == []


def test_la_descarga_larga_se_cancela_y_una_pagina_se_guarda_junta(abrir, acervo, settings):
    settings.ACERVO_EXPORTACION_INMEDIATA = 0
    ventana = abrir(ancho=320)
    pagina, faltas = ventana.pagina, {}
    ventana.ir("/buscar/exportar/?q=vacunación&en=ris")
    pagina.get_by_role("button", name="Preparar la descarga").click()
    expect(pagina.get_by_role("status")).to_contain_text("Está en la fila")
    pagina.get_by_role("button", name="Cancelar la descarga").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Cancelamos su descarga")
    faltas["cancelada"] = ventana.faltas_de_accesibilidad()
    ventana.ir("/buscar/?q=vacunación")
    pagina.get_by_role("link", name="Guardar en su cuaderno los de esta página").click()
    faltas["varios"] = ventana.faltas_de_accesibilidad()
    pagina.locator("input[name=clave]").first.uncheck()
    pagina.get_by_role("button", name="Guardar los marcados").click()
    expect(pagina.get_by_text("5 documentos guardados")).to_be_visible()
    assert {n: f for n, f in faltas.items() if f} == {}
    assert not ventana.desborda()

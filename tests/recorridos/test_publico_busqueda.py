"""Lo que hace una ciudadana: busca, acota, abre y cae en la página. Con ratón, con teclado, sin JavaScript."""

import re
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from playwright.sync_api import expect

from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.indexacion.puerta import asegurar, poner_al_dia
from archivo.objetos.puerta import guardar as guardar_objeto
from archivo.salidas import Capitulo, DatosDePublicacion, Institucion, arbol_de_texto, publicacion_pdf
from tests import fabricas


@pytest.fixture(scope="session")
def informe():
    """Un informe de varias páginas con una frase sola en la última."""
    relleno = "La obra avanza según el calendario y se informa cada semana a las colonias. " * 40
    capitulos = [Capitulo(f"Capítulo {n}", arbol_de_texto(f"{relleno}\n\n{relleno}")) for n in range(1, 4)]
    capitulos.append(Capitulo("Mediciones", arbol_de_texto("El caudal del ornitorrinco alcanzó cuarenta y dos litros.")))
    datos = DatosDePublicacion(Institucion("Alcaldía Ejemplo"), "Informe", "Informe de obra", date(2024, 5, 6), capitulos)
    return publicacion_pdf(datos, date(2024, 5, 6))


@pytest.fixture
def acervo(transactional_db, informe):
    """Doce boletines de dos áreas y tres años, y el informe con sus páginas."""
    asegurar()
    for n in range(12):
        fabricas.publico(
            titulo=f"La vacunación llega a la colonia {n}",
            texto="La jornada de vacunación se hizo en la plaza. " * 5,
            resumen="Con este boletín se dio el calendario.",
            area=fabricas.area("Salud" if n % 3 else "Obras"),
            dia=date(2022 + n % 3, 1 + n, 5),
            temas=["Salud", "Colonias"],
        )
    item = fabricas.elemento(
        "publicacion", estado="publicado", titulo="Informe de obra", area=fabricas.area("Obras"), dia=date(2024, 5, 6)
    )
    documento = pypdfium2.PdfDocument(informe)
    textos = [hoja.get_textpage().get_text_range() for hoja in documento]
    documento.close()
    objeto = guardar_objeto(BytesIO(informe), mime="application/pdf", paginas=len(textos))
    adjuntar(item, AdjuntoNuevo(objeto=objeto, nombre="informe.pdf", paginas=textos), None)
    poner_al_dia()
    return item, len(textos)


def test_buscar_acotar_abrir_y_caer_en_la_pagina(abrir, acervo):
    item, ultima = acervo
    ventana = abrir()
    pagina = ventana.pagina
    ventana.ir("/")
    pagina.locator("#q").fill("ornitorrinco")
    pagina.get_by_role("button", name="Buscar").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile("^1 resultado de «ornitorrinco»"))
    pagina.get_by_label(re.compile("^Publicación oficial")).check()
    pagina.get_by_role("button", name="Aplicar filtros").click()
    expect(pagina).to_have_url(re.compile("tipo=publicacion"))
    pagina.get_by_role("link", name=re.compile(f"^en la página {ultima}")).click()
    expect(pagina).to_have_url(re.compile(f"/elemento/{item.clave}/pagina/{ultima}/"))
    expect(pagina.locator("mark").first).to_have_text("ornitorrinco")
    imagen = pagina.locator(".foja img")
    pagina.wait_for_load_state("networkidle")
    assert imagen.evaluate("e => e.naturalWidth") >= 800
    marca, hoja = pagina.locator(".foja rect").first.bounding_box(), imagen.bounding_box()
    assert hoja["x"] < marca["x"] < hoja["x"] + hoja["width"]
    assert hoja["y"] < marca["y"] < hoja["y"] + hoja["height"]
    pagina.get_by_role("link", name=re.compile("^Volver a los resultados")).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile("ornitorrinco"))


def test_todo_con_el_teclado(abrir, acervo):
    ventana = abrir()
    pagina = ventana.pagina
    ventana.ir("/")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("link", name="Saltar al contenido")).to_be_focused()
    pagina.keyboard.press("Enter")
    _tabular_hasta(pagina, "e => e.id === 'q'")
    pagina.keyboard.type("vacunación colonia")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/buscar/**")
    _tabular_hasta(pagina, "e => e.name === 'area' && e.value === 'Obras'")
    pagina.keyboard.press("Space")
    _tabular_hasta(pagina, "e => e.textContent.trim() === 'Aplicar filtros'")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**area=Obras**")
    _tabular_hasta(pagina, "e => e.matches('.resultado h3 a')")
    assert pagina.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/elemento/**")
    expect(pagina.locator("h1 mark").first).to_be_visible()


def _tabular_hasta(pagina, condicion):
    for _ in range(120):
        pagina.keyboard.press("Tab")
        if pagina.evaluate(f"({condicion})(document.activeElement)"):
            return
    raise AssertionError(f"El tabulador no llega a {condicion}")


def test_sin_javascript_todo_sigue_funcionando(abrir, acervo):
    ventana = abrir(ancho=320, con_guion=False)
    pagina = ventana.pagina
    ventana.ir("/")
    pagina.locator("#q").fill("vacunación")
    pagina.locator(".busca--g button").click()
    pagina.locator("details.plegable summary").click()
    pagina.locator("input[name=area][value=Obras]").check()
    pagina.locator(".aplicar button").click()
    expect(pagina).to_have_url(re.compile("area=Obras"))
    expect(pagina.locator(".resultado")).to_have_count(4)
    pagina.locator("#orden").select_option("-fecha")
    pagina.locator(".barra form button").click()
    expect(pagina).to_have_url(re.compile("area=Obras.*orden=-fecha|orden=-fecha.*area=Obras"))
    pagina.locator(".resultado h3 a").first.click()
    expect(pagina.locator("h1 mark")).to_have_count(1)


def test_las_sugerencias_se_eligen_con_las_flechas(abrir, acervo):
    ventana = abrir()
    pagina = ventana.pagina
    ventana.ir("/ayuda/")
    caja = pagina.locator("#q-cab")
    caja.press_sequentially("vacun")
    expect(pagina.get_by_role("option").first).to_have_text("vacunación")
    assert ventana.faltas_de_accesibilidad() == []
    caja.press("ArrowDown")
    caja.press("Enter")
    pagina.wait_for_url("**/buscar/?q=vacunaci**")
    caja = pagina.locator("#q-cab")
    caja.fill("")
    caja.press_sequentially("vacun")
    expect(pagina.get_by_role("option").first).to_be_visible()
    caja.press("Escape")
    expect(pagina.get_by_role("option").first).to_be_hidden()


def test_acercar_y_pasar_paginas_por_direccion(abrir, acervo):
    item, _ = acervo
    ventana = abrir()
    pagina = ventana.pagina
    ventana.ir(f"{item.get_absolute_url()}pagina/2/")
    pagina.get_by_role("link", name="Acercar").click()
    expect(pagina).to_have_url(re.compile("zoom=2"))
    assert not ventana.desborda()
    pagina.get_by_role("link", name="Página siguiente").click()
    expect(pagina).to_have_url(re.compile("/pagina/3/"))
    pagina.get_by_role("link", name="Miniaturas").click()
    expect(pagina.locator(".mosaico img").first).to_be_visible()


PAGINAS = {
    "portada": "/",
    "resultados": "/buscar/?q=vacunación&area=Salud",
    "vacia": "/buscar/?q=vacunación&anio=1987",
    "inexistente": "/nada/",
    "ayuda": "/ayuda/",
    "accesibilidad": "/accesibilidad/",
    "elemento": "{elemento}?q=obra",
    "pagina": "{elemento}pagina/3/?q=obra",
    "mosaico": "{elemento}?vista=miniaturas",
}


@pytest.mark.parametrize("ancho", [320, 1280])
def test_axe_no_encuentra_faltas_y_nada_desborda(abrir, acervo, ancho):
    item, _ = acervo
    ventana = abrir(ancho=ancho)
    for nombre, direccion in PAGINAS.items():
        ventana.ir(direccion.format(elemento=item.get_absolute_url()))
        for luz in ("dark", "light"):
            ventana.pagina.emulate_media(color_scheme=luz)
            assert ventana.faltas_de_accesibilidad() == [], (nombre, luz)
        assert not ventana.desborda(), nombre


def test_sin_buscador_la_pagina_de_aviso_tambien_se_lee(abrir, transactional_db):
    ventana = abrir(ancho=320)
    ventana.ir("/buscar/?q=agua")
    expect(ventana.pagina.get_by_role("heading", level=1)).to_have_text("La búsqueda no está disponible en este momento")
    assert ventana.faltas_de_accesibilidad() == []
    assert not ventana.desborda()


def test_lo_impreso_lleva_el_texto_y_no_los_botones(abrir, acervo):
    item, _ = acervo
    ventana = abrir()
    ventana.ir(item.get_absolute_url())
    ventana.pagina.emulate_media(media="print")
    expect(ventana.pagina.get_by_text("Esta impresión no es una copia certificada").first).to_be_visible()
    assert not ventana.pagina.locator(".busca").first.is_visible()
    assert not ventana.pagina.locator(".visor__barra").is_visible()

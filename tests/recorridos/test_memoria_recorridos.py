"""E20 en el navegador: la titular publica la memoria, y una ciudadana, sin JavaScript, llega de una cifra a su lista."""

from datetime import date

import pytest
from playwright.sync_api import expect

from archivo.indexacion.puerta import asegurar
from memoria_anual.cortes.puerta import cortar
from memoria_anual.edicion.puerta import MemoriaNueva, abrir_memoria, dar_paso, poner_corte, publicar
from memoria_anual.indicadores.puerta import leer_periodo
from tests import fabricas

PERIODO = leer_periodo("2026")


@pytest.fixture
def publicada(transactional_db):
    """La memoria de 2026, con tres boletines públicos y uno interno."""
    asegurar()
    ccs = fabricas.area("Comunicación Social")
    for n in (1, 3, 9):
        fabricas.publico(area=ccs, dia=date(2026, n, 5), titulo=f"Boletín de {n}")
    fabricas.boletin(area=ccs, dia=date(2026, 5, 5), titulo="Boletín canario", estado="publicado", acceso="interno")
    redactora, titular = (fabricas.persona(rol, en=ccs) for rol in ("redaccion", "titular"))
    memoria = abrir_memoria(MemoriaNueva(PERIODO, area=ccs), redactora)
    for paso in ("integrar", "editar"):
        dar_paso(memoria, redactora, paso)
    poner_corte(memoria, redactora, cortar(PERIODO))
    dar_paso(memoria, redactora, "enviar_a_revision")
    dar_paso(memoria, titular, "autorizar")
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


def test_cero_faltas_de_accesibilidad(abrir, publicada):
    ventana = abrir()
    for direccion in (
        "/memoria/",
        "/memoria/2026/",
        "/memoria/2026/capitulo/4/",
        "/memoria/2026/capitulo/17/",
        "/memoria/2026/cifra/BOL/",
    ):
        ventana.ir(direccion)
        assert ventana.faltas_de_accesibilidad() == [], direccion

"""La titular mira las cifras, abre lo que forma una, corta, ve qué cambió y revisa sus metas; con axe en cada pantalla."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from archivo.catalogo.puerta import transitar
from archivo.tareas.puerta import drenar
from memoria_anual.cortes.puerta import Corte
from memoria_anual.indicadores.puerta import IndicadorPropio, MedicionNueva, capturar, programar
from tests import fabricas

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def titular(abrir, client):
    """Una ventana con la sesión de la titular."""
    persona = fabricas.persona("titular", nombre="ana")
    client.force_login(persona)

    def entrar(ancho=1280):
        return abrir(ancho=ancho, cookies=[{"name": "sessionid", "value": client.cookies["sessionid"].value}])

    entrar.persona = persona
    return entrar


def _sembrar():
    boletines = [
        fabricas.publico(dia=date(2025, 1 + n % 9, 5 + n), titulo=f"Arranca la jornada de salud número {n}") for n in range(14)
    ]
    for n in range(11):
        fabricas.publico(dia=date(2024, 1 + n % 9, 5 + n))
    for n in range(6):
        ficha = {"tipo_medio": "prensa", "valoracion": ("positiva", "informativa", "negativa")[n % 3]}
        fabricas.elemento("recorte", estado="publicado", dia=date(2025, 2, 3 + n), ficha=ficha)
    capturar(
        MedicionNueva("RED", date(2025, 1, 1), date(2025, 3, 31), Decimal(340), "Panel de la red", concepto="Facebook"), None
    )
    for trimestre, meta in ((1, 4), (2, 9), (3, 4)):
        programar("BOL", (2025, trimestre), Decimal(meta), None)
    return boletines


def _mirar(ventana, nombre):
    ventana.pagina.evaluate("Promise.all(document.getAnimations().map(a => a.finished))")
    if carpeta := os.environ.get("CAPTURAS"):
        ventana.pagina.screenshot(path=Path(carpeta) / f"{nombre}.png", full_page=True)
    assert ventana.faltas_de_accesibilidad() == [], nombre
    assert not ventana.desborda(), nombre


def test_de_la_cifra_a_su_lista_al_corte_y_a_lo_que_cambio(titular):
    boletines = _sembrar()
    ventana = titular()
    ventana.ir("/admin/memoria/indicadores/?periodo=2025")
    _mirar(ventana, "memoria-indicadores")
    ventana.pagina.get_by_role("link", name="Boletines emitidos: 14 boletines").click()
    expect(ventana.pagina.get_by_role("heading", name="Lo que la forma: 14")).to_be_visible()
    _mirar(ventana, "memoria-indicador")
    ventana.pagina.get_by_role("link", name="Todos los indicadores").click()
    ventana.pagina.get_by_role("button", name="Cortar 2025").click()
    drenar()
    corte = Corte.objects.get()
    ventana.ir(f"/admin/memoria/cortes/{corte.pk}/")
    _mirar(ventana, "memoria-corte")
    transitar(boletines[3], "retirar", titular.persona, motivo="Datos personales a la vista")
    ventana.pagina.get_by_role("link", name="Comparar con ahora").click()
    expect(ventana.pagina.get_by_text("Pasó de «publicado» a «retirado». Motivo: Datos personales a la vista")).to_have_count(2)
    _mirar(ventana, "memoria-comparacion")


def test_las_demas_pantallas_se_leen_y_caben_en_un_telefono(titular):
    assert len(_sembrar()) == 14
    IndicadorPropio.objects.create(clave="SALUD", nombre="Salud", cuenta="Lo que habla de salud.", texto="salud", activo=False)
    for ancho in (1280, 400):
        ventana = titular(ancho=ancho)
        for donde, nombre in (
            ("metas/2025/", "metas"), ("mediciones/", "mediciones"), ("propios/", "propios"), ("propios/nuevo/", "propio"),
            ("cortes/", "cortes"), ("indicadores/?periodo=2025-T1", "indicadores-t1"),
        ):  # fmt: skip
            ventana.ir(f"/admin/memoria/{donde}")
            _mirar(ventana, f"memoria-{nombre}-{ancho}")


def test_un_indicador_se_arma_sin_programar(titular):
    _sembrar()
    ventana = titular()
    ventana.ir("/admin/memoria/propios/nuevo/")
    pagina = ventana.pagina
    pagina.get_by_label("Clave").fill("SALUD")
    pagina.get_by_label("Nombre").fill("Comunicación sobre salud")
    pagina.get_by_label("Qué cuenta").fill("Lo que habla de la jornada de salud.")
    pagina.get_by_label("Dirección de una búsqueda").fill("/buscar/?color=azul&q=salud")
    pagina.get_by_role("button", name="Guardar y ver qué cuenta").click()
    expect(pagina.get_by_text("No hay un filtro «color»")).to_be_visible()
    _mirar(ventana, "memoria-propio-mal")
    assert not IndicadorPropio.objects.exists()

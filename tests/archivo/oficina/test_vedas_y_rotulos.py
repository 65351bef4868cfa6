"""E22 y los nombres de opciones, por sus pantallas: quién las usa, qué anotan y qué dicen que está oculto."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, PeriodoVeda, RelacionNueva, Rotulo, relacionar, rotulo, tipo_de
from archivo.identidad.puerta import ANONIMO
from archivo.oficina.direcciones import direccion
from tests import fabricas

pytestmark = pytest.mark.django_db
HOY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def en_noviembre():
    with time_machine.travel("2026-11-22T18:00:00Z", tick=False) as reloj:
        yield reloj


@pytest.fixture
def campania():
    """Una campaña publicada con su cartel."""
    ejemplo = {t: dict(tipo_de(t).ficha.ejemplo) for t in ("campania", "impreso")}
    hecha = fabricas.elemento("campania", ficha=ejemplo["campania"], estado="publicado", titulo="Campaña corriente")
    cartel = fabricas.elemento("impreso", ficha=ejemplo["impreso"], estado="publicado", titulo="Cartel corriente")
    relacionar(cartel, RelacionNueva(hecha, "de_campania"), None)
    return hecha


def a_la_vista(item):
    return Item.objects.visibles_para(ANONIMO).filter(pk=item.pk).exists()


def pantalla(nombre, modelo="periodoveda", *args):
    return reverse(f"{modelo}:{nombre}", args=args)


def veda(**cambios):
    datos = {"nombre": "Elección local", "desde": str(HOY), "hasta": str(HOY + timedelta(days=9)), "fundamento": "LGCS 21"}
    return datos | {c: str(v) for c, v in cambios.items()}


def test_e22_al_guardar_la_veda_se_retira_se_dice_y_al_quitarla_vuelve(entrar, titular, campania):
    cliente = entrar(titular)
    assert "Hoy no rige ninguna veda" in cliente.get(pantalla("index")).content.decode()
    assert cliente.post(pantalla("add"), veda()).status_code == 302
    campania.refresh_from_db()
    assert not a_la_vista(campania)
    dicho = cliente.get(pantalla("index")).content.decode()
    assert "hay 2 elementos" in dicho and "Cartel corriente" in dicho
    periodo = PeriodoVeda.objects.get()
    assert cliente.post(pantalla("edit", "periodoveda", periodo.pk), veda(fundamento="LGCS 21 y 23")).status_code == 302
    cambio = Suceso.objects.get(clase="veda.cambiada")
    assert cambio.actor_id == titular.pk and cambio.detalle["cambios"] == {"fundamento": ["LGCS 21", "LGCS 21 y 23"]}
    assert cliente.post(pantalla("delete", "periodoveda", periodo.pk)).status_code == 302
    assert a_la_vista(campania) and Suceso.objects.filter(clase="veda.borrada", detalle__elementos=2).exists()


def test_corregir_las_fechas_la_levanta_en_el_acto(entrar, titular, campania):
    cliente = entrar(titular)
    cliente.post(pantalla("add"), veda())
    periodo = PeriodoVeda.objects.get()
    antes = {"desde": HOY - timedelta(days=9), "hasta": HOY - timedelta(days=1)}
    assert cliente.post(pantalla("edit", "periodoveda", periodo.pk), veda(**antes)).status_code == 302
    assert a_la_vista(campania)


def test_las_fechas_al_reves_no_se_guardan(entrar, titular):
    respuesta = entrar(titular).post(pantalla("add"), veda(hasta=HOY - timedelta(days=1)))
    assert respuesta.status_code == 200 and "no puede terminar antes" in respuesta.content.decode()
    assert not PeriodoVeda.objects.exists()


def test_administracion_sabe_cuantos_sin_ver_lo_que_no_lee(entrar, persona, titular, campania):
    entrar(titular).post(pantalla("add"), veda())
    dicho = entrar(persona("admin", "administracion")).get(pantalla("index")).content.decode()
    assert "hay 2 elementos" in dicho and "Cartel corriente" not in dicho


@pytest.mark.parametrize("modelo", ["periodoveda", "rotulo"])
def test_quien_no_gobierna_no_entra(entrar, redactora, modelo):
    assert entrar(redactora).get(pantalla("index", modelo)).status_code in {302, 403}
    entrar(redactora).post(pantalla("add", modelo), {**veda(), "lista": "valoracion", "clave": "informativa"})
    assert not PeriodoVeda.objects.exists() and not Rotulo.objects.exists()


def test_un_nombre_propio_se_usa_en_la_captura_y_quitarlo_lo_repone(entrar, titular):
    cliente = entrar(titular)
    datos = {"lista": "valoracion", "clave": "informativa", "nombre": "Neutral"}
    assert cliente.post(pantalla("add", "rotulo"), datos).status_code == 302
    assert rotulo("valoracion", "informativa") == "Neutral"
    captura = cliente.get(direccion(tipo_de("recorte").modelo, "add")).content.decode()
    assert "Neutral" in captura and ">Informativa<" not in captura
    repetido = cliente.post(pantalla("add", "rotulo"), datos | {"nombre": "Otro"})
    assert repetido.status_code == 200 and Rotulo.objects.count() == 1
    ajeno = cliente.post(pantalla("add", "rotulo"), datos | {"clave": "inventada"})
    assert ajeno.status_code == 200 and Rotulo.objects.count() == 1
    propio = Rotulo.objects.get()
    cliente.post(pantalla("edit", "rotulo", propio.pk), datos | {"nombre": "Sin inclinación"})
    assert Suceso.objects.get(clase="rotulo.cambiada").detalle["cambios"] == {"nombre": ["Neutral", "Sin inclinación"]}
    cliente.post(pantalla("delete", "rotulo", propio.pk))
    assert rotulo("valoracion", "informativa") == "Informativa"

"""El aviso de duplicados al capturar: se muestra lo que ya está, y la persona decide."""

import pytest

from archivo.catalogo.puerta import Edicion, Item, guardar, tipo_de
from archivo.oficina.direcciones import direccion
from tests.archivo.oficina.conftest import datos_de

pytestmark = pytest.mark.django_db
BOLETIN = tipo_de("boletin")


@pytest.fixture
def previo(redactora, areas):
    nuevo = BOLETIN.modelo(titulo="Arranca la jornada de salud", area=areas["CCS"], url="https://eldiario.mx/nota/1")
    return guardar(nuevo, Edicion(actor=redactora))


def escribir(cliente, **cambios):
    alta = direccion(BOLETIN.modelo, "add")
    pagina = cliente.get(alta)
    datos = datos_de(pagina.context["form"], pagina.context["anexos"], titulo="Otra cosa", **cambios)
    return alta, datos, cliente.post(alta, datos)


def test_la_misma_direccion_con_rastreo_se_avisa_y_se_puede_guardar_igual(previo, entrar, redactora):
    cliente = entrar(redactora)
    alta, datos, respuesta = escribir(cliente, url="https://www.eldiario.mx/nota/1/?utm_source=x")
    assert respuesta.status_code == 200 and Item.objects.count() == 1
    hoja = respuesta.content.decode()
    assert "se parece a algo que ya está" in hoja and previo.clave in hoja
    assert "Tiene la misma dirección de origen." in hoja and "Arranca la jornada de salud" in hoja
    assert cliente.post(alta, datos | {"duplicados_vistos": previo.clave}).status_code == 302
    assert Item.objects.count() == 2


def test_lo_distinto_se_guarda_sin_preguntar(previo, entrar, redactora):
    assert escribir(entrar(redactora), url="https://eldiario.mx/nota/2")[2].status_code == 302


def test_no_se_avisa_de_lo_ajeno(entrar, redactora, areas):
    ajeno = BOLETIN.modelo(titulo="Canario ajeno", area=areas["OBR"], acceso="reservado", url="https://eldiario.mx/nota/1")
    guardar(ajeno, Edicion(actor=None))
    respuesta = escribir(entrar(redactora), url="https://eldiario.mx/nota/1")[2]
    assert respuesta.status_code == 302


def test_corregir_otra_cosa_no_pregunta(previo, entrar, redactora, areas):
    gemelo = BOLETIN.modelo(titulo="Arranca la jornada de salud", area=areas["CCS"], url="https://eldiario.mx/nota/1")
    guardar(gemelo, Edicion(actor=redactora))
    cliente = entrar(redactora)
    edita = direccion(BOLETIN.modelo, "edit", gemelo.pk)
    pagina = cliente.get(edita)
    datos = datos_de(pagina.context["form"], pagina.context["anexos"])
    assert cliente.post(edita, datos | {"resumen": "Un resumen."}).status_code == 302

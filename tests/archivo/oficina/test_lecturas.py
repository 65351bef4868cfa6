"""Quién abrió lo que no es público: se anota, se muestra a quien debe saberlo y, si no se puede anotar, no se abre."""

import pytest
from django.core.cache import cache
from django.db import connection

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import Item, fijar_acceso
from archivo.oficina.direcciones import direccion

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_memoria():
    cache.clear()


@pytest.fixture
def reservado(boletin, titular):
    return fijar_acceso(boletin, "reservado", titular, "Prueba de daño")


def lecturas(item):
    return Suceso.objects.filter(objeto=f"item:{item.clave}", clase="item.consultado")


def test_quien_lo_abrio_lo_saben_la_titular_transparencia_y_auditoria(entrar, persona, titular, redactora, reservado):
    entrar(redactora).get(direccion(type(reservado), "inspect", reservado.pk))
    Item.objects.filter(pk=reservado.pk).update(estado="publicado")
    ajena = persona("ajena", "titular", area="OBR")
    esperado = {
        titular: True, persona("ut", "unidad_transparencia"): True, persona("auditora", "auditoria"): True, redactora: False,
    }  # fmt: skip
    for usuario, sabe in esperado.items():
        for nombre in ("inspect", "history"):
            pagina = entrar(usuario).get(direccion(type(reservado), nombre, reservado.pk)).content.decode()
            assert ("Quién lo abrió" in pagina) is sabe, (usuario, nombre)
            assert ("oficina: consultar" in pagina) is sabe, (usuario, nombre)
    assert entrar(ajena).get(direccion(type(reservado), "inspect", reservado.pk)).status_code == 404


def test_si_la_constancia_no_se_puede_escribir_lo_reservado_no_se_abre(entrar, titular, reservado):
    cliente = entrar(titular)
    cliente.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auditoria_suceso RENAME TO auditoria_suceso_rota")
    for camino in (reservado.get_absolute_url(), direccion(type(reservado), "inspect", reservado.pk)):
        respuesta = cliente.get(camino)
        assert respuesta.status_code >= 500
        assert reservado.titulo not in b"".join(respuesta).decode()


def test_de_lo_interno_se_anota_una_vez_cada_diez_minutos(entrar, persona, boletin):
    fijar_acceso(boletin, "interno", None)
    Item.objects.filter(pk=boletin.pk).update(estado="publicado")
    cliente = entrar(persona("lectora", "monitoreo"))
    for _ in range(3):
        assert cliente.get(boletin.get_absolute_url()).status_code == 200
    assert lecturas(boletin).count() == 1


def test_de_lo_reservado_se_anota_cada_mirada(entrar, titular, reservado):
    cliente = entrar(titular)
    for _ in range(3):
        cliente.get(reservado.get_absolute_url())
    assert lecturas(reservado).count() == 3


def test_de_lo_publico_no_se_anota_quien_lee(entrar, titular, boletin):
    fijar_acceso(boletin, "publico", titular)
    Item.objects.filter(pk=boletin.pk).update(estado="publicado")
    entrar(titular).get(boletin.get_absolute_url())
    assert not lecturas(boletin).exists()


def test_leer_lo_interno_no_se_impide_si_la_bitacora_falla(entrar, titular, boletin, caplog):
    fijar_acceso(boletin, "interno", titular)
    Item.objects.filter(pk=boletin.pk).update(estado="publicado")
    cliente = entrar(titular)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE auditoria_suceso RENAME TO auditoria_suceso_rota")
    assert cliente.get(boletin.get_absolute_url()).status_code == 200
    assert "No se pudo anotar" in caplog.text

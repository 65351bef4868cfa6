"""La tabla de oficios, escrita de otra manera y recorrida entera: rol por acción."""

import pytest

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.estados import ESTADOS
from archivo.catalogo.models import Item
from archivo.catalogo.puerta import (
    NIVELES,
    CambioRechazado,
    Edicion,
    fijar_acceso,
    guardar,
    niveles_que_fija,
    pasos_posibles,
    puede_capturar,
    puede_corregir,
    sabe_quien_abrio,
    tipo_de,
    todos_los_tipos,
)
from archivo.identidad.puerta import ROLES, lector_de
from tests import fabricas

pytestmark = pytest.mark.django_db

CAPTURAN = {
    "boletin": {"titular", "redaccion", "archivo_tramite"},
    "publicacion": {"titular", "redaccion", "archivo_tramite"},
    "recorte": {"monitoreo"},
    "sintesis": {"monitoreo"},
    "audiovisual": {"fotografia_video"},
    "impreso": {"diseno"},
    "evento": {"redaccion", "fotografia_video"},
    "campania": {"redaccion"},
    "documento": {"archivo_tramite", "archivo_concentracion", "archivo_historico"},
}
"""Quién tiene que poder capturar cada tipo, según su oficio."""
JAMAS_CAPTURAN = {"auditoria", "administracion", "cotejo", "certificacion", "comite_transparencia", "unidad_transparencia"}
DESCRIBEN = {"archivo_tramite", "archivo_concentracion", "archivo_historico"}
CLASIFICAN = {"titular", "redaccion", "monitoreo", "archivo_tramite", "unidad_transparencia", "comite_transparencia"}
SABEN = {"titular", "unidad_transparencia", "comite_transparencia", "auditoria"}
AUTORIZAN = {"titular"}


@pytest.fixture
def lectores():
    """Una persona de cada rol, en la misma área."""
    area = fabricas.area("Prensa")
    return area, {rol: lector_de(fabricas.persona(rol, en=area)) for rol in ROLES}


def test_cada_rol_captura_los_tipos_de_su_oficio(lectores):
    area, personas = lectores
    for tipo, esperados in CAPTURAN.items():
        pueden = {rol for rol, lector in personas.items() if puede_capturar(lector, tipo, area.pk)}
        assert esperados <= pueden, (tipo, esperados - pueden)
        assert not pueden & JAMAS_CAPTURAN, tipo


def test_ningun_tipo_queda_sin_quien_lo_capture_ni_lo_captura_cualquiera():
    for tipo in todos_los_tipos():
        assert set(tipo.escriben) <= set(ROLES) - JAMAS_CAPTURAN, tipo.codigo
        assert tipo.escriben, tipo.codigo


def test_fuera_de_su_area_nadie_captura_ni_corrige(lectores):
    _, personas = lectores
    otra = fabricas.area("Otra")
    item = fabricas.publico(area=otra)
    for rol, lector in personas.items():
        assert not any(puede_capturar(lector, t.codigo, otra.pk) for t in todos_los_tipos()), rol
        assert not puede_corregir(lector, item), rol
        assert not niveles_que_fija(lector, otra.pk), rol
        assert not pasos_posibles(item, lector), rol


def test_describir_es_de_quien_captura_el_tipo_y_de_los_archivos(lectores):
    area, personas = lectores
    for tipo in ("boletin", "recorte", "impreso"):
        item = fabricas.elemento(tipo, estado="publicado", area=area)
        pueden = {rol for rol, lector in personas.items() if puede_corregir(lector, item)}
        assert pueden == set(tipo_de(tipo).escriben) | DESCRIBEN, tipo


def test_el_acceso_lo_fija_quien_puede_y_el_historico_no_clasifica(lectores):
    area, personas = lectores
    for rol, lector in personas.items():
        esperados = set(NIVELES) if rol in CLASIFICAN else set()
        if rol == "archivo_historico":
            esperados = {"publico", "restringido_derechos", "interno"}
        assert niveles_que_fija(lector, area.pk) == esperados, rol


@pytest.mark.parametrize("rol", ["fotografia_video", "diseno", "archivo_concentracion", "archivo_historico"])
def test_el_servicio_niega_clasificar_a_quien_no_puede_y_lo_anota(rol):
    item = fabricas.elemento(acceso="interno")
    with pytest.raises(CambioRechazado, match="corresponde a"):
        fijar_acceso(item, "reservado", fabricas.persona(rol))
    assert Item.objects.get(pk=item.pk).acceso == "interno"
    negado = Suceso.objects.get(resultado="rechazado")
    assert (negado.clase, negado.objeto) == ("item.corregido", f"item:{item.clave}")


def test_quien_fotografia_corrige_sin_tocar_el_acceso():
    fotografa = fabricas.persona("fotografia_video")
    item = fabricas.elemento("audiovisual", acceso="interno", actor=fotografa)
    item.titulo = "Otro título"
    guardar(item, Edicion(actor=fotografa))
    assert Item.objects.get(pk=item.pk).titulo == "Otro título"


def test_autorizar_es_solo_de_la_titular(lectores):
    area, personas = lectores
    item = fabricas.boletin(estado="en_revision", area=area)
    autorizan = {rol for rol, lector in personas.items() if "autorizar" in {t.accion for t in pasos_posibles(item, lector)}}
    assert autorizan == AUTORIZAN


def test_quien_solo_consulta_no_da_ningun_paso(lectores):
    area, personas = lectores
    for estado in ESTADOS:
        item = fabricas.boletin(estado=estado, area=area)
        for rol in ("auditoria", "administracion", "unidad_transparencia", "comite_transparencia", "cotejo", "certificacion"):
            assert not pasos_posibles(item, personas[rol]), (rol, estado)


def test_quien_sabe_quien_abrio(lectores):
    area, personas = lectores
    item = fabricas.elemento(acceso="reservado", estado="publicado", area=area)
    assert {rol for rol, lector in personas.items() if sabe_quien_abrio(lector, item)} == SABEN

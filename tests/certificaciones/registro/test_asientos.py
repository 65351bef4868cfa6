"""Asentar: lugares sin huecos, hojas sin nada que no sea público, y pruebas que se sostienen solas."""

import json
import stat

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import HistoriaInmutable
from certificaciones.registro.llaves import ruta_de
from certificaciones.registro.models import Asiento, NodoDelArbol, PuntoDeControl
from certificaciones.registro.puerta import (
    ErrorDeRegistro,
    HojaInvalida,
    LlavePerdida,
    asentar,
    llave_publica,
    prueba_de,
    prueba_de_continuidad,
    punto_de_control,
)
from tests.certificaciones.registro.fabricas import asentar_varias, hoja
from verificador.arbol import continua, huella_de_hoja, incluye, raiz_de
from verificador.nota import esta_firmada, leer_camino, leer_llave, leer_punto
from verificador.prueba import leer_prueba

pytestmark = pytest.mark.django_db


def test_los_lugares_no_tienen_huecos_y_cada_registro_lleva_los_suyos():
    asentar_varias(3)
    asentar_varias(2, "ensayos")
    assert list(Asiento.objects.values_list("registro", "indice")) == [
        ("ensayos", 0), ("ensayos", 1), ("expedidas", 0), ("expedidas", 1), ("expedidas", 2),
    ]  # fmt: skip
    assert llave_publica("expedidas") != llave_publica("ensayos")


def test_una_transaccion_deshecha_no_consume_lugar():
    asentar_varias(1)
    with pytest.raises(RuntimeError), transaction.atomic():
        asentar("expedidas", hoja(2))
        raise RuntimeError
    assert [a.indice for a in asentar_varias(1)] == [1]


@pytest.mark.django_db(transaction=True)
def test_fuera_de_una_transaccion_o_en_otro_registro_no_se_asienta():
    with pytest.raises(ErrorDeRegistro, match="No hay un registro"):
        asentar("otro", hoja(1))
    with pytest.raises(ErrorDeRegistro, match="transacción"):
        asentar("expedidas", hoja(1))


@pytest.mark.parametrize("tamano", [1, 2, 3, 7, 8, 21])
def test_el_punto_firmado_es_la_raiz_y_cada_prueba_se_sostiene(tamano):
    asientos = asentar_varias(tamano)
    punto, llave = punto_de_control("expedidas"), leer_llave(llave_publica("expedidas"))
    raiz = raiz_de(huella_de_hoja(a.hoja.encode()) for a in asientos)
    assert (punto.tamano, punto.raiz) == (tamano, raiz.hex())
    for asiento in asientos:
        prueba = leer_prueba(prueba_de(asiento))
        dicho = leer_punto(prueba.nota)
        assert esta_firmada(prueba.nota, llave)
        assert incluye(huella_de_hoja(prueba.hoja), prueba.indice, dicho.tamano, prueba.camino, dicho.raiz)
        assert prueba.datos() == json.loads(asiento.hoja)


def test_la_continuidad_entre_dos_puntos_se_sostiene():
    asentar_varias(12)
    raices = {p.tamano: bytes.fromhex(p.raiz) for p in PuntoDeControl.objects.all()}
    for antes in range(1, 13):
        camino = leer_camino(prueba_de_continuidad("expedidas", antes, 12))
        assert continua((antes, raices[antes]), (12, raices[12]), camino)
    with pytest.raises(ErrorDeRegistro, match="12 asientos"):
        prueba_de_continuidad("expedidas", 3, 13)


@pytest.mark.parametrize(
    "cambio",
    [{"solicitante": "Ana"}, {"codigo": "K7"}, {"sha256": "no"}, {"fojas": -1}, {"fojas": True}, {"t": "otra"}, {"folio": "a\nb"},
     {"tipo": "x" * 201}, {"anexos": ["corta"]}],
)  # fmt: skip
def test_la_hoja_no_admite_lo_que_no_puede_ser_publico(cambio):
    with pytest.raises(HojaInvalida):
        asentar("expedidas", hoja(1) | cambio)
    assert not Asiento.objects.exists()


def test_la_hoja_exige_lo_indispensable():
    incompleta = hoja(1)
    del incompleta["emitido"]
    with pytest.raises(HojaInvalida, match="emitido"):
        asentar("expedidas", incompleta)


def test_la_llave_es_solo_del_archivo_y_si_se_pierde_no_se_inventa_otra():
    asentar_varias(1)
    ruta = ruta_de("expedidas")
    assert stat.S_IMODE(ruta.stat().st_mode) == 0o600
    assert llave_publica("expedidas").startswith("127.0.0.1/registro/expedidas+")
    ruta.unlink()
    with pytest.raises(LlavePerdida, match="respaldo"):
        asentar_varias(1)
    ruta.write_text("PRIVATE+KEY+x+0+AAAA\n")
    with pytest.raises(LlavePerdida, match="dañada"):
        llave_publica("expedidas")


@pytest.mark.parametrize("modelo", [Asiento, NodoDelArbol, PuntoDeControl])
def test_nada_de_lo_asentado_se_cambia_ni_se_borra(modelo):
    asentar_varias(2)
    fila = modelo.objects.first()
    with pytest.raises(HistoriaInmutable):
        fila.save()
    for orden in (f"UPDATE {modelo._meta.db_table} SET registro = 'x'", f"DELETE FROM {modelo._meta.db_table}"):
        with pytest.raises(DatabaseError, match="sólo admite filas nuevas"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden)

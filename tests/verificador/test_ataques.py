"""Una copia de ensayo hecha por el producto, atacada de todas las formas conocidas: el verificador sin red las delata todas."""

import hashlib
import json

import pytest

from archivo.objetos.puerta import ruta_local
from certificaciones.actos.puerta import ensayar, prueba_de_certificacion
from certificaciones.firma import pki_de_ensayo
from certificaciones.registro.puerta import llave_publica
from tests.certificaciones.firma.ataques import TODOS, bits_al_azar
from tests.fabricas import publico
from verificador.dictamen import Medios, examinar
from verificador.firma import revisar_firma
from verificador.nota import leer_llave
from verificador.prueba import Prueba, leer_prueba

pytestmark = pytest.mark.django_db
SIN_FIRMA_QUE_LO_NOTE = {"relleno_cambiado", "minusculas"}
"""Cambian el hueco de la firma, que ninguna firma cubre: los delata la huella."""


@pytest.fixture
def ensayo(tmp_path, settings):
    """La copia en disco, su prueba y con qué se comprueba, hasta la raíz de ensayo."""
    acto = ensayar(publico(texto="Se informa de la reparación de la red. " * 30)).certificacion
    ruta = tmp_path / "copia.pdf"
    ruta.write_bytes(ruta_local(acto.objeto).read_bytes())
    confianza = pki_de_ensayo(settings.ACERVO_DATOS / "ensayo").confianza
    medios = Medios(leer_llave(llave_publica("ensayos")), [*confianza.raices, *confianza.intermedias])
    return ruta, leer_prueba(prueba_de_certificacion(acto)), medios


def test_intacta_es_autentica_y_de_ensayo(ensayo):
    hecho = examinar(*ensayo)
    assert (hecho.resultado, hecho.ensayo) == ("autentica", True)
    assert {c.que: c.salida for c in hecho.comprobaciones}["firma"] in {"bien", "sin_comprobar"}


def test_cada_ataque_se_delata_por_la_huella_y_los_de_contenido_tambien_por_la_firma(ensayo):
    ruta, prueba, medios = ensayo
    intacta = ruta.read_bytes()
    for ataque in TODOS:
        ruta.write_bytes(ataque(intacta))
        assert examinar(ruta, prueba, medios).resultado == "alterada", ataque.__name__
        if ataque.__name__ not in SIN_FIRMA_QUE_LO_NOTE:
            assert revisar_firma(ruta, medios.raices)[0] != "bien", ataque.__name__


def test_quinientos_bits_al_azar_se_delatan(ensayo):
    ruta, prueba, _ = ensayo
    debida = prueba.datos()["sha256"]
    alteradas = [hashlib.sha256(contenido).hexdigest() for _, contenido in bits_al_azar(ruta.read_bytes(), 500, semilla=7)]
    assert len(alteradas) == 500
    assert debida not in alteradas


def test_cambiar_tambien_la_prueba_no_le_sirve(ensayo):
    ruta, prueba, medios = ensayo
    ruta.write_bytes(ruta.read_bytes() + b"\n%hola\n")
    huella = hashlib.sha256(ruta.read_bytes()).hexdigest()
    hoja = json.dumps(prueba.datos() | {"sha256": huella}, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    falsa = Prueba(hoja.encode(), prueba.indice, prueba.camino, prueba.nota, prueba.sellos)
    hecho = examinar(ruta, falsa, medios)
    assert {c.que: c.salida for c in hecho.comprobaciones}["archivo"] == "bien"
    assert hecho.resultado != "autentica"

"""Toda copia alterada se dice alterada; ningún archivo, por hostil que sea, tira la validación."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from certificaciones.firma import Confianza, Titular, completar, firmar, pedir, pki_de_ensayo, validar
from tests.certificaciones.firma.ataques import TODOS, bits_al_azar
from tests.certificaciones.firma.papel import hacer_papel

ANA = Titular("ANA PÉREZ", "PEXA800101AAA", "PEXA800101MDFXXX01")
HUECO = re.compile(rb"/Contents\s*<([0-9A-F]{200,})>")


def dictamen_de(contenido: bytes, confianza: Confianza, carpeta: Path):
    archivo = carpeta / "atacada.pdf"
    archivo.write_bytes(contenido)
    return validar(archivo, confianza)


def test_la_copia_intacta_vale(copia_de_la_sesion, pki):
    dictamen = validar(copia_de_la_sesion, pki.confianza)
    assert dictamen.valida, dictamen.motivos


@pytest.mark.parametrize("ataque", TODOS, ids=lambda ataque: ataque.__name__)
def test_cada_ataque_se_reporta(copia_de_la_sesion, pki, tmp_path, ataque):
    dictamen = dictamen_de(ataque(copia_de_la_sesion.read_bytes()), pki.confianza, tmp_path)
    assert not dictamen.valida
    assert all(motivo.endswith((".", ")")) for motivo in dictamen.motivos)
    assert dictamen.motivos


def bits_que_pasan(copia, confianza, carpeta, cuantos, semilla):
    """Los lugares donde un bit cambiado al azar no se notó."""
    return [
        donde
        for donde, contenido in bits_al_azar(copia.read_bytes(), cuantos, semilla)
        if dictamen_de(contenido, confianza, carpeta).valida
    ]


def test_un_bit_cambiado_donde_sea_se_nota(copia_de_la_sesion, pki, tmp_path):
    assert bits_que_pasan(copia_de_la_sesion, pki.confianza, tmp_path, 25, semilla=1) == []


@pytest.mark.lento
def test_quinientos_bits_cambiados_se_notan(copia_de_la_sesion, pki, tmp_path):
    assert bits_que_pasan(copia_de_la_sesion, pki.confianza, tmp_path, 500, semilla=2) == []


@pytest.mark.lento
def test_cada_byte_suelto_del_hueco_se_nota(copia_de_la_sesion, pki, tmp_path):
    """Lo que ninguna firma cubre: versiones, algoritmos, nombres y relleno del CMS, cifra por cifra."""
    copia = copia_de_la_sesion.read_bytes()
    hueco = HUECO.search(copia)
    escrito = len(hueco.group(1).rstrip(b"0"))
    pasaron = []
    for lugar in range(hueco.start(1), hueco.start(1) + escrito, 7):
        otra = b"%X" % (int(copia[lugar : lugar + 1], 16) ^ 1)
        atacada = copia[:lugar] + otra + copia[lugar + 1 :]
        if dictamen_de(atacada, pki.confianza, tmp_path).valida:
            pasaron.append(lugar - hueco.start(1))
    assert pasaron == []


@pytest.mark.parametrize("desde", [25, 32, 2 * 25, 2 * 32, 2 * 37])
def test_la_cabecera_del_cms_no_se_puede_tocar(copia_de_la_sesion, pki, tmp_path, desde):
    copia = copia_de_la_sesion.read_bytes()
    lugar = HUECO.search(copia).start(1) + desde + 1
    otra = b"%X" % (int(copia[lugar : lugar + 1], 16) ^ 1)
    assert not dictamen_de(copia[:lugar] + otra + copia[lugar + 1 :], pki.confianza, tmp_path).valida


@pytest.mark.parametrize(
    "contenido", [b"", b"%PDF-1.7\n", b"<html></html>", b"%PDF-1.7\n1 0 obj\n<<" + b"[" * 50_000, os.urandom(4096)]
)
def test_lo_que_no_es_una_copia_tiene_dictamen(pki, tmp_path, contenido):
    dictamen = dictamen_de(contenido, pki.confianza, tmp_path)
    assert not dictamen.valida
    assert dictamen.motivos


def test_sin_firmar_no_vale(papel, pki):
    assert validar(papel, pki.confianza).motivos == ("No tiene ninguna firma.",)


def test_la_firma_de_otra_raiz_no_vale(copia_de_la_sesion, tmp_path_factory, pki):
    ajena = pki_de_ensayo(tmp_path_factory.mktemp("ajena"))
    assert not validar(copia_de_la_sesion, ajena.confianza).valida
    assert validar(copia_de_la_sesion, ajena.confianza.unir(pki.confianza)).valida
    assert not validar(copia_de_la_sesion, Confianza(())).valida


def test_vale_anios_despues_con_el_certificado_vencido(papel, pki, tmp_path):
    identidad = pki.emitir(ANA, dias=3)
    firmar(papel, tmp_path / "copia.pdf", pki.firmante(identidad), pki.servicios())
    dictamen = validar(tmp_path / "copia.pdf", pki.confianza)
    with time_machine.travel(dictamen.momento + timedelta(days=365 * 6)):
        despues = validar(tmp_path / "copia.pdf", pki.confianza)
    assert despues.valida, despues.motivos
    assert despues.momento == dictamen.momento
    with time_machine.travel(dictamen.momento + timedelta(days=365 * 25)):
        assert validar(tmp_path / "copia.pdf", pki.confianza).avisos


def test_un_sello_del_futuro_no_vale(copia_de_la_sesion, pki):
    momento = validar(copia_de_la_sesion, pki.confianza).momento
    with time_machine.travel(momento - timedelta(days=1)):
        assert "fecha que no ha llegado" in validar(copia_de_la_sesion, pki.confianza).motivos[0]


def test_dos_firmas_no_son_una_copia(pki, tmp_path):
    """Una segunda firma, aunque sea buena, cambia lo que se certificó."""
    papel = hacer_papel(tmp_path / "papel.pdf")
    identidad = pki.emitir(ANA)
    peticion = pedir(papel, tmp_path / "t.pdf", identidad.certificado, pki.servicios())
    completar(peticion, pki.firmante(identidad).firmar(peticion.atributos), tmp_path / "una.pdf", pki.servicios())
    una = (tmp_path / "una.pdf").read_bytes()
    dos = una + una[len(papel.read_bytes()) :]
    assert not dictamen_de(dos, pki.confianza, tmp_path).valida

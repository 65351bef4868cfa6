"""El hueco de la firma se compara con la misma firma vuelta a escribir, como lo haría la biblioteca de una sola vez."""

import random

import pytest
from asn1crypto import cms

from certificaciones.firma.hueco import como_se_escribe
from tests.certificaciones.firma.test_validacion import HUECO


@pytest.fixture(scope="module")
def firma(copia_de_la_sesion):
    crudo = bytes.fromhex(HUECO.search(copia_de_la_sesion.read_bytes()).group(1).decode())
    return crudo[: len(cms.ContentInfo.load(crudo).dump())]


def _igual_a_como_se_escribe(crudo, escribir):
    try:
        return escribir(crudo) == crudo
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def test_por_partes_se_escribe_lo_mismo_que_de_una_vez(firma):
    assert como_se_escribe(firma) == firma == cms.ContentInfo.load(firma).dump(force=True)


def test_por_partes_se_nota_lo_mismo_que_de_una_vez(firma):
    azar, distintos = random.Random(4), []
    for lugar in azar.sample(range(len(firma)), 8):
        cambiada = bytearray(firma)
        cambiada[lugar] ^= 1 << azar.randrange(8)
        por_partes = _igual_a_como_se_escribe(bytes(cambiada), como_se_escribe)
        if por_partes != _igual_a_como_se_escribe(
            bytes(cambiada), lambda c: cms.ContentInfo.load(c, strict=True).dump(force=True)
        ):
            distintos.append(lugar)
    assert distintos == []


def test_un_largo_escrito_de_mas_se_nota(firma):
    """DER no admite `81 xx` donde basta `xx`: otra escritura de lo mismo ya no es el archivo que se entregó."""
    oid = firma.index(bytes.fromhex("06092a864886f70d010702"))
    larga = firma[:oid] + b"\x06\x81" + firma[oid + 1 :]
    externo = int.from_bytes(firma[2:4], "big") + 1
    assert como_se_escribe(larga[:2] + externo.to_bytes(2, "big") + larga[4:]) == firma

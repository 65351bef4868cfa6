"""Las autoridades configuradas y la alarma de las que vencen."""

from datetime import UTC, datetime, timedelta

import pytest

from certificaciones.firma import (
    FirmaSinConfigurar,
    confianza_de_la_casa,
    firmar,
    sellos_de_la_casa,
    servicios_de_la_casa,
    validar,
)
from certificaciones.firma.checks import anclas_vigentes, por_vencer
from tests.certificaciones.firma.test_servicios import autoridad


def poner_anclas(carpeta, pki):
    """La carpeta de anclas, con la PKI de ensayo."""
    confianza = pki.confianza
    for nombre, archivos in (("raices", confianza.raices), ("intermedias", confianza.intermedias), ("listas", confianza.listas)):
        (carpeta / nombre).mkdir(parents=True)
        for n, archivo in enumerate(archivos):
            (carpeta / nombre / f"{n}.der").write_bytes(archivo.dump())
    return carpeta


@pytest.fixture
def casa(settings, pki, tmp_path):
    """Una institución con todo configurado."""
    settings.ACERVO_ANCLAS = str(poner_anclas(tmp_path / "anclas", pki))
    with autoridad(pki.sellos.responder) as (tsa, _), autoridad(pki.estados.responder) as (estados, _):
        settings.ACERVO_TSA, settings.ACERVO_OCSP = tsa, estados
        yield settings


def test_con_todo_configurado_se_firma(casa, papel, pki, tmp_path):
    firmar(papel, tmp_path / "copia.pdf", pki.firmante(), servicios_de_la_casa())
    assert validar(tmp_path / "copia.pdf", confianza_de_la_casa()).valida


def test_son_los_mismos_servicios_hasta_que_cambian_las_anclas(casa, tmp_path):
    antes = servicios_de_la_casa()
    assert servicios_de_la_casa() is antes
    (raiz,) = (tmp_path / "anclas/raices").iterdir()
    (tmp_path / "anclas/raices/copia.der").write_bytes(raiz.read_bytes())
    despues = servicios_de_la_casa()
    assert despues is not antes
    assert len(despues.confianza.raices) == 2


@pytest.mark.parametrize("falta", ["ACERVO_TSA", "ACERVO_OCSP", "ACERVO_ANCLAS"])
def test_lo_que_falta_se_dice(casa, falta, tmp_path):
    setattr(casa, falta, str(tmp_path / "vacia") if falta == "ACERVO_ANCLAS" else "")
    with pytest.raises(FirmaSinConfigurar, match=r"Falta configurar"):
        servicios_de_la_casa()


def test_sin_nada_configurado_no_hay_confianza_ni_sellos():
    assert confianza_de_la_casa().certificados == ()
    assert sellos_de_la_casa() is None
    assert anclas_vigentes(None) == []


def test_un_ancla_ilegible_es_un_error_que_dice_donde(settings, tmp_path):
    (tmp_path / "anclas/raices").mkdir(parents=True)
    (tmp_path / "anclas/raices/roto.cer").write_bytes(b"no es un certificado")
    settings.ACERVO_ANCLAS = str(tmp_path / "anclas")
    (falta,) = anclas_vigentes(None)
    assert falta.id == "firma.E001"
    assert "raices" in falta.msg


def test_avisa_ciento_ochenta_dias_antes_de_que_venza_una_ancla(pki):
    vence = pki.confianza.raices[0].not_valid_after
    casos = (
        (vence - timedelta(days=181), []),
        (vence - timedelta(days=179), ["firma.W001"]),
        (vence + timedelta(days=1), ["firma.W002"]),
    )
    for momento, ids in casos:
        assert {falta.id for falta in por_vencer(pki.confianza, momento)} == set(ids)
    assert por_vencer(pki.confianza, datetime.now(UTC)) == []

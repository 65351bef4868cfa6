"""Lo que se clasifica después de pedirse no se certifica a un particular, lo intente quien lo intente; ni se enumera ni se indexa."""

import pytest

from archivo.catalogo.puerta import fijar_acceso
from certificaciones.actos.puerta import ActoRechazado, Certificacion, enviar_a_firma, expedir
from certificaciones.solicitudes.puerta import Solicitud
from tests import fabricas
from tests.certificaciones.actos.mundo import facultar, oficina

pytestmark = pytest.mark.django_db


@pytest.fixture
def casa():
    return oficina()


@pytest.fixture
def titular(casa):
    """Puede leer lo reservado y tiene facultad: la lectura no basta para darle la copia a cualquiera."""
    persona = fabricas.persona("titular")
    facultar(persona, casa.area)
    return persona


def clasificar(item, titular, nivel="reservado"):
    item.refresh_from_db()
    fijar_acceso(item, nivel, titular, "acuerdo del Comité 7/2026")


def test_clasificado_entre_la_firma_y_la_expedicion_se_niega_con_su_razon(casa, titular, client):
    item = casa.documento(1, titulo="Informe del pozo 14")
    acto = enviar_a_firma(casa.cotejada(item), casa.tramite, titular)
    clasificar(item, titular)
    with pytest.raises(ActoRechazado, match=r"«Informe del pozo 14» es reservado: sólo se copia en versión pública"):
        expedir(acto, titular)
    client.force_login(titular)
    client.post(f"/admin/certificaciones/{acto.clave}/expedir/")
    ficha = client.get(f"/admin/certificaciones/{acto.clave}/").content.decode()
    assert "sólo se copia en versión pública" in ficha
    assert not Certificacion.objects.expedidas().exists()


def test_clasificado_antes_de_enviarse_a_firma_tampoco_pasa(casa, titular):
    item = casa.documento(1)
    acto = casa.cotejada(item)
    clasificar(item, titular)
    with pytest.raises(ActoRechazado, match="sólo se copia en versión pública"):
        enviar_a_firma(acto, casa.tramite, titular)


def test_a_la_autoridad_que_lo_pide_por_oficio_si_se_le_expide(casa, titular):
    item = casa.documento(1)
    datos = {"a_autoridad": True, "referencia": "oficio 1234/2026", "peticionario": "Juzgado Segundo"}
    acto = enviar_a_firma(casa.cotejada(item, **datos), casa.tramite, titular)
    clasificar(item, titular)
    assert expedir(acto, titular).certificacion.folio


def test_sin_haber_demostrado_el_codigo_toda_solicitud_es_el_mismo_404(client):
    Solicitud.objects.create(folio="SI-2026-0001", finalidad="x", huella_codigo="a" * 64)
    existente, inexistente = (client.get(f"/solicitudes/{f}/") for f in ("SI-2026-0001", "SI-2026-9999"))
    assert (existente.status_code, inexistente.status_code) == (404, 404)
    assert existente.content.replace(b"0001", b"9999") == inexistente.content
    quejas = {
        client.post("/solicitudes/", {"folio": f, "codigo": "AAAA"}).content.count(b"No hay una solicitud")
        for f in ("SI-2026-0001", "SI-2026-9999")
    }
    assert quejas == {1}

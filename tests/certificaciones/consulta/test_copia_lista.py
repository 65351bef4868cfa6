"""La copia expedida llega a la página de quien la pidió, y a nadie más."""

import pytest
from django.core.cache import cache

from archivo.auditoria.puerta import Suceso
from certificaciones.actos.puerta import ensayar, expedir
from certificaciones.oficina.models import CopiaDeSolicitud
from certificaciones.solicitudes.puerta import Solicitud
from tests.certificaciones.actos.mundo import oficina


@pytest.fixture
def pedida(client, db):
    """La oficina, y una solicitud hecha desde el sitio en esta misma visita."""
    cache.clear()
    casa = oficina()
    item = casa.documento(2, titulo="Bases de la licitación")
    client.post("/solicitudes/nueva/", {"elemento": item.clave, "finalidad": "un trámite", "modalidad": "papel"})
    return casa, item, Solicitud.objects.get()


def test_de_una_autografa_se_dice_el_folio_y_se_recoge_en_la_oficina(client, pedida):
    casa, item, solicitud = pedida
    copia = expedir(casa.en_firma(item), casa.certificadora).certificacion
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=copia)
    pagina = client.get(f"/solicitudes/{solicitud.folio}/").content.decode()
    assert copia.folio in pagina
    assert f"/verificar/{copia.codigo}/" in pagina
    assert client.get(f"/solicitudes/{solicitud.folio}/copia/{copia.codigo}.pdf").status_code == 404


def test_la_electronica_se_descarga_solo_desde_la_visita_que_la_pidio(client, pedida):
    _, item, solicitud = pedida
    copia = ensayar(item).certificacion
    CopiaDeSolicitud.objects.create(solicitud=solicitud, certificacion=copia)
    direccion = f"/solicitudes/{solicitud.folio}/copia/{copia.codigo}.pdf"
    descargada = client.get(direccion)
    assert b"".join(descargada.streaming_content).startswith(b"%PDF")
    assert Suceso.objects.filter(clase="solicitud.copia_descargada", objeto=f"solicitud:{solicitud.folio}").exists()
    client.cookies.clear()
    assert client.get(direccion).status_code == 404

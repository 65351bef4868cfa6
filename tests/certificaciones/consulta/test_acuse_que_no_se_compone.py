"""Un acuse que no se puede componer se dice, queda anotado y no asienta nada; nadie ve una página rota."""

import pytest
from django.core.cache import cache
from django.test import Client

from archivo.salidas import ComposicionImposible, compositor
from certificaciones.actos.models import Entrega
from certificaciones.consulta.models import AcuseDeRemision
from certificaciones.consulta.remisiones import remitir
from certificaciones.solicitudes.puerta import Solicitud
from tests.certificaciones.consulta.fabricas import copia
from tests.certificaciones.consulta.test_remision import JUZGADO
from tests.fabricas import persona, publico

pytestmark = pytest.mark.django_db
SECRETO = "la plantilla dijo esto"
DICHO = "No pudimos hacer el PDF"


@pytest.fixture
def sin_compositor(monkeypatch):
    """Desde ahora ningún impreso se puede componer."""

    def nunca(plantilla, *_):
        raise ComposicionImposible(plantilla, SECRETO)

    cache.clear()
    return lambda: monkeypatch.setattr(compositor, "_compilar", nunca)


def _que_dice(respuesta):
    pagina = respuesta.content.decode()
    return respuesta.status_code, DICHO in pagina, SECRETO in pagina


def test_el_acuse_de_lo_que_se_pidio(client, sin_compositor, caplog):
    datos = {"elemento": publico(titulo="Bases").clave, "finalidad": "un trámite", "modalidad": "electronica"}
    client.post("/solicitudes/nueva/", datos)
    folio = Solicitud.objects.get().folio
    oficina = Client()
    oficina.force_login(persona("titular", "archivo_tramite"))
    assert client.get(f"/solicitudes/{folio}/acuse.pdf").status_code == 200
    sin_compositor()
    fuera, dentro = client.get(f"/solicitudes/{folio}/acuse.pdf"), oficina.get(f"/admin/solicitudes/{folio}/acuse.pdf")
    assert (_que_dice(fuera), fuera["Retry-After"]) == ((503, True, False), "60")
    assert _que_dice(dentro) == (503, True, True)
    assert [SECRETO in (r.exc_text or "") for r in caplog.records if r.name == "archivo.portal"] == [True, True]


def test_la_constancia_de_entrega(client, sin_compositor):
    acto = copia()
    Entrega.objects.create(certificacion=acto, recibe="Ana Ruiz", identificacion="INE")
    client.force_login(persona("titular", "archivo_tramite"))
    sin_compositor()
    assert _que_dice(client.get(f"/admin/certificaciones/{acto.clave}/acuse.pdf")) == (503, True, True)


def test_una_remision_no_se_da_por_recibida_sin_su_acuse(client, sin_compositor, caplog):
    _, testigo = remitir(copia(), JUZGADO)
    sin_compositor()
    recibida = client.post(f"/remision/{testigo}/", {"recibe": "Lic. Juana", "cargo": "Secretaria"})
    assert (_que_dice(recibida), AcuseDeRemision.objects.count()) == ((503, True, False), 0)
    assert "Lic. Juana" not in client.get(f"/remision/{testigo}/").content.decode()
    assert [testigo in r.getMessage() for r in caplog.records if r.name == "archivo.portal"] == [False]

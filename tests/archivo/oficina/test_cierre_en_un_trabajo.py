"""Cerrar un expediente con muchos documentos no detiene a la página: se encarga."""

import pytest
from django.urls import reverse

from archivo.archivistica import tasks
from archivo.archivistica.puerta import Expediente
from archivo.tareas.puerta import Trabajo, drenar
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.django_db


@pytest.fixture
def abierto(client, monkeypatch):
    """Un expediente que pasa del tope, con la sesión de quien lo lleva."""
    monkeypatch.setattr(tasks, "DOCUMENTOS_AL_MOMENTO", 1)
    area = fabricas.area("Comunicación")
    archivista = fabricas.persona("archivo_tramite", en=area)
    client.force_login(archivista)
    exp = mundo.expediente(area, actor=archivista)
    mundo.integrados(exp)
    return exp


def cerrar(client, exp, fecha):
    return client.post(reverse("oficina_expediente_cerrar", args=[exp.clave]), {"fecha_cierre": fecha})


def test_se_cierra_en_un_trabajo_a_nombre_de_quien_lo_pidio(client, abierto):
    respuesta = cerrar(client, abierto, "2026-06-30")
    trabajo = Trabajo.objects.get(objeto=f"expediente:{abierto.clave}")
    assert respuesta.url == trabajo.get_absolute_url()
    assert Expediente.objects.get(pk=abierto.pk).estado == "abierto"
    drenar()
    abierto.refresh_from_db()
    assert (abierto.estado, str(abierto.fecha_cierre), abierto.indices.get().autor) == ("cerrado", "2026-06-30", trabajo.actor)


def test_si_algo_falta_el_trabajo_lo_dice_y_sigue_abierto(client, abierto):
    cerrar(client, abierto, "2025-01-01")
    drenar()
    assert Expediente.objects.get(pk=abierto.pk).estado == "abierto"
    assert "anterior a la de apertura" in Trabajo.objects.get(objeto=f"expediente:{abierto.clave}").error

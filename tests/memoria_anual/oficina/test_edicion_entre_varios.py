"""Varios trabajan en la misma memoria: nadie pisa a nadie, a cada quien le sale lo suyo, y lo que no procede se dice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archivo.tareas.puerta import drenar
from memoria_anual.edicion.puerta import (
    CambioDeMemoriaRechazado,
    dar_paso,
    guardar_capitulo,
    mover_capitulo,
    pedir_aportaciones,
    quitar_capitulo,
)
from search import SearchError
from tests import fabricas
from tests.memoria_anual.edicion.conftest import *  # noqa: F403 - las mismas personas y la misma memoria

pytestmark = pytest.mark.django_db
PLAZO = timezone.localdate() + timedelta(days=9)


@pytest.fixture
def como(client):
    def entrar(persona):
        client.force_login(persona)
        return client

    return entrar


def test_dos_de_la_misma_dependencia_no_se_pisan(como, redactora, memoria):
    obras = fabricas.area("Obras")
    una, otra = (fabricas.persona("titular", en=obras, nombre=n) for n in ("una", "otra"))
    aportacion = pedir_aportaciones(memoria, redactora, [obras], PLAZO)[0]
    direccion = reverse("memoria_aportacion", args=[aportacion.pk])
    vista = como(una).get(direccion).context["form"].initial["version_vista"]
    datos = {"linea": "Bacheo", "texto": "Lo de una.", "version_vista": vista}
    assert como(una).post(direccion, datos).status_code == 302
    pisada = como(otra).post(direccion, datos | {"texto": "Lo de otra."})
    assert pisada.status_code == 422 and "Otra persona de su área guardó esto" in pisada.content.decode()
    aportacion.refresh_from_db()
    assert aportacion.texto == "Lo de una." and "Lo de otra." in pisada.content.decode()


def test_lo_que_otra_persona_quito_mientras_tanto_se_dice(redactora, memoria, escribir):
    capitulo, mismo = memoria.capitulos.get(orden=2), memoria.capitulos.get(orden=2)
    quitar_capitulo(memoria, redactora, capitulo)
    for cambiar in (
        lambda: guardar_capitulo(memoria, redactora, mismo),
        lambda: mover_capitulo(memoria, redactora, mismo, hacia_arriba=True),
        lambda: quitar_capitulo(memoria, redactora, mismo),
    ):
        with pytest.raises(CambioDeMemoriaRechazado, match="quitó"):
            cambiar()
    assert memoria.capitulos.count() == 16


def test_cortar_mucho_es_un_trabajo_y_lo_que_falla_se_dice(como, redactora, memoria, monkeypatch):
    navegador, direccion = como(redactora), reverse("memoria_corte_de", args=[memoria.pk])

    def sin_buscador(*_a, **_k):
        raise SearchError("no contesta")

    with monkeypatch.context() as roto:
        roto.setattr("memoria_anual.edicion.servicios.memorias.cortar", sin_buscador)
        assert navegador.post(direccion).status_code == 503
    monkeypatch.setattr("memoria_anual.cortes.comparadas.POCOS", 0)
    primera, segunda = navegador.post(direccion), navegador.post(direccion)
    assert "/trabajos/" in primera.url and primera.url == segunda.url
    antes = memoria.corte_id
    drenar()
    memoria.refresh_from_db()
    assert memoria.corte_id > antes
    dar_paso(memoria, redactora, "enviar_a_revision")
    assert "ya no se escribe" in navegador.post(direccion, follow=True).content.decode()


def test_no_se_ajusta_a_menos_que_nada_y_al_pedir_se_dice_que_falta(como, redactora, memoria):
    navegador = como(redactora)
    datos = {"clave": "ent", "valor": "-3", "justificacion": "Faltan entrevistas que constan en la bitácora."}
    dicho = navegador.post(reverse("memoria_ajuste", args=[memoria.pk]), datos, follow=True).content.decode()
    assert "Escriba un valor de cero en adelante" in dicho and not memoria.ajustes.exists()
    pedido = navegador.post(reverse("memoria_pedir", args=[memoria.pk]), {"vence": "2020-01-01"}, follow=True).content.decode()
    assert "Dependencias: Este campo" in pedido and "A más tardar: El plazo ya pasó" in pedido


def test_lo_de_una_dependencia_con_gente_no_le_sale_a_quien_integra(como, memoria, redactora):
    obras, parques = fabricas.area("Obras"), fabricas.area("Parques")
    suya = fabricas.persona("titular", en=obras, nombre="obras")
    pedir_aportaciones(memoria, redactora, [obras, parques], PLAZO)
    general = como(fabricas.persona("redaccion", nombre="general")).get("/admin/bandeja/").content.decode()
    assert f"{memoria}: Parques" in general and f"{memoria}: Obras" not in general
    assert f"{memoria}: Obras" in como(suya).get("/admin/bandeja/").content.decode()

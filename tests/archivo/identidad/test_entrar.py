"""El enlace de un solo uso: verlo no lo gasta, usarlo sí."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archivo.identidad.puerta import EnlaceDeAcceso, crear_usuario, enlace_para

pytestmark = pytest.mark.django_db

BUENA = "caballo correcto pila grapa"


@pytest.fixture
def ana():
    return crear_usuario("ana", "redaccion")


def enviar(client, ruta, primera=BUENA, segunda=BUENA):
    return client.post(ruta, {"new_password1": primera, "new_password2": segunda})


def test_ver_el_formulario_no_gasta_el_enlace(client, ana):
    ruta = enlace_para(ana)
    for _ in range(2):
        respuesta = client.get(ruta)
        assert respuesta.status_code == 200
        assert "ana" in respuesta.content.decode()
    assert respuesta.headers["Referrer-Policy"] == "same-origin"
    assert not EnlaceDeAcceso.objects.get().usado


def test_enviarlo_fija_la_contrasena_entra_y_lo_gasta(client, ana):
    ruta = enlace_para(ana)
    respuesta = enviar(client, ruta)
    assert (respuesta.status_code, respuesta.url) == (302, "/admin/")
    assert client.session["_auth_user_id"] == str(ana.pk)
    ana.refresh_from_db()
    assert ana.check_password(BUENA)
    assert client.get(ruta).status_code == 410
    assert enviar(client, ruta).status_code == 410


def test_dar_uno_nuevo_anula_los_anteriores_de_esa_cuenta_y_de_nadie_mas(client, ana):
    ajeno = enlace_para(crear_usuario("beto", "redaccion"))
    viejo, nuevo = enlace_para(ana), enlace_para(ana)
    assert client.get(viejo).status_code == 410
    assert enviar(client, viejo).status_code == 410
    assert client.get(ajeno).status_code == 200
    assert enviar(client, nuevo).status_code == 302


def test_usar_uno_gasta_los_demas_de_la_cuenta(client, ana):
    viejo, nuevo = enlace_para(ana), enlace_para(ana)
    EnlaceDeAcceso.objects.update(caduca=timezone.now() + timedelta(days=1))
    assert enviar(client, nuevo).status_code == 302
    assert client.get(viejo).status_code == 410


def test_el_enlace_de_una_cuenta_desactivada_no_sirve(client, ana):
    ruta = enlace_para(ana)
    ana.is_active = False
    ana.save()
    assert enviar(client, ruta).status_code == 410


@pytest.mark.parametrize(("primera", "segunda"), [("corta", "corta"), (BUENA, BUENA + "x"), ("", "")])
def test_una_contrasena_que_no_sirve_no_gasta_el_enlace(client, ana, primera, segunda):
    ruta = enlace_para(ana)
    respuesta = enviar(client, ruta, primera, segunda)
    assert respuesta.status_code == 200
    assert 'role="alert"' in respuesta.content.decode()
    assert not EnlaceDeAcceso.objects.get().usado


def test_un_enlace_que_no_existe_dice_que_pedir(client):
    assert client.get("/entrar/%00/").status_code == 404
    respuesta = client.get("/entrar/no-existe/")
    assert respuesta.status_code == 410
    assert "pida uno nuevo" in respuesta.content.decode()


def test_un_enlace_vencido_ya_no_sirve(client, ana):
    ruta = enlace_para(ana)
    EnlaceDeAcceso.objects.update(caduca=timezone.now() - timedelta(seconds=1))
    assert enviar(client, ruta).status_code == 410
    ana.refresh_from_db()
    assert not ana.has_usable_password()


def test_el_codigo_no_se_guarda(ana):
    codigo = enlace_para(ana).split("/")[2]
    assert codigo not in str(EnlaceDeAcceso.objects.values().get())

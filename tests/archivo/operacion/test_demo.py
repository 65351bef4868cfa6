"""La demostración: siembra sólo un archivo vacío y da enlaces de un solo uso cuando la página contesta."""

import pytest
from django.core.management import call_command

from archivo import registros
from archivo.identidad.puerta import EnlaceDeAcceso, Nombramiento, Usuario
from archivo.operacion import preparacion, servicio
from archivo.operacion.management.commands import servir

pytestmark = pytest.mark.django_db


@pytest.fixture
def archivo(monkeypatch, settings, tmp_path):
    """Un archivo cuyos elementos son una lista, y un servicio que contesta enseguida."""
    propias, elementos, pasos = registros.Aportaciones(), [], []
    monkeypatch.setattr(preparacion, "aportaciones", propias)
    monkeypatch.setattr(registros, "aportaciones", propias)
    settings.STATIC_ROOT = tmp_path / "estaticos"
    registros.contador(lambda: len(elementos))
    registros.muestra(lambda avisar: (pasos.append("siembra"), elementos.append(1)))
    registros.al_dia(lambda: pasos.append("índice"))
    monkeypatch.setattr(servir, "servir", lambda a, p, avisar, al_contestar: (pasos.append("sirve"), al_contestar()))
    return elementos, pasos


def test_un_archivo_vacio_se_siembra_se_indexa_y_se_sirve(archivo, capsys, client):
    _, pasos = archivo
    call_command("demo", puerto=0)
    assert pasos == ["siembra", "índice", "sirve"]
    salida = capsys.readouterr().out
    enlaces = [linea.rsplit(" ", 1)[1] for linea in salida.splitlines() if "/entrar/" in linea]
    assert len(enlaces) == EnlaceDeAcceso.objects.count() == 2
    assert client.get("/" + enlaces[0].split("/", 3)[3]).status_code == 200
    assert set(Nombramiento.objects.filter(usuario__username="demo").values_list("rol", flat=True)) == {
        "administracion",
        "titular",
    }


def test_un_archivo_con_elementos_se_sirve_como_esta(archivo, capsys):
    elementos, pasos = archivo
    elementos.append(1)
    call_command("demo", puerto=0)
    assert pasos == ["índice", "sirve"]
    assert not Usuario.objects.exists()
    salida = capsys.readouterr().out
    assert "/entrar/" not in salida
    assert "usuarios crear NOMBRE --rol administracion" in salida


def test_la_segunda_vez_da_enlaces_nuevos(archivo, capsys):
    call_command("demo", puerto=0)
    primeros = capsys.readouterr().out
    call_command("demo", puerto=0)
    segundos = capsys.readouterr().out
    assert "/entrar/" in segundos
    assert primeros != segundos


def test_la_web_acepta_el_nombre_por_el_que_atiende():
    ambiente = servicio.hijos("192.0.2.7", 8000)[0].ambiente
    assert "192.0.2.7" in ambiente["ACERVO_ANFITRIONES"].split(",")
    assert ambiente["ACERVO_URL"] == "http://192.0.2.7:8000"
    assert "ACERVO_ANFITRIONES" not in servicio.hijos("0.0.0.0", 8000)[0].ambiente

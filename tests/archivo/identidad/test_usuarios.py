"""La orden `usuarios crear`."""

import json

import pytest
from django.core.management import CommandError, call_command

from archivo.identidad.puerta import Area, Nombramiento, Usuario

pytestmark = pytest.mark.django_db


def test_imprime_un_enlace_y_nunca_una_contrasena(capsys, client):
    call_command("usuarios", "crear", "ana", "--rol", "redaccion", "--json")
    salida = json.loads(capsys.readouterr().out)
    assert salida["usuario"] == "ana"
    assert salida["enlace"].startswith("http://")
    assert client.get("/" + salida["enlace"].split("/", 3)[3]).status_code == 200


def test_el_rol_puede_ser_de_una_sola_area():
    Area.objects.create(clave="obras", nombre="Obras")
    call_command("usuarios", "crear", "ana", "--rol", "redaccion", "--area", "obras")
    assert Nombramiento.objects.get().area.clave == "obras"


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (["--rol", "reina"], "No existe el rol «reina»"),
        (["--rol", "redaccion", "--area", "nada"], "No existe un área con la clave «nada»"),
    ],
)
def test_un_rol_o_un_area_que_no_existen_salen_con_dos_y_no_crean_nada(argumentos, dice):
    with pytest.raises(CommandError, match=dice) as error:
        call_command("usuarios", "crear", "ana", *argumentos)
    assert error.value.returncode == 2
    assert not Usuario.objects.exists()


def test_un_area_que_no_existe_dice_las_primeras_veinte_claves_vigentes_y_cuantas_mas_hay():
    for n in range(23):
        Area.objects.create(clave=f"area-{n:02}", nombre=f"Área {n}")
    Area.objects.create(clave="aaa-cerrada", nombre="Cerrada", vigente_hasta="2020-01-01")
    with pytest.raises(CommandError) as error:
        call_command("usuarios", "crear", "ana", "--rol", "redaccion", "--area", "prensa")
    assert "Use una de: area-00, area-01," in str(error.value)
    assert str(error.value).endswith("area-19 y 3 más (están en Áreas).")


def test_sin_areas_dadas_de_alta_dice_que_hacer():
    with pytest.raises(CommandError, match="Todavía no hay áreas"):
        call_command("usuarios", "crear", "ana", "--rol", "redaccion", "--area", "prensa")


def test_repetirla_no_duplica_a_la_persona():
    for _ in range(2):
        call_command("usuarios", "crear", "ana", "--rol", "redaccion")
    assert (Usuario.objects.count(), Nombramiento.objects.count()) == (1, 1)

"""`registro verificar`: nada de lo que alguien cambie por fuera pasa sin decirse."""

import json
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from archivo.auditoria.disparadores import quitar
from certificaciones.registro.asientos import eslabon
from certificaciones.registro.llaves import LlaveDeRegistro, llave_de, ruta_de
from certificaciones.registro.models import Asiento, NodoDelArbol, PuntoDeControl
from certificaciones.registro.puerta import verificar_registros
from tests.certificaciones.registro.fabricas import asentar_varias
from verificador.arbol import huella_de_hoja
from verificador.nota import PuntoDeControl as PuntoFirmable

pytestmark = pytest.mark.django_db
ASIENTOS = "registro_asiento"


def por_fuera(tabla, orden):
    """Corre SQL como quien entra a la base y quita antes sus disparadores."""
    quitar(tabla, None, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        cursor.execute(orden)


def motivos():
    return [falla.motivo for falla in verificar_registros().fallas]


@pytest.fixture
def registro():
    asentar_varias(9)
    asentar_varias(3, "ensayos")


def test_un_registro_intacto_es_integro(registro):
    informe = verificar_registros()
    assert informe.como_dict() == {"asientos": 12, "integro": True, "fallas": []}


def test_uno_vacio_tambien():
    assert verificar_registros().como_dict() == {"asientos": 0, "integro": True, "fallas": []}


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        (
            "UPDATE {} SET hoja = replace(hoja, '\"fojas\":9', '\"fojas\":8') WHERE indice = 4",
            "la hoja no es la que entró al árbol",
        ),
        ("UPDATE {} SET folio = 'CC/77777/2026' WHERE indice = 4", "el asiento no es como se escribió"),
        ("UPDATE {} SET momento = '2020-01-01 00:00:00' WHERE indice = 4", "el asiento no es como se escribió"),
        ("UPDATE {} SET huella = 'x' WHERE indice = 4", "no sigue a la huella del asiento anterior"),
        ("UPDATE {} SET huella_de_hoja = 'x' WHERE indice = 4", "la hoja no es la que entró al árbol"),
        ("DELETE FROM {} WHERE indice = 4", "faltan asientos: se esperaba el 4"),
        ("DELETE FROM {} WHERE indice = 8", "el punto de control firmó 9 asientos y hay 8"),
    ],
)
def test_cambiar_o_quitar_un_asiento_por_fuera_se_detecta(registro, orden, dice):
    por_fuera(ASIENTOS, orden.format(ASIENTOS) + " AND registro = 'expedidas'")
    assert any(dice in motivo for motivo in motivos())


def rehacer_asiento(indice):
    """El insider cuidadoso: cambia una hoja y recalcula su huella y toda la cadena que sigue."""
    por_fuera(ASIENTOS, f"SELECT {indice}")
    anterior = None
    for asiento in Asiento.objects.filter(registro="expedidas", indice__gte=indice).order_by("indice"):
        asiento.anterior = anterior or asiento.anterior
        asiento.hoja = asiento.hoja.replace('"fojas":9', '"fojas":8')
        asiento.huella_de_hoja = huella_de_hoja(asiento.hoja.encode()).hex()
        asiento.huella = anterior = eslabon(asiento.anterior, asiento)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE registro_asiento SET anterior = %s, hoja = %s, huella_de_hoja = %s, huella = %s WHERE id = %s",
                [asiento.anterior, asiento.hoja, asiento.huella_de_hoja, asiento.huella, asiento.pk],
            )


def test_recalcular_la_cadena_no_basta_la_raiz_firmada_lo_dice(registro):
    rehacer_asiento(4)
    assert any("la raíz del punto de control" in motivo for motivo in motivos())
    assert not any("cadena" in motivo or "no sigue" in motivo for motivo in motivos())


def test_un_nodo_cambiado_o_borrado_se_detecta(registro):
    assert NodoDelArbol.objects.filter(registro="expedidas").count() == 7
    por_fuera(
        "registro_nododelarbol", "DELETE FROM registro_nododelarbol WHERE registro = 'expedidas' AND nivel = 2 AND indice = 1"
    )
    assert motivos() == ["el nodo 1 del nivel 2 del árbol falta o no es el suyo"]


def test_un_punto_firmado_por_otra_llave_se_detecta(registro):
    original = PuntoDeControl.objects.get(registro="expedidas", tamano=5)
    otra = LlaveDeRegistro(llave_de("expedidas").nombre, llave_de("ensayos").privada)
    nota = otra.firmar(PuntoFirmable(otra.nombre, 5, bytes.fromhex(original.raiz)).como_texto())
    por_fuera("registro_puntodecontrol", "SELECT 1")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registro_puntodecontrol SET nota = %s WHERE id = %s", [nota, original.pk])
    assert motivos() == ["el punto de control no lleva la firma del registro"]


def test_un_punto_ilegible_o_ausente_se_detecta(registro):
    por_fuera(
        "registro_puntodecontrol", "UPDATE registro_puntodecontrol SET nota = 'x' WHERE registro = 'expedidas' AND tamano = 5"
    )
    por_fuera("registro_puntodecontrol", "DELETE FROM registro_puntodecontrol WHERE registro = 'ensayos' AND tamano = 2")
    assert [f.indice for f in verificar_registros().fallas] == [5, 2]


def test_sin_la_llave_lo_dice(registro):
    ruta_de("expedidas").unlink()
    assert any("Falta la llave" in motivo for motivo in motivos())


def test_la_orden_sale_con_uno_si_algo_no_coincide(registro, capsys):
    call_command("registro", "verificar", "--json")
    assert json.loads(capsys.readouterr().out) == {"asientos": 12, "integro": True, "fallas": []}
    por_fuera(ASIENTOS, f"UPDATE {ASIENTOS} SET evento = 'cancelacion' WHERE indice = 1")
    with pytest.raises(SystemExit, match="1"):
        call_command("registro", "verificar")
    assert "FALLA expedidas 1: el asiento no es como se escribió" in capsys.readouterr().out


def test_la_orden_dice_las_llaves_publicas(capsys):
    call_command("registro", "llaves", "--json")
    llaves = json.loads(capsys.readouterr().out)
    assert [llave.split("+")[0] for llave in llaves.values()] == ["127.0.0.1/registro/expedidas", "127.0.0.1/registro/ensayos"]

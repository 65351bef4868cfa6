"""Sellos de tiempo sobre los puntos de control, su renovación antes de que venzan y el aviso con un año de adelanto."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.utils import timezone

from archivo.auditoria.disparadores import quitar
from certificaciones.registro import sellos
from certificaciones.registro.checks import llaves_reservadas, llaves_y_sellos
from certificaciones.registro.errores import SinSelloDeTiempo
from certificaciones.registro.llaves import ruta_de
from certificaciones.registro.models import SelloDeTiempo
from certificaciones.registro.puerta import (
    cadena_de_sellos,
    llave_publica,
    prueba_de,
    punto_de_control,
    sellar_y_renovar,
    verificar_registros,
)
from tests.certificaciones.registro.fabricas import AutoridadDeSellos, asentar_varias
from verificador.dictamen import Medios, examinar
from verificador.nota import leer_llave
from verificador.prueba import leer_prueba

pytestmark = pytest.mark.django_db
AHORA = datetime(2026, 11, 22, 12, tzinfo=UTC)
DE_ANTES = AutoridadDeSellos(vence=AHORA + timedelta(days=200), momento=AHORA - timedelta(days=60))
DURADERA = AutoridadDeSellos(vence=AHORA + timedelta(days=3000), momento=AHORA)


@pytest.fixture(autouse=True)
def hoy(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: AHORA)


def sellar(autoridad):
    """El sello que se puso hace tiempo."""
    return sellos.sellar_punto(punto_de_control("expedidas"), autoridad)


def test_sin_autoridad_el_punto_queda_sin_sello_y_se_dice():
    asentar_varias(2)
    assert sellar_y_renovar() == {"sellados": 0, "renovados": 0}
    assert sellos.estado() == {"asientos": 2, "sellados_hasta": 0, "sellos_por_renovar": 0, "vence_el_primero": None}
    assert verificar_registros().integro


def test_cada_dia_se_sella_el_ultimo_punto_una_sola_vez():
    asientos = asentar_varias(3)
    assert sellar_y_renovar(DURADERA)["sellados"] == 1
    assert sellar_y_renovar(DURADERA)["sellados"] == 0
    asentar_varias(1, desde=4)
    assert sellar_y_renovar(DURADERA)["sellados"] == 1
    prueba = leer_prueba(prueba_de(asientos[0]))
    assert prueba.punto.tamano == 3
    assert [sello.texto for sello in prueba.sellos] == [prueba.nota]
    assert sellos.estado()["sellados_hasta"] == 4


def test_los_ensayos_no_gastan_sellos():
    asentar_varias(1, "ensayos")
    assert sellar_y_renovar(DURADERA)["sellados"] == 0


def test_un_sello_a_menos_de_un_anio_se_avisa_y_se_renueva():
    asentar_varias(3)
    sellar(DE_ANTES)
    assert sellos.estado()["sellos_por_renovar"] == 1
    assert [f.id for f in llaves_y_sellos(None, databases=["default"])] == ["registro.W001"]
    assert sellar_y_renovar(DURADERA) == {"sellados": 0, "renovados": 1}
    assert sellos.estado()["sellos_por_renovar"] == 0
    cadena = cadena_de_sellos(punto_de_control("expedidas"))
    assert [s.vence for s in cadena] == [AHORA + timedelta(days=200), AHORA + timedelta(days=3000)]
    assert cadena[1].texto.startswith("acervo/renovacion@v1\n127.0.0.1/registro/expedidas\n3\nhojas ")
    assert verificar_registros().integro


@pytest.mark.parametrize(("dias", "avisa"), [(366, False), (364, True), (30, True)])
def test_se_avisa_doce_meses_antes_y_no_antes(dias, avisa):
    asentar_varias(1)
    sellar(AutoridadDeSellos(vence=AHORA + timedelta(days=dias), momento=AHORA - timedelta(days=60)))
    assert [f.id for f in llaves_y_sellos(None, databases=["default"])] == (["registro.W001"] if avisa else [])
    assert sellos.estado()["sellos_por_renovar"] == int(avisa)


def test_el_verificador_sin_red_sigue_la_cadena_cuando_el_primer_sello_vencio(tmp_path):
    asientos = asentar_varias(3)
    sellar(DE_ANTES)
    sellar_y_renovar(DURADERA)
    hojas = [a.hoja for a in asientos]
    prueba, raices = leer_prueba(prueba_de(asientos[0])), (DE_ANTES.raiz, DURADERA.raiz)
    (tmp_path / "copia").write_bytes(b"1")

    def tiempo(hojas):
        medios = Medios(leer_llave(llave_publica("expedidas")), raices, hojas, AHORA + timedelta(days=900))
        return next(c for c in examinar(tmp_path / "copia", prueba, medios).comprobaciones if c.que == "tiempo")

    assert [(tiempo(h).salida) for h in ((), hojas, [*hojas[:2], hojas[2].replace("9", "8")])] == ["bien", "bien", "mal"]
    assert "segunda huella" in tiempo(hojas[::-1]).detalle


def test_la_segunda_huella_descubre_una_hoja_cambiada_aunque_sha256_no_sirviera():
    asientos = asentar_varias(3)
    sellar(DE_ANTES)
    sellar_y_renovar(DURADERA)
    quitar("registro_asiento", None, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registro_asiento SET hoja = replace(hoja, '\"fojas\":9', '\"fojas\":8') WHERE id = %s", [asientos[1].pk]
        )
    motivos = [f.motivo for f in verificar_registros().fallas]
    assert "las hojas no tienen la segunda huella (SHA3-512) que selló la renovación" in motivos


def test_una_autoridad_que_no_dura_mas_no_renueva():
    asentar_varias(1)
    sellar(DE_ANTES)
    with pytest.raises(SinSelloDeTiempo, match="no dura más"):
        sellar_y_renovar(DE_ANTES)
    assert SelloDeTiempo.objects.count() == 1


def test_una_respuesta_que_no_es_el_sello_pedido_no_se_guarda():
    asentar_varias(1)
    for sellador in (lambda huella, algoritmo: b"no", lambda huella, algoritmo: DURADERA(bytes(32), algoritmo)):
        with pytest.raises(SinSelloDeTiempo, match="no sirve"):
            sellar_y_renovar(sellador)
    assert not SelloDeTiempo.objects.exists()


def test_un_sello_que_vencio_sin_renovarse_es_una_falla(monkeypatch):
    asentar_varias(1)
    sellar(DE_ANTES)
    monkeypatch.setattr(timezone, "now", lambda: AHORA + timedelta(days=300))
    assert [f.motivo for f in verificar_registros().fallas] == ["su último sello de tiempo venció sin renovarse"]


def test_un_sello_cambiado_por_fuera_se_detecta():
    asentar_varias(2)
    sellar_y_renovar(DURADERA)
    quitar("registro_sellodetiempo", None, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registro_sellodetiempo SET texto = texto || 'x'")
    assert [f.motivo for f in verificar_registros().fallas] == ["El sello de tiempo es de otro texto."]


def test_una_llave_abierta_o_ausente_se_avisa():
    asentar_varias(1)
    assert llaves_reservadas(None) == []
    ruta_de("expedidas").chmod(0o644)
    assert [f.id for f in llaves_reservadas(None)] == ["registro.E001"]
    ruta_de("expedidas").unlink()
    assert [f.id for f in llaves_y_sellos(None, databases=["default"])] == ["registro.E002"]
    assert llaves_y_sellos in run_checks.__self__.registered_checks

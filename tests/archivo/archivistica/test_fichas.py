"""Las fichas de valoración: los siete grupos, los valores y los plazos."""

from decimal import Decimal

import pytest

from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.archivistica.servicios.fichas import GRUPOS, faltas_de_ficha, faltas_del_catalogo
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db


@pytest.fixture
def serie():
    return cuadros.de(cuadros.borrador(), "9C.10")


def guardar(serie, **cambios):
    return cuadros.ficha_completa(serie, serie.ficha.areas.get(), **cambios)


def test_veintiseis_anios_se_rechazan_y_veinticinco_pasan(serie):
    with pytest.raises(InstrumentoRechazado, match=r"suma 26 años y la ley admite 25 \(LGA, art. 37\)\. Quite 1 año"):
        guardar(serie, plazo_tramite=Decimal(20), plazo_concentracion=Decimal(6))
    assert faltas_de_ficha(guardar(serie, plazo_tramite=Decimal(20), plazo_concentracion=Decimal(5))) == []


def test_el_termino_precautorio_cuenta_en_los_veinticinco(serie):
    with pytest.raises(InstrumentoRechazado, match=r"suma 25\.5 años"):
        guardar(serie, plazo_tramite=Decimal(20), plazo_concentracion=Decimal("4.5"), termino_precautorio=Decimal(1))


@pytest.mark.parametrize(("plazo", "dice"), [("2.3", "medios años"), ("-1", "negativo")])
def test_los_plazos_van_en_medios_anios_y_no_son_negativos(serie, plazo, dice):
    with pytest.raises(InstrumentoRechazado, match=dice):
        guardar(serie, plazo_tramite=Decimal(plazo))


@pytest.mark.parametrize("grupo", [*GRUPOS, "fundamento"])
def test_los_siete_grupos_y_el_fundamento_son_obligatorios(serie, grupo):
    assert "Falta" in faltas_de_ficha(guardar(serie, **{grupo: " "}))[0]


@pytest.mark.parametrize("destino", ["historico", "muestreo"])
def test_lo_que_se_conserva_pide_un_valor_secundario(serie, destino):
    tecnica = {"tecnica_muestreo": "Uno de cada diez"}
    assert "valor secundario" in faltas_de_ficha(guardar(serie, destino_final=destino, **tecnica))[0]
    assert faltas_de_ficha(guardar(serie, destino_final=destino, valor_testimonial=True, **tecnica)) == []


def test_el_muestreo_pide_su_tecnica_y_toda_ficha_un_valor_primario(serie):
    faltas = faltas_de_ficha(guardar(serie, destino_final="muestreo", valor_informativo=True, valor_administrativo=False))
    assert len(faltas) == 2
    assert "valor primario" in faltas[0]
    assert "técnica" in faltas[1] or "técnica" in faltas[1].lower()


def test_una_ficha_incompleta_se_guarda_y_el_catalogo_dice_que_le_falta(serie):
    guardar(serie, destino_final="", plazo_concentracion=None)
    faltas = faltas_del_catalogo(serie.cuadro)
    assert list(faltas) == [serie]
    assert "destino final" in " ".join(faltas[serie])

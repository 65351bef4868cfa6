"""Lo tecleado: con fuente, sin traslapes, se corrige sin borrar y se marca como capturado."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.puerta import Suceso
from archivo.identidad.puerta import PermisoNegado
from memoria_anual.indicadores.captura import De
from memoria_anual.indicadores.puerta import (
    CapturaRechazada,
    MedicionCapturada,
    MedicionNueva,
    anular,
    capturar,
    cifra,
    desglose,
    leer_periodo,
    lista,
    serie,
)
from tests.fabricas import boletin, persona

pytestmark = pytest.mark.django_db


def _mes(mes: int, valor: int, indicador: str = "RED", concepto: str = "Facebook", anio: int = 2025) -> MedicionNueva:
    ultimo = {1: 31, 2: 28, 3: 31, 4: 30}[mes]
    return MedicionNueva(
        indicador,
        date(anio, mes, 1),
        date(anio, mes, ultimo),
        Decimal(valor),
        "Panel de la red, leído el día 1",
        concepto=concepto,
    )


def test_sin_nada_capturado_no_hay_dato_y_no_es_cero() -> None:
    c = cifra("RED", leer_periodo("2025"))
    assert (c.valor, c.elementos, c.capturada) == (None, 0, True)
    assert "Nadie ha capturado" in c.nota


def test_los_meses_suman_y_la_nota_dice_lo_que_falta() -> None:
    for mes, valor in ((1, 10), (2, 20), (3, 30)):
        capturar(_mes(mes, valor), None)
    capturar(_mes(1, 5, concepto="Instagram"), None)
    c = cifra("RED", leer_periodo("2025-T1"))
    assert (c.valor, c.elementos, c.nota) == (65, 4, "Dato capturado.")
    assert cifra("RED", leer_periodo("2025")).nota == "Dato capturado de 90 de los 365 días del periodo."
    assert [(p.clave, p.valor) for p in desglose(c, "concepto")] == [("Facebook", 60), ("Instagram", 5)]
    assert [r.clase for r in lista("RED", leer_periodo("2025-T1"))] == ["medicion"] * 4


def test_los_seguidores_son_los_de_la_ultima_medicion() -> None:
    capturar(_mes(1, 1000, "RED-S"), None)
    capturar(_mes(3, 1500, "RED-S"), None)
    capturar(_mes(2, 70, "RED-S", "Instagram"), None)
    assert cifra("RED-S", leer_periodo("2025-T1")).valor == 1570
    assert cifra("RED-S", leer_periodo("2025-01-01..2025-02-28")).valor == 1070


def test_capturar_otra_vez_corrige_y_conserva_la_anterior() -> None:
    primera = capturar(_mes(1, 10), None)
    segunda = capturar(_mes(1, 12), None)
    assert segunda.sustituye == primera and MedicionCapturada.objects.count() == 2
    assert cifra("RED", leer_periodo("2025")).valor == 12
    assert Suceso.objects.filter(clase="indicador.medicion").last().detalle["antes"] == "10.00"


def test_anular_pide_motivo_y_deja_de_contar() -> None:
    medicion = capturar(_mes(1, 10), None)
    with pytest.raises(CapturaRechazada, match="por qué"):
        anular(medicion, " ", None)
    anular(medicion, "Se leyó otra cuenta", None)
    assert cifra("RED", leer_periodo("2025")).valor is None
    with pytest.raises(CapturaRechazada, match="ya se corrigió"):
        anular(medicion, "Otra vez", None)
    capturar(_mes(1, 7), None)
    assert cifra("RED", leer_periodo("2025")).valor == 7


def test_lo_que_se_traslapa_se_contaria_dos_veces_y_no_entra() -> None:
    capturar(_mes(1, 10), None)
    anual = MedicionNueva("RED", date(2025, 1, 1), date(2025, 12, 31), Decimal(100), "Panel", concepto="Facebook")
    with pytest.raises(CapturaRechazada, match="se contaría dos veces"):
        capturar(anual, None)


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"fuente": " "}, "de dónde salió"),
        ({"hasta": date(2024, 12, 31)}, "termina antes"),
        ({"valor": Decimal(-1)}, "cero en adelante"),
    ],
)
def test_lo_incompleto_no_entra_y_dice_que_hacer(cambio: dict, dice: str) -> None:
    datos = {"indicador": "RED", "desde": date(2025, 1, 1), "hasta": date(2025, 1, 31), "valor": Decimal(1), "fuente": "Panel"}
    with pytest.raises(CapturaRechazada, match=dice):
        capturar(MedicionNueva(**(datos | cambio)), None)


def test_no_captura_quien_solo_mira() -> None:
    with pytest.raises(PermisoNegado):
        capturar(_mes(1, 1), persona("auditoria"))
    assert capturar(_mes(1, 1), persona("monitoreo")).valor == 1


def test_el_informe_de_entonces_manda_en_la_comparacion_y_se_marca() -> None:
    boletin(estado="publicado", dia=date(2024, 5, 1))
    boletin(estado="publicado", dia=date(2025, 5, 1))
    informe = MedicionNueva("BOL", date(2024, 1, 1), date(2024, 12, 31), Decimal(431), "Informe 2024, p. 12", clase=De.INFORME)
    capturar(informe, None)
    c = cifra("BOL", leer_periodo("2025"))
    assert (c.valor, c.anterior, c.anterior_capturado) == (1, 431, True)
    del_anio = cifra("BOL", leer_periodo("2024"))
    assert (del_anio.valor, del_anio.nota) == (1, "El informe de entonces dice 431.")
    assert serie("BOL", [2023, 2024, 2025]).puntos == ((2023, 0, False), (2024, 431, True), (2025, 1, False))


def test_la_base_no_deja_cambiar_lo_tecleado() -> None:
    capturar(_mes(1, 10), None)
    with pytest.raises(DatabaseError, match="sólo admite filas nuevas"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE indicadores_medicioncapturada SET valor = 99")

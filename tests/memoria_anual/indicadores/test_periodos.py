"""La gramática de los periodos."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoria_anual.indicadores.puerta import Periodo, PeriodoIlegible, leer_periodo


@pytest.mark.parametrize(
    ("texto", "desde", "hasta", "nombre"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("2026-T1", date(2026, 1, 1), date(2026, 3, 31), "primer trimestre de 2026"),
        (" 2024-t4 ", date(2024, 10, 1), date(2024, 12, 31), "cuarto trimestre de 2024"),
        ("2026-G", date(2026, 10, 1), date(2027, 9, 30), "año de gobierno 2026–2027"),
        ("2024-02-29..2024-03-01", date(2024, 2, 29), date(2024, 3, 1), "del 29 de febrero de 2024 al 1 de marzo de 2024"),
    ],
)
def test_se_leen_las_cuatro_formas(texto: str, desde: date, hasta: date, nombre: str) -> None:
    periodo = leer_periodo(texto)
    assert (periodo.desde, periodo.hasta, periodo.nombre) == (desde, hasta, nombre)
    assert leer_periodo(periodo.clave) == periodo


@pytest.mark.parametrize(
    "texto", ["", "26", "2026-T5", "2026-T0", "2026-13", "2026-01-01", "2026-02-30..2026-03-01", "2026-05-02..2026-05-01", "0001", "9999", "٢٠٢٦"]
)  # fmt: skip
def test_lo_que_no_se_entiende_dice_como_escribirlo(texto: str) -> None:
    with pytest.raises(PeriodoIlegible, match="Escriba un año"):
        leer_periodo(texto)


@pytest.mark.parametrize(
    ("texto", "anterior"),
    [
        ("2026", "2025"),
        ("2026-T3", "2025-T3"),
        ("2026-G", "2025-G"),
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2025-02-01..2025-02-28", "2024-02-01..2024-02-29"),
        ("2026-01-15..2026-06-30", "2025-01-15..2025-06-30"),
    ],
)
def test_el_anterior_es_un_anio_antes(texto: str, anterior: str) -> None:
    assert leer_periodo(texto).anterior.clave == anterior


@given(st.integers(1600, 2300))
def test_los_trimestres_parten_el_anio_sin_huecos_ni_traslapes(anio: int) -> None:
    partes = leer_periodo(str(anio)).trimestres
    assert partes[0].desde == date(anio, 1, 1) and partes[-1].hasta == date(anio, 12, 31)
    assert all(a.hasta + timedelta(days=1) == b.desde for a, b in pairwise(partes))


def test_solo_un_anio_natural_tiene_trimestres() -> None:
    assert leer_periodo("2026-G").trimestres == ()
    assert Periodo(date(2026, 1, 1), date(2026, 12, 31), "2026-01-01..2026-12-31").trimestres == ()


def test_el_anio_de_gobierno_empieza_cuando_dice_el_ajuste(settings: object) -> None:
    settings.ACERVO_INICIO_DE_GOBIERNO = (1, 1)
    assert leer_periodo("2026-G").hasta == date(2026, 12, 31)

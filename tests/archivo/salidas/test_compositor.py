"""El compositor: literal, aislado, y con errores que una persona entiende."""

from datetime import date

import pytest

from archivo.salidas import ComposicionImposible, DatosDeBoletin, boletin_pdf, componer, compositor

from .conftest import FECHA


def test_aparte_o_adentro_los_bytes_son_los_mismos(boletin: DatosDeBoletin, monkeypatch: pytest.MonkeyPatch) -> None:
    adentro = boletin_pdf(boletin, FECHA)
    monkeypatch.setattr(compositor, "GRANDE", 0)
    assert boletin_pdf(boletin, FECHA) == adentro


@pytest.mark.parametrize("grande", [0, 10**9])
def test_datos_incompletos_se_dicen_con_su_detalle(grande: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compositor, "GRANDE", grande)
    with pytest.raises(ComposicionImposible, match="No se pudo componer el impreso «boletin»") as error:
        componer("boletin", {"institucion": {}}, {}, FECHA)
    assert error.value.detalle


def test_un_compositor_que_no_termina_se_detiene(boletin: DatosDeBoletin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compositor, "GRANDE", 0)
    monkeypatch.setattr(compositor, "TIEMPO_MAXIMO", 0.01)
    with pytest.raises(ComposicionImposible, match="tardó más de"):
        boletin_pdf(boletin, FECHA)


@pytest.mark.parametrize("valor", [float("nan"), date(2026, 1, 1), b"x"])
def test_lo_que_no_es_json_se_rechaza(valor: object) -> None:
    with pytest.raises(ComposicionImposible, match="no son JSON"):
        componer("boletin", {"titulo": valor}, {}, FECHA)


def test_una_plantilla_no_lee_fuera_de_su_carpeta(boletin: DatosDeBoletin) -> None:
    datos = {"institucion": {"emblema": "../../../etc/hostname", "alt_emblema": "x", "nombre": "x"}}
    with pytest.raises(ComposicionImposible):
        componer("boletin", datos, {}, FECHA)

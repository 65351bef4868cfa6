"""El compositor: literal, aislado, y con errores que una persona entiende."""

from datetime import UTC, date, datetime

import pytest

from archivo.salidas import ComposicionImposible, DatosDeBoletin, boletin_pdf, componer, componer_hojas, compositor

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


MOMENTO = datetime(2026, 11, 12, 19, 26, 8, tzinfo=UTC)
FRANJA = {
    "institucion": {"nombre": "Alcaldía Ejemplo"},
    "etiquetado": False,
    "ensayo": False,
    "rubrica": True,
    "cotejado": True,
    "folio": "CC/00001/2026",
    "codigo": "7K4Q",
    "n": 1,
    "huellas": ["0" * 64],
    "paginas": [{"ancho": 612, "alto": 826, "k": 1, "pie": 0, "foja": 1, "cara": "", "huella": 0}],
}


def test_las_hojas_llevan_el_instante_exacto_adentro_o_aparte(monkeypatch: pytest.MonkeyPatch) -> None:
    adentro = componer_hojas("copia_franja", FRANJA, {}, MOMENTO)
    assert b"2026-11-12T19:26:08" in adentro.pdf
    monkeypatch.setattr(compositor, "GRANDE", 0)
    assert componer_hojas("copia_franja", FRANJA, {}, MOMENTO) == adentro


@pytest.mark.parametrize("grande", [0, 10**9])
def test_una_advertencia_es_un_error_en_las_hojas(grande: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compositor, "GRANDE", grande)
    fijos = dict(compositor._archivos_fijos())
    monkeypatch.setattr(
        compositor, "_archivos_fijos", lambda: {**fijos, "mala.typ": b'#set text(font: "Letra que no hay")\nHola'}
    )
    with pytest.raises(ComposicionImposible, match="unknown font"):
        componer_hojas("mala", {"etiquetado": False}, {}, MOMENTO)

"""Los datos dichos en palabras."""

from datetime import date

import pytest

from archivo.catalogo.puerta import leer_fecha
from archivo.portal.identidad_grafica import contraste, faltas
from archivo.portal.marcas import parrafos, segmentos
from archivo.portal.palabras import fecha_en_palabras, fecha_para_maquina, tamano_en_palabras
from search import Word


@pytest.mark.parametrize(
    ("escrita", "dicha", "maquina"),
    [
        ("2026-08-18", "18 de agosto de 2026", "2026-08-18"),
        ("1987-03", "marzo de 1987", "1987-03"),
        ("1987-12", "diciembre de 1987", "1987-12"),
        ("1987", "1987", "1987"),
        ("198X", "década de 1980", ""),
        ("1980/1984", "de 1980 a 1984", ""),
        ("", "sin fecha", ""),
    ],
)
def test_las_fechas_se_dicen_con_la_precision_que_tienen(escrita, dicha, maquina):
    fecha = leer_fecha(escrita)
    assert fecha_en_palabras(fecha) == dicha
    assert fecha_para_maquina(fecha) == maquina


@pytest.mark.parametrize(
    ("bytes_", "dicho"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (412_300, "412 kB"),
        (1_100_000, "1.1 MB"),
        (38_000_000, "38 MB"),
        (5 * 10**12, "5.0 TB"),
    ],
)
def test_los_tamanos_se_dicen_redondos(bytes_, dicho):
    assert tamano_en_palabras(bytes_) == dicho


def test_el_contraste_es_el_de_la_norma():
    assert round(contraste("#000000", "#ffffff"), 1) == 21.0
    assert contraste("#767676", "#ffffff") >= 4.5 > contraste("#777777", "#ffffff")
    assert faltas({"tela": "#123c32"}) == []
    assert "no es un color" in faltas({"tela": "verde"})[0]
    assert "hace falta 4.5" in faltas({"manila_tinta": "#f5e8c9"})[0]


def test_marcar_no_cambia_el_texto():
    texto = "El agua vuelve.\r\nMás agua: <b>aguas</b> & fin"
    assert "".join(t for t, _ in segmentos(texto, Word("agua"))) == texto
    assert [t for t, hallado in segmentos(texto, Word("agua")) if hallado] == ["agua", "agua", "aguas"]


def test_los_renglones_llenos_de_una_pagina_se_juntan():
    pagina = "CAPÍTULO 1\r\nEste renglón llena toda la medida de la caja\r\ny este otro también llena la medida entera\r\nfin.\r\nOtro párrafo"
    leidos = ["".join(t for t, _ in p) for p in parrafos(pagina, None, por_renglon=False)]
    assert [" ".join(p.split()) for p in leidos] == [
        "CAPÍTULO 1",
        "Este renglón llena toda la medida de la caja y este otro también llena la medida entera fin.",
        "Otro párrafo",
    ]
    assert len(parrafos(pagina, None, por_renglon=True)) == 5
    assert parrafos("\n \n", None, por_renglon=False) == []


def test_un_dia_suelto_no_es_un_mes():
    assert fecha_en_palabras(leer_fecha(date(2026, 2, 1).isoformat())) == "1 de febrero de 2026"

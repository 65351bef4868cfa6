"""Del HTML del editor al árbol de texto, sin perder palabras ni interpretar nada."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.salidas import ArbolInvalido, arbol_de_html, arbol_de_texto, normalizar, textos


def test_parrafos_con_formato_y_enlaces() -> None:
    html = '<p>Uno <strong>fuerte</strong> y <em>fino</em>,<br>en <a href="https://a.mx">a.mx</a>.</p>'
    assert arbol_de_html(html) == [
        {
            "tipo": "parrafo",
            "texto": [
                "Uno ",
                {"t": "fuerte", "negrita": True},
                " y ",
                {"t": "fino", "cursiva": True},
                ",\nen ",
                {"t": "a.mx", "url": "https://a.mx"},
                ".",
            ],
        }
    ]


def test_listas_anidadas() -> None:
    html = "<ul><li>Uno<ol><li>Dentro</li></ol></li><li>Dos</li></ul>"
    dentro = {"tipo": "enumeracion", "puntos": ["Dentro"]}
    assert arbol_de_html(html) == [{"tipo": "lista", "puntos": [{"texto": "Uno", "bloques": [dentro]}, "Dos"]}]


def test_los_niveles_no_se_saltan() -> None:
    bloques = arbol_de_html("<h4>A</h4><h2>B</h2><h4>C</h4>")
    assert [b["nivel"] for b in bloques] == [2, 2, 3]


def test_una_cita_que_ya_trae_comillas_no_las_repite() -> None:
    propia, ajena = arbol_de_html("<blockquote>«Sí»</blockquote><blockquote>No</blockquote>")
    assert propia["comillas"] is False
    assert "comillas" not in ajena


def test_el_ultimo_renglon_de_una_cita_dice_de_quien_es() -> None:
    (cita,) = arbol_de_html("<blockquote><p>Sí se puede.</p><p>— La directora de Salud</p></blockquote>")
    assert cita == {"tipo": "cita", "texto": "Sí se puede.", "quien": "La directora de Salud"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", " file:///etc/passwd"])
def test_un_enlace_peligroso_queda_en_su_texto(url: str) -> None:
    assert arbol_de_html(f'<p><a href="{url}">ver</a></p>') == [{"tipo": "parrafo", "texto": "ver"}]


def test_el_codigo_de_una_pagina_no_es_texto() -> None:
    assert arbol_de_html("<script>x=1</script><p>a</p><style>p{}</style>") == [{"tipo": "parrafo", "texto": "a"}]


def test_lo_suelto_es_parrafo() -> None:
    assert [b["texto"] for b in arbol_de_html("antes<p>en</p>después <b></b>")] == ["antes", "en", "después"]


def test_mil_etiquetas_abiertas_no_agotan_la_pila() -> None:
    assert list(textos(arbol_de_html("<div><b>" * 3000 + "hondo"))) == ["hondo"]


@given(st.lists(st.text(alphabet="abc áñ#*$<&", min_size=1), max_size=6))
def test_ninguna_palabra_se_pierde(parrafos: list[str]) -> None:
    escapados = [p.replace("&", "&amp;").replace("<", "&lt;") for p in parrafos]
    leidos = textos(arbol_de_html("".join(f"<p>{p}</p>" for p in escapados)))
    assert " ".join(leidos).split() == " ".join(parrafos).split()


def test_texto_plano_por_renglones_o_por_blancos() -> None:
    assert list(textos(arbol_de_texto("uno\ndos\r\ntres"))) == ["uno", "dos", "tres"]
    assert list(textos(arbol_de_texto("uno\ndos\n\n  \ntres\n"))) == ["uno\ndos", "tres"]
    assert arbol_de_texto(" \n ") == []


def test_normalizar_quita_lo_vacio_y_rechaza_lo_desconocido() -> None:
    assert normalizar([{"tipo": "lista", "puntos": []}, {"tipo": "subtitulo", "texto": " "}]) == []
    with pytest.raises(ArbolInvalido, match="video"):
        normalizar([{"tipo": "video"}])

"""Las cifras dentro del texto: son referencias al corte, y lo tecleado se nota."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.salidas import arbol_de_html
from memoria_anual.edicion.cifras import CifraDesconocida, CifrasDeMemoria, en_palabras
from memoria_anual.edicion.puerta import ajustar_cifra, mesa_de, referencias, tecleadas
from memoria_anual.edicion.vivas import avivar


@pytest.mark.parametrize(
    ("valor", "unidad", "dicho"),
    [
        (None, "boletines", "n/a"),
        (Decimal(0), "boletines", "0"),
        (Decimal("1284.50"), "minutos", "1,284.5"),
        (Decimal("68.10"), "%", "68.1 %"),
        (Decimal("10890.00"), "notas", "10,890"),
    ],
)
def test_un_numero_se_dice_como_se_escribe_y_sin_dato_nunca_es_cero(valor, unidad, dicho):
    assert en_palabras(valor, unidad) == dicho


@pytest.mark.django_db
class TestEnElTexto:
    @pytest.fixture
    def cifras(self, memoria):
        return CifrasDeMemoria(memoria.corte, {}, "https://acervo.ejemplo.mx/memoria/2026")

    def test_conserva_el_formato_y_enlaza_su_lista(self, cifras):
        html = "<p>Van <strong>{{ cifra : bol }}</strong> (antes {{cifra:BOL:anterior}}) al {{corte}}.</p>"
        trozos = avivar(arbol_de_html(html), cifras)[0]["texto"]
        viva = next(t for t in trozos if isinstance(t, dict) and t.get("cifra"))
        assert viva == {"negrita": True, "cifra": "BOL", "url": "https://acervo.ejemplo.mx/memoria/2026/cifra/BOL/", "t": "5"}
        assert "2" in [t["t"] for t in trozos if isinstance(t, dict)]

    def test_tambien_en_listas_anidadas(self, cifras):
        html = "<ul><li>Uno {{cifra:BOL}}<ol><li>Dos {{cifra:BOL:elementos}}</li></ol></li></ul>"
        punto = avivar(arbol_de_html(html), cifras)[0]["puntos"][0]
        assert punto["texto"][1]["t"] == "5" and punto["bloques"][0]["puntos"][0][1]["t"] == "5"

    @pytest.mark.parametrize("mal", ["{{cifra:NOHAY}}", "{{cifra:BOL:inventada}}"])
    def test_lo_que_no_existe_se_dice(self, cifras, mal):
        with pytest.raises(CifraDesconocida):
            avivar(arbol_de_html(f"<p>{mal}</p>"), cifras)

    def test_la_ajustada_lleva_su_nota(self, memoria, redactora):
        ajustar_cifra(memoria, redactora, "BOL", Decimal(7), "Dos boletines de enero que se emitieron en papel.")
        texto = avivar(arbol_de_html("<p>{{cifra:BOL}}</p>"), mesa_de(memoria).cifras)[0]["texto"]
        assert texto[0]["t"] == "7" and "el sistema cuenta 5. Dos boletines de enero" in texto[0]["nota"]


def test_lo_tecleado_se_nota_y_los_anios_y_fechas_no():
    dicho = "En 2026 fueron 1,284 notas y {{cifra:BOL}} boletines el 15/01/2026; en 1999-2004, 37."
    assert (tecleadas(dicho), referencias(dicho)) == (["1,284", "37"], ["BOL"])


@given(st.text(max_size=80))
def test_ningun_texto_rompe_la_revision(texto):
    assert all(n in texto for n in tecleadas(texto))
    assert all(r in texto.upper() for r in referencias(texto))

"""Venga como venga la página, la copia la muestra entera y su franja se ve."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array

from benchmarks.copias_comparar import comparar
from certificaciones.copia.celda.acomodo import FRANJA, acomodar
from certificaciones.copia.puerta import componer, contar_fojas

from . import originales
from .conftest import acta, dibujo, fuente, oscuros, texto_de

Escribir = Callable[..., Path]
PAGINAS = {
    "normal": lambda: originales.pdf(),
    "q_sin_cerrar": lambda: originales.pdf(originales.TRAMA + b"q q 0 0 1 1 re W n 0.01 0 0 0.01 0 0 cm q"),
    "Q_de_sobra": lambda: originales.pdf(originales.TRAMA + b"Q Q Q Q 0 0 1 1 re W n 0.01 0 0 0.01 0 0 cm"),
    "girada_90": lambda: originales.pdf(originales.ROJO + originales.TRAMA, Rotate=90),
    "girada_180": lambda: originales.pdf(originales.ROJO + originales.TRAMA, Rotate=180),
    "girada_270": lambda: originales.pdf(originales.ROJO + originales.TRAMA, Rotate=-90),
    "recortada": lambda: originales.pdf(originales.ROJO + originales.TRAMA, CropBox=Array([50, 50, 500, 700])),
    "recorte_por_fuera": lambda: originales.pdf(originales.TRAMA, CropBox=Array([-50, -50, 700, 900])),
    "origen_negativo": lambda: originales.pdf(originales.ROJO + originales.TRAMA, caja=(-100, -80, 512, 712)),
    "caja_al_reves": lambda: originales.pdf(originales.ROJO + originales.TRAMA, caja=(612, 792, 0, 0)),
    "de_corte_menor": lambda: originales.pdf(originales.TRAMA, TrimBox=Array([100, 100, 300, 300])),
    "unidad_propia": lambda: originales.pdf(originales.ROJO + originales.TRAMA, UserUnit=1.5),
    "con_herencia": originales.con_herencia,
    "a0": lambda: originales.pdf(originales.ROJO + originales.TRAMA, caja=(0, 0, 2384, 3370)),
    "diminuta": lambda: originales.pdf(originales.ROJO, caja=(0, 0, 100, 100)),
    "marcas_ajenas": lambda: originales.pdf(b"/P <</MCID 7>> BDC " + originales.ROJO + b"EMC EMC " + originales.TRAMA),
    "digitalizada": lambda: originales.escaneo(2),
}


@pytest.mark.parametrize("cual", sorted(PAGINAS))
def test_la_pagina_se_ve_igual_y_su_franja_tambien(cual: str, original: Escribir, tmp_path: Path) -> None:
    ruta = original(PAGINAS[cual]())
    copia = componer(acta(), [fuente(ruta)], tmp_path / "copia.pdf")
    visto = comparar(str(copia.ruta), str(ruta), "pdf", 10)
    assert visto["paginas"] == visto["esperadas"] == copia.fojas
    assert not visto["sin_franja"]
    assert max(fraccion for _, fraccion in visto["cambios"]) < 0.01, visto["cambios"]
    assert [" ".join(f.split()) for f in visto["fojas"]] == [f"FOJA {n} DE {copia.fojas}" for n in range(1, copia.fojas + 1)]


def test_la_comparacion_nota_lo_que_falta(original: Escribir, tmp_path: Path) -> None:
    copia = componer(acta(), [fuente(original(originales.pdf(originales.TRAMA)))], tmp_path / "copia.pdf")
    otro = original(originales.pdf(originales.TRAMA + originales.ROJO, b""), "otro.pdf")
    visto = comparar(str(copia.ruta), str(otro), "pdf", 10)
    assert visto["cambios"][0][1] > 0.01
    assert visto["paginas"] != visto["esperadas"]


def test_una_pagina_sin_contenido_es_una_foja_en_blanco_con_su_franja(original: Escribir, tmp_path: Path) -> None:
    documento = originales.pdf()
    del documento.pages[0].obj["/Contents"]
    copia = componer(acta(), [fuente(original(documento))], tmp_path / "copia.pdf")
    hoja = dibujo(copia.ruta, 2)
    corte = hoja.height - round(FRANJA * 0.5)
    assert oscuros(hoja.crop((0, 0, hoja.width, corte))) == 0
    assert oscuros(hoja.crop((0, corte, hoja.width, hoja.height))) > 300


def test_la_copia_de_una_copia_conserva_la_franja_anterior(original: Escribir, tmp_path: Path) -> None:
    primera = componer(acta(), [fuente(original(originales.pdf(originales.ROJO)))], tmp_path / "primera.pdf")
    segunda = componer(acta(folio="CC/00319/2026"), [fuente(primera.ruta)], tmp_path / "segunda.pdf")
    assert segunda.fojas == 3
    assert "FOJA 1 DE 1" in texto_de(segunda.ruta, 4)
    assert "FOJA 3 DE 3" in texto_de(segunda.ruta, 4)


def test_se_copian_solo_las_paginas_pedidas_y_no_se_adjunta_el_resto(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.escaneo(5))
    copia = componer(acta(), [fuente(ruta, paginas=(2, 3))], tmp_path / "copia.pdf")
    assert copia.fojas == 2
    assert any("Páginas 2 a 3 de 5" in r for r in copia.rutas)
    with pikepdf.open(copia.ruta) as pdf:
        assert list(pdf.attachments) == ["acta.json"]


def test_por_ambos_lados_dos_paginas_son_una_foja(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.escaneo(5))
    cuenta = contar_fojas([fuente(ruta, caras="ambos"), fuente(ruta)])
    assert (cuenta.fojas, cuenta.paginas) == (8, 10)
    assert [(c.foja_inicial, c.foja_final) for c in cuenta.por_fuente] == [(1, 3), (4, 8)]
    copia = componer(acta(), [fuente(ruta, caras="ambos")], tmp_path / "copia.pdf")
    lados = [texto_de(copia.ruta, 2 + n) for n in range(5)]
    assert ["FOJA 1 DE 3 · anverso" in lados[0], "FOJA 1 DE 3 · reverso" in lados[1], "FOJA 3 DE 3 · anverso" in lados[4]] == [
        True
    ] * 3


def test_en_carta_todo_cabe_y_cada_dorso_en_blanco_dice_sin_texto(original: Escribir, tmp_path: Path) -> None:
    ruta = original(originales.pdf(originales.TRAMA, caja=(0, 0, 2384, 3370)))
    doble = original(originales.escaneo(3), "doble.pdf")
    copia = componer(acta(), [fuente(ruta), fuente(doble, caras="ambos")], tmp_path / "carta.pdf", "carta")
    with pikepdf.open(copia.ruta) as pdf:
        assert {tuple(float(v) for v in pagina.mediabox) for pagina in pdf.pages} == {(0.0, 0.0, 612.0, 792.0)}
    assert copia.fojas == 3
    assert copia.paginas == 8
    con_leyenda = [n for n in range(copia.paginas) if "SIN TEXTO" in texto_de(copia.ruta, n)]
    assert con_leyenda == [3, 7]
    assert "FOJA 1 DE 3 · reverso" in texto_de(copia.ruta, 3)


@given(st.floats(3, 14_000), st.floats(3, 14_000), st.sampled_from(["foja", "carta"]))
def test_el_original_nunca_cae_bajo_la_franja_ni_fuera_de_la_hoja(ancho: float, alto: float, papel: str) -> None:
    lugar = acomodar(ancho, alto, papel)
    assert lugar.y >= FRANJA * lugar.k + lugar.pie - 0.01
    assert lugar.x >= -0.01
    assert lugar.x + ancho * lugar.escala <= lugar.ancho + 0.01
    assert lugar.y + alto * lugar.escala <= lugar.alto + 0.01
    assert lugar.escala == 1 or papel == "carta"

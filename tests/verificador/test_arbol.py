"""El árbol de RFC 6962: el vector conocido, y toda inclusión y continuidad hasta 70 hojas contra la definición."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificaciones.registro import arbol as guardado
from verificador.arbol import RAIZ_VACIA, continua, huella_de_hoja, huella_de_nodo, incluye, plegar, raiz_de

HOJAS_DEL_VECTOR = (
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
)
HASTA = 70


@cache
def _raiz_por_definicion(hojas):
    if not hojas:
        return RAIZ_VACIA
    if len(hojas) == 1:
        return hojas[0]
    corte = 1 << ((len(hojas) - 1).bit_length() - 1)
    return huella_de_nodo(_raiz_por_definicion(hojas[:corte]), _raiz_por_definicion(hojas[corte:]))


def raiz_por_definicion(hojas):
    """RFC 6962 §2.1, al pie de la letra."""
    return _raiz_por_definicion(tuple(hojas))


def hojas(cuantas):
    return [huella_de_hoja(b"%d" % n) for n in range(cuantas)]


def resueltos(todas, intervalos):
    """Cada intervalo, resuelto como lo hace el registro: con los subárboles llenos que lo forman."""
    return [
        plegar([raiz_por_definicion(todas[lugar << nivel : (lugar + 1) << nivel]) for nivel, lugar in guardado.nodos_llenos(i)])
        for i in intervalos
    ]


def test_la_raiz_del_vector_conocido():
    raiz = raiz_de(huella_de_hoja(h) for h in HOJAS_DEL_VECTOR)
    assert raiz.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert raiz_de([]).hex().startswith("e3b0c442")


@pytest.mark.parametrize("tamano", range(1, HASTA + 1))
def test_toda_inclusion_se_prueba_y_ninguna_ajena(tamano):
    todas = hojas(tamano)
    raiz = raiz_de(todas)
    assert raiz == raiz_por_definicion(todas)
    for indice in range(tamano):
        camino = resueltos(todas, guardado.camino_de_inclusion(indice, tamano))
        assert incluye(todas[indice], indice, tamano, camino, raiz)
        assert not incluye(huella_de_hoja(b"otra"), indice, tamano, camino, raiz)
        assert not incluye(todas[indice], indice, tamano, [*camino, RAIZ_VACIA], raiz)
        assert not camino or not incluye(todas[indice], indice, tamano, camino[:-1], raiz)


@pytest.mark.parametrize("tamano", range(1, HASTA + 1))
def test_toda_continuidad_se_prueba_y_ninguna_falsa(tamano):
    todas = hojas(tamano)
    raiz = raiz_de(todas)
    for antes in range(1, tamano + 1):
        camino = resueltos(todas, guardado.camino_de_continuidad(antes, tamano))
        previa = raiz_de(todas[:antes])
        assert continua((antes, previa), (tamano, raiz), camino)
        assert not continua((antes, huella_de_hoja(b"otra")), (tamano, raiz), camino)
        assert antes == tamano or not continua((antes, previa), (tamano, huella_de_hoja(b"otra")), camino)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_los_intervalos_de_un_camino_cubren_todo_menos_la_hoja(caso):
    tamano, indice = caso
    cubiertos = sorted(guardado.camino_de_inclusion(indice, tamano))
    assert sum(hasta - desde for desde, hasta in cubiertos) == tamano - 1
    assert all(not desde <= indice < hasta for desde, hasta in cubiertos)


@given(st.integers(0, 300))
def test_crecer_hoja_por_hoja_da_la_raiz_de_todas(tamano):
    todas, llenos, raiz = hojas(tamano), {}, RAIZ_VACIA
    for indice, hoja in enumerate(todas):
        nuevos, raiz = guardado.crecer({n: llenos[n] for n in guardado.nodos_llenos((0, indice))}, indice, hoja)
        llenos |= nuevos | {(0, indice): hoja}
    assert raiz == raiz_de(todas)


def test_un_lugar_imposible_no_se_prueba():
    una = hojas(1)[0]
    assert incluye(una, 0, 1, [], una)
    assert not incluye(una, 1, 1, [], una)
    assert not incluye(una, -1, 1, [], una)
    assert continua((0, RAIZ_VACIA), (1, una), [])
    assert not continua((2, una), (1, una), [])

from hypothesis import given
from hypothesis import strategies as st

from archivo.catalogo.claves import ALFABETO, es_valida, nueva


def test_una_clave_nueva_es_valida():
    clave = nueva()
    assert es_valida(clave)
    assert len(clave) == 12


@given(st.integers(0, 11), st.sampled_from(ALFABETO))
def test_un_signo_equivocado_se_nota(lugar, signo):
    clave = nueva()
    if clave[lugar] != signo:
        assert not es_valida(clave[:lugar] + signo + clave[lugar + 1 :])


def test_lo_que_no_es_clave():
    assert not es_valida("")
    assert not es_valida("AEIOU0000000")

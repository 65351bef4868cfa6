import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.catalogo.claves import ALFABETO, es_valida, nueva
from archivo.catalogo.puerta import abrir
from archivo.identidad.puerta import ANONIMO


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


@pytest.mark.django_db
@pytest.mark.parametrize("clave", ["%00", "no-es-clave", "0" * 300])
def test_una_clave_mal_escrita_es_404_sin_preguntar_a_la_base(client, clave, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert abrir(clave.replace("%00", "\0"), ANONIMO) is None
    assert client.get(f"/elemento/{clave}/").status_code == 404

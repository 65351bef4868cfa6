"""De quién es la dirección que llega: la de quien pide, si el intermediario es de confianza."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archivo.operacion.web import tras_intermediarios
from archivo.settings import entorno

CASOS = (
    ((), "10.0.0.5", "200.1.2.3", "10.0.0.5"),
    (["10.0.0.0/8"], "10.0.0.5", "200.1.2.3", "200.1.2.3"),
    (["10.0.0.0/8"], "10.0.0.5", "1.1.1.1, 200.1.2.3, 10.0.0.9", "200.1.2.3"),
    (["10.0.0.0/8"], "200.9.9.9", "1.1.1.1", "200.9.9.9"),
)


@pytest.mark.parametrize(("de_confianza", "de_donde", "reenviada", "esperada"), CASOS)
def test_solo_se_cree_a_quien_es_de_confianza(settings, de_confianza, de_donde, reenviada, esperada):
    settings.ACERVO_INTERMEDIARIOS = de_confianza
    atendida = tras_intermediarios(lambda entorno, responder: entorno["REMOTE_ADDR"])
    peticion = {"REMOTE_ADDR": de_donde, "HTTP_X_FORWARDED_FOR": reenviada, "wsgi.url_scheme": "http"}
    assert atendida(peticion, None) == esperada


def test_una_red_mal_escrita_se_dice(monkeypatch):
    monkeypatch.setenv("ACERVO_PRUEBA", "10.0.0.5,10.0.0.0/99")
    with pytest.raises(ImproperlyConfigured, match=r"10\.0\.0\.0/99"):
        entorno.redes("ACERVO_PRUEBA")

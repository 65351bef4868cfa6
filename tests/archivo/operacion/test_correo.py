"""Por dónde sale el correo: se dice en una variable, y mal escrita lo explica sin repetir la contraseña."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from archivo.settings import entorno


@pytest.fixture
def leer(monkeypatch):
    def leida(valor):
        monkeypatch.setenv("ACERVO_CORREO", valor)
        return entorno.correo("ACERVO_CORREO")

    return leida


def test_sin_escribirla_no_hay_servidor(leer):
    assert leer("") == {}


@pytest.mark.parametrize(
    ("valor", "esperado"),
    [
        ("smtp://correo.ejemplo.mx", {"host": "correo.ejemplo.mx", "port": 25, "username": "", "password": ""}),
        (
            "smtp+tls://archivo%40ejemplo.mx:s%3Acreta@correo.ejemplo.mx",
            {"port": 587, "use_tls": True, "username": "archivo@ejemplo.mx", "password": "s:creta"},
        ),
        ("smtp+ssl://correo.ejemplo.mx:2465", {"port": 2465, "use_ssl": True}),
    ],
)
def test_dice_anfitrion_puerto_cuenta_y_cifrado(leer, valor, esperado):
    opciones = leer(valor)["default"]["OPTIONS"]
    assert {c: opciones.get(c) for c in esperado} == esperado
    assert opciones["timeout"] == 20


@pytest.mark.parametrize("valor", ["http://correo.ejemplo.mx", "smtp+tls://", "smtp://x:secreta@h:puerto", "correo"])
def test_mal_escrita_lo_dice_sin_repetir_la_contrasena(leer, valor):
    with pytest.raises(ImproperlyConfigured, match=r"ACERVO_CORREO debe ser como smtp\+tls") as dicho:
        leer(valor)
    assert "secreta" not in str(dicho.value)

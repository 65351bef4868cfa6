"""El correo: repetido se junta, y si no sale dice por qué sin decir de quién era."""

import smtplib
from email.policy import SMTP

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from archivo.salidas import CorreoNoSalio, carta, mandar_correo


def una(**cambios):
    return carta("Asunto", "Cuerpo", "eva@ejemplo.mx", marca="aviso-7", **cambios)


def test_dos_intentos_llevan_el_mismo_identificador(settings):
    settings.DEFAULT_FROM_EMAIL = "Archivo <archivo@casa.mx>"
    for _ in range(2):
        mandar_correo(una(cabeceras={"List-Unsubscribe": "<https://casa.mx/baja/>"}))
    cabeceras = [m.message() for m in mail.outbox]
    assert [c["Message-ID"] for c in cabeceras] == ["<aviso-7@casa.mx>"] * 2
    assert {(c["Auto-Submitted"], c["List-Unsubscribe"]) for c in cabeceras} == {("auto-generated", "<https://casa.mx/baja/>")}


def test_una_direccion_larga_en_una_cabecera_llega_entera_y_sin_codificar():
    baja = f"<https://archivo.ejemplo.gob.mx/buscar/aviso/baja/{'x' * 120}/>"
    mensaje = carta("Asunto", "palabra " * 300, "eva@ejemplo.mx", marca="m", cabeceras={"List-Unsubscribe": baja})
    cabeza, _, cuerpo = mensaje.message(policy=SMTP).as_bytes().partition(b"\r\n\r\n")
    assert f"\r\nList-Unsubscribe: {baja}" in cabeza.decode()
    assert max(map(len, cuerpo.splitlines())) <= 78


@pytest.mark.parametrize("falla", [
    smtplib.SMTPRecipientsRefused({"eva@ejemplo.mx": (550, b"no existe")}), ConnectionRefusedError("nadie contesta"), TimeoutError("tardó"),
])  # fmt: skip
def test_si_no_sale_dice_por_que_y_no_de_quien_era(monkeypatch, falla):
    def lanzar(*_):
        raise falla

    monkeypatch.setattr(EmailBackend, "send_messages", lanzar)
    with pytest.raises(CorreoNoSalio, match="El servidor de correo no lo tomó") as razon:
        mandar_correo(una())
    assert "eva@" not in str(razon.value)


def test_sin_servidor_dice_que_hacer(settings):
    settings.MAILERS = {}
    with pytest.raises(CorreoNoSalio, match="ACERVO_CORREO"):
        mandar_correo(una())

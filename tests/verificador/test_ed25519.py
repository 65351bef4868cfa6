"""La comprobación de Ed25519 en Python contra la biblioteca del sistema y los vectores de RFC 8032."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from verificador.ed25519 import ORDEN, es_firma_de

PUBLICA = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
FIRMA = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_el_vector_de_la_norma():
    assert es_firma_de(PUBLICA, FIRMA, b"\x72")
    assert not es_firma_de(PUBLICA, FIRMA, b"\x73")


@settings(max_examples=15, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_acepta_lo_firmado_y_nada_mas(semilla, mensaje, bit):
    privada = Ed25519PrivateKey.from_private_bytes(semilla)
    publica, firma = privada.public_key().public_bytes_raw(), privada.sign(mensaje)
    alterada = bytearray(firma)
    alterada[bit // 8] ^= 1 << (bit % 8)
    assert es_firma_de(publica, firma, mensaje)
    assert not es_firma_de(publica, bytes(alterada), mensaje)
    assert not es_firma_de(publica, firma, mensaje + b"x")


def test_lo_que_no_mide_o_no_es_un_punto_se_rechaza():
    mayor = FIRMA[:32] + (int.from_bytes(FIRMA[32:], "little") + ORDEN).to_bytes(32, "little")
    assert not es_firma_de(PUBLICA, mayor, b"\x72")
    assert not es_firma_de(PUBLICA[:-1], FIRMA, b"\x72")
    assert not es_firma_de(b"\xff" * 32, FIRMA, b"\x72")
    assert not es_firma_de(PUBLICA, b"\xff" * 64, b"\x72")

"""Archivos `.cer` y `.key` con la forma de los del SAT."""

import os
from pathlib import Path

from asn1crypto import algos, keys
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from certificaciones.firma.pki_ensayo import Identidad

CONTRASENA = "12345678a"


def _sin_cifrar(identidad: Identidad) -> bytes:
    return identidad.clave.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def con_3des(identidad: Identidad, contrasena: str = CONTRASENA) -> bytes:
    """PKCS#8, PBES2, PBKDF2 con HMAC-SHA1 y 2,048 vueltas, des-ede3-cbc: como las entrega el SAT."""
    sal, vector = os.urandom(8), os.urandom(8)
    derivada = PBKDF2HMAC(hashes.SHA1(), 24, sal, 2048).derive(contrasena.encode())
    relleno = padding.PKCS7(64).padder()
    claro = relleno.update(_sin_cifrar(identidad)) + relleno.finalize()
    cifrador = Cipher(TripleDES(derivada), modes.CBC(vector)).encryptor()
    derivacion = {"algorithm": "pbkdf2", "parameters": {"salt": algos.Pbkdf2Salt("specified", sal), "iteration_count": 2048}}
    parametros = {"key_derivation_func": derivacion, "encryption_scheme": {"algorithm": "tripledes_3key", "parameters": vector}}
    algoritmo = {"algorithm": "pbes2", "parameters": parametros}
    cifrada = cifrador.update(claro) + cifrador.finalize()
    return keys.EncryptedPrivateKeyInfo({"encryption_algorithm": algoritmo, "encrypted_data": cifrada}).dump()


def con_aes(identidad: Identidad, contrasena: str = CONTRASENA) -> bytes:
    """PKCS#8, PBES2 con AES-256."""
    cifrado = serialization.BestAvailableEncryption(contrasena.encode())
    return identidad.clave.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, cifrado)


def escribir(identidad: Identidad, carpeta: Path, cifrar=con_3des) -> tuple[Path, Path]:
    """Los dos archivos: certificado y clave."""
    cer, key = carpeta / "efirma.cer", carpeta / "efirma.key"
    cer.write_bytes(identidad.certificado.dump())
    key.write_bytes(cifrar(identidad))
    return cer, key

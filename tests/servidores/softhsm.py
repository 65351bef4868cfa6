"""Un dispositivo de firma de mentira (SoftHSM), con claves dentro. Sin él la prueba se salta y dice qué falta."""

import atexit
import itertools
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from certificaciones.firma.pki_ensayo import Identidad

BIBLIOTECAS = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN, FICHA = "1234", "archivo"
_claves = itertools.count(1)


def _util(*argumentos: str | Path) -> None:
    subprocess.run(["softhsm2-util", "--pin", PIN, *argumentos], check=True, capture_output=True)


@cache
def _carpeta() -> Path:
    """La ficha de este proceso: la biblioteca lee dónde están una sola vez, al cargarse."""
    carpeta = Path(tempfile.mkdtemp(prefix="acervo-softhsm-"))
    atexit.register(shutil.rmtree, carpeta, ignore_errors=True)
    (carpeta / "fichas").mkdir()
    (carpeta / "softhsm.conf").write_text(f"directories.tokendir = {carpeta / 'fichas'}\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(carpeta / "softhsm.conf")
    _util("--label", FICHA, "--init-token", "--free", "--so-pin", "5678")
    return carpeta


def ficha_de_softhsm(identidad: Identidad, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Mete en la ficha la clave de esa identidad y deja los ajustes que la nombran."""
    biblioteca = next((b for b in BIBLIOTECAS if Path(b).exists()), None)
    if not (biblioteca and shutil.which("softhsm2-util")):
        pytest.skip("Falta softhsm2: instálelo para probar la firma en dispositivo.")
    pytest.importorskip("pkcs11", reason="Falta python-pkcs11 (requisitos de producción).")
    carpeta, numero = _carpeta(), next(_claves)
    nombre = f"firma-{numero}"
    clave = identidad.clave.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (carpeta / "clave.pem").write_bytes(clave)
    (carpeta / f"{nombre}.cer").write_bytes(identidad.certificado.dump())
    _util("--label", nombre, "--import", carpeta / "clave.pem", "--id", f"{numero:02x}", "--token", FICHA)
    (carpeta / "clave.pem").unlink()
    monkeypatch.setenv("ACERVO_HSM_PIN", PIN)
    settings.ACERVO_HSM, settings.ACERVO_HSM_FICHA, settings.ACERVO_HSM_CLAVE = biblioteca, FICHA, nombre
    settings.ACERVO_HSM_CERTIFICADO = str(carpeta / f"{nombre}.cer")
    return settings

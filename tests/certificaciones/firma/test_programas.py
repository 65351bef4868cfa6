"""Lo que dicen de la copia programas ajenos: el que no esté instalado se salta y dice cuál es."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from asn1crypto import cms, pem

from certificaciones.firma import pki_de_ensayo, sellar_huella
from tests.servidores import verapdf

_PYHANKO = "import sys; import certificaciones.firma.compatibilidad; from pyhanko.cli import launch; sys.exit(launch())"


def correr(*orden: str | Path) -> str:
    """Lo que dijo el programa; se salta si falta."""
    programa = str(orden[0])
    if not shutil.which(programa):
        pytest.skip(f"Falta el programa «{programa}» (requirements/sistema.sh dice en qué paquete viene).")
    hecho = subprocess.run([str(parte) for parte in orden], capture_output=True, timeout=60)
    return (hecho.stdout + hecho.stderr).decode("utf-8", "replace") + f"\nsalió con {hecho.returncode}"


@pytest.fixture(scope="module")
def raices(carpeta_de_pki, tmp_path_factory):
    """Los certificados de confianza, en un archivo PEM."""
    archivo = tmp_path_factory.mktemp("raices") / "raices.pem"
    confianza = pki_de_ensayo(carpeta_de_pki).confianza
    archivo.write_bytes(b"".join(pem.armor("CERTIFICATE", c.dump()) for c in confianza.certificados))
    return archivo


@pytest.fixture
def partes(copia_de_la_sesion, tmp_path):
    """Los bytes firmados y la firma suelta, sacados a mano."""
    copia = copia_de_la_sesion.read_bytes()
    rango = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", copia)
    a, b, c, d = (int(n) for n in rango.groups())
    contenido = cms.ContentInfo.load(bytes.fromhex(copia[a + b : c].strip(b"<>").decode()))
    (tmp_path / "firma.p7s").write_bytes(contenido.dump())
    (tmp_path / "firmado.bin").write_bytes(copia[a : a + b] + copia[c : c + d])
    return tmp_path, contenido


def test_pdfsig_dice_valida_y_documento_entero(copia_de_la_sesion):
    dicho = correr("pdfsig", "-nocert", copia_de_la_sesion)
    assert "Signature is Valid" in dicho
    assert "Total document signed" in dicho
    assert "Not total" not in dicho


def test_mutool_dice_sin_cambios_desde_la_firma(copia_de_la_sesion):
    assert "unchanged since signing" in correr("mutool", "sign", "-v", copia_de_la_sesion)


def test_qpdf_no_halla_errores(copia_de_la_sesion):
    assert "salió con 0" in correr("qpdf", "--check", copia_de_la_sesion)


def test_openssl_verifica_la_firma_suelta(partes, raices):
    carpeta, _ = partes
    orden = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", carpeta / "firma.p7s"]
    dicho = correr(*orden, "-content", carpeta / "firmado.bin", "-CAfile", raices, "-out", carpeta / "nada")
    assert "salió con 0" in dicho, dicho


def test_openssl_verifica_el_sello_de_tiempo(partes, raices):
    carpeta, contenido = partes
    firmante = contenido["content"]["signer_infos"][0]
    (carpeta / "valor.bin").write_bytes(firmante["signature"].native)
    (carpeta / "sello.der").write_bytes(firmante["unsigned_attrs"][0]["values"][0].dump())
    orden = ["openssl", "ts", "-verify", "-data", carpeta / "valor.bin", "-in", carpeta / "sello.der", "-token_in"]
    assert "Verification: OK" in correr(*orden, "-CAfile", raices)


def test_openssl_verifica_el_sello_de_una_huella(pki, raices, tmp_path):
    (tmp_path / "sello.der").write_bytes(sellar_huella("ab" * 32, pki.servicios().sellos))
    orden = ["openssl", "ts", "-verify", "-digest", "ab" * 32, "-in", tmp_path / "sello.der", "-token_in"]
    assert "Verification: OK" in correr(*orden, "-CAfile", raices)


def test_la_orden_de_pyhanko_con_los_arreglos_dice_valida(copia_de_la_sesion, raices):
    """Su orden no lee el estado guardado en la copia (lo pediría por la red): aquí sólo mira firma, cadena, sello y cambios."""
    pytest.importorskip("pyhanko.cli", reason="Falta pyhanko-cli (grupo de pruebas).")
    orden = [sys.executable, "-c", _PYHANKO, "sign", "validate", "--trust", raices, "--trust-replace"]
    dicho = correr(*orden, "--no-revocation-check", "--executive-summary", copia_de_la_sesion)
    assert "VALID" in dicho, dicho
    assert "INVALID" not in dicho


def test_poppler_ve_letras_incrustadas_y_el_adjunto(copia_de_la_sesion):
    letras = correr("pdffonts", copia_de_la_sesion).splitlines()[2:-2]
    assert letras
    assert all(re.search(r"\byes (yes|no) +(yes|no)\b", renglon) for renglon in letras), letras
    adjuntos = correr("pdfdetach", "-list", copia_de_la_sesion)
    assert "acta.json" in adjuntos
    assert "oficio.pdf" in adjuntos


def test_verapdf_dice_que_la_firmada_cumple_las_tres_normas(copia_de_la_sesion):
    assert verapdf.faltas(copia_de_la_sesion, "3a", "3b", "ua1") == []

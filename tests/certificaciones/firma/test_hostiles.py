"""Los PDF ajenos de una carpeta (`DATOS`): ninguno pasa por copia nuestra y ninguno tira ni detiene la validación."""

import os
import time
from pathlib import Path

import pytest

from certificaciones.firma import validar

_LIMITE = 30.0


def hostiles() -> list[Path]:
    """Los PDF de `DATOS/pdf_hostiles`, si se dio la carpeta."""
    return sorted(Path(os.environ["DATOS"], "pdf_hostiles").glob("*.pdf")) if os.environ.get("DATOS") else []


@pytest.mark.lento
def test_cada_pdf_ajeno_tiene_dictamen_y_no_es_copia(pki):
    if not hostiles():
        pytest.skip("DATOS no dice una carpeta con pdf_hostiles.")
    mal = []
    for ruta in hostiles():
        inicio = time.monotonic()
        dictamen = validar(ruta, pki.confianza)
        if dictamen.valida or not dictamen.motivos or time.monotonic() - inicio > _LIMITE:
            mal.append(f"{ruta.name}: {dictamen}, {time.monotonic() - inicio:.1f} s")
    assert mal == []


@pytest.mark.lento
def test_los_firmados_y_luego_alterados_no_valen_ni_con_su_propia_raiz(pki):
    """Los de pyHanko traen revisiones de más después de firmar: se dicen alterados antes de mirar en quién se confía."""
    if not hostiles():
        pytest.skip("DATOS no dice una carpeta con pdf_hostiles.")
    firmados = [r for r in hostiles() if r.name.startswith("pyhanko__") and b"/ByteRange" in r.read_bytes()]
    motivos = {ruta.name: validar(ruta, pki.confianza).motivos for ruta in firmados}
    assert len(motivos) > 10
    assert all(motivos.values())

"""Un disco pequeño y lleno de verdad, montado sobre una carpeta. Donde no se puede montar, la prueba se salta y dice por qué."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

TAMANO = 64 * 1024


@contextmanager
def disco_lleno(carpeta: Path) -> Iterator[None]:
    """Mientras dura, en esa carpeta sólo caben unos renglones."""
    carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
    orden = ["mount", "-t", "tmpfs", "-o", f"size={TAMANO},mode=700", "tmpfs", str(carpeta)]
    try:
        montado = subprocess.run(orden, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("Falta mount: sin él no hay un disco pequeño que llenar.")
    if montado.returncode:
        pytest.skip(f"No se puede montar un disco pequeño (hace falta ser root): {montado.stderr.strip()}")
    relleno = carpeta / "relleno"
    try:
        with relleno.open("wb") as archivo:
            archivo.write(b"x" * (TAMANO - 8192))
        yield
    finally:
        relleno.unlink(missing_ok=True)
        subprocess.run(["umount", "-l", str(carpeta)], check=True, capture_output=True)

"""El verificador en un solo archivo que corre con cualquier Python: `python -m verificador.empaque verificador.pyz`."""

import io
import sys
import zipfile
from functools import cache
from pathlib import Path

PAQUETE = Path(__file__).parent
ENTRADA = "import sys\n\nfrom verificador.__main__ import main\n\nsys.exit(main())\n"
FECHA = (1980, 1, 1, 0, 0, 0)


@cache
def empaquetado() -> bytes:
    """El archivo `.pyz`, siempre con los mismos bytes para el mismo programa."""
    destino = io.BytesIO(b"#!/usr/bin/env python3\n")
    destino.seek(0, io.SEEK_END)
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as obra:
        piezas = {f"verificador/{ruta.name}": ruta.read_text() for ruta in sorted(PAQUETE.glob("*.py"))}
        for nombre, texto in {"__main__.py": ENTRADA, **piezas}.items():
            obra.writestr(zipfile.ZipInfo(nombre, FECHA), texto)
    return destino.getvalue()


@cache
def pagina() -> bytes:
    """El verificador en una sola página HTML, que se guarda y se abre sin red."""
    return (PAQUETE / "verificador.html").read_bytes()


def main() -> int:
    """Escribe el archivo en la ruta dada."""
    if len(sys.argv) != 2:
        sys.stderr.write("Diga dónde escribirlo: python -m verificador.empaque verificador.pyz\n")
        return 2
    Path(sys.argv[1]).write_bytes(empaquetado())
    return 0


if __name__ == "__main__":
    sys.exit(main())

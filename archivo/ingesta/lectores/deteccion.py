"""Qué es un archivo por su contenido; el nombre no cuenta. Corre en el proceso aislado."""

from pathlib import Path

import pylibmagic  # noqa: F401 - pone libmagic al alcance de python-magic; va antes

# isort: split
import magic

CABECERA = 1024
MUESTRA = 256 * 1024
COLA = 66 * 1024
FIN_DE_ZIP = b"PK\x05\x06"
LARGO_DE_FIN = 22
BLANCOS = b"\x00\t\n\x0c\r \xef\xbb\xbf"


def _termina_en_zip(cola: bytes) -> bool:
    """¿El final del archivo es el final exacto de un ZIP (y por tanto algunos programas lo abrirían como tal)?"""
    posicion = cola.rfind(FIN_DE_ZIP)
    if posicion < 0:
        return False
    comentario = int.from_bytes(cola[posicion + 20 : posicion + LARGO_DE_FIN], "little")
    return posicion + LARGO_DE_FIN + comentario == len(cola)


def detectar(ruta: str) -> dict[str, str | int | bool]:
    """Devuelve `{"mime", "cabecera_pdf", "antes_en_blanco", "termina_en_zip"}`.

    `cabecera_pdf` es la posición de `%PDF-` en el primer KiB (−1: no está); la norma ISO 32000 pide 0 y los lectores toleran
    más. `antes_en_blanco`: lo que la antecede son sólo espacios.
    """
    with Path(ruta).open("rb") as archivo:
        muestra = archivo.read(MUESTRA)
        archivo.seek(max(0, archivo.seek(0, 2) - COLA))
        cola = archivo.read()
    posicion = muestra[:CABECERA].find(b"%PDF-")
    return {
        "mime": magic.from_buffer(muestra, mime=True),
        "cabecera_pdf": posicion,
        "termina_en_zip": _termina_en_zip(cola),
        "antes_en_blanco": posicion >= 0 and not muestra[:posicion].strip(BLANCOS),
    }

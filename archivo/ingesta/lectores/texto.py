"""El lector de texto llano. Corre en el proceso aislado."""

import json
from pathlib import Path
from typing import Any

from archivo.ingesta.lectores.pdf import LETRAS_POR_ARCHIVO, limpiar

CODIFICACIONES = ("utf-8-sig", "cp1252", "latin-1")
PARTE = 6000


def _decodificar(crudo: bytes) -> tuple[str, str]:
    if crudo.startswith((b"\xff\xfe", b"\xfe\xff")):
        return crudo.decode("utf-16", "replace"), "utf-16"
    for codificacion in CODIFICACIONES[:-1]:
        try:
            return crudo.decode(codificacion), codificacion
        except UnicodeDecodeError:
            continue
    return crudo.decode(CODIFICACIONES[-1]), CODIFICACIONES[-1]


def _partes(texto: str) -> list[str]:
    """Trozos de unos 6,000 caracteres cortados en fin de renglón."""
    partes: list[str] = []
    actual: list[str] = []
    largo = 0
    for renglon in texto.splitlines(keepends=True):
        if largo and largo + len(renglon) > PARTE:
            partes.append("".join(actual))
            actual, largo = [], 0
        actual.append(renglon)
        largo += len(renglon)
    return [*partes, "".join(actual)] if actual else partes


def leer(ruta: str, salida: str) -> dict[str, Any]:
    """Escribe en `salida` un renglón JSON por parte del texto. Devuelve `{"codificacion", "letras", "partes"}`."""
    texto, codificacion = _decodificar(Path(ruta).read_bytes()[: LETRAS_POR_ARCHIVO * 4])
    partes = _partes(limpiar(texto))
    Path(salida).write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in partes), encoding="utf-8")
    return {"codificacion": codificacion, "letras": sum(map(len, partes)), "partes": len(partes)}

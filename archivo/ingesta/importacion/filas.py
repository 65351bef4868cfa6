"""Leer un archivo de filas sin cargarlo entero."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGO_MAXIMO = 64 * 1024 * 1024
EXTENSIONES = (".jsonl", ".jsonl.gz")
_TEXTOS = ("id", "tipo", "titulo", "fecha", "autor", "dependencia", "texto", "fuente", "url", "acceso", "estado")


class ArchivoInutilizable(ValueError):
    """El archivo entero no se puede leer; el mensaje dice qué hacer."""


@dataclass(frozen=True)
class Fila:
    """Una fila legible: su número (desde 1) y sus datos."""

    numero: int
    datos: dict[str, Any]


@dataclass(frozen=True)
class FilaIlegible:
    """Una fila que no se pudo leer."""

    numero: int
    motivo: str
    campo: str = ""
    id: str = ""


def leer_filas(ruta: Path) -> Iterator[Fila | FilaIlegible]:
    """Las filas de un `.jsonl` o `.jsonl.gz`, en orden.

    Raises:
        ArchivoInutilizable: no existe, no se puede abrir o está dañado.
    """
    if not ruta.name.endswith(EXTENSIONES):
        raise ArchivoInutilizable(f"No se puede importar «{ruta.name}»: se reciben archivos {' y '.join(EXTENSIONES)}.")
    try:
        with gzip.open(ruta, "rb") if ruta.suffix == ".gz" else ruta.open("rb") as archivo:
            numero = 0
            while linea := archivo.readline(LARGO_MAXIMO + 1):
                numero += 1
                if linea.strip():
                    yield _leer(numero, linea)
    except OSError as error:
        raise ArchivoInutilizable(
            f"No se pudo leer «{ruta}»: {error.strerror or error}. Revise la ruta y que el archivo esté completo."
        ) from error
    except EOFError as error:
        raise ArchivoInutilizable(f"«{ruta}» está incompleto: termina antes de tiempo. Cópielo de nuevo.") from error


def _leer(numero: int, linea: bytes) -> Fila | FilaIlegible:
    if len(linea) > LARGO_MAXIMO:
        return FilaIlegible(numero, "La fila pasa de 64 MB.")
    try:
        datos = json.loads(linea.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        return FilaIlegible(numero, f"La fila no es JSON: no se entiende a partir del carácter {error.pos + 1}.")
    except (UnicodeDecodeError, RecursionError):
        return FilaIlegible(numero, "La fila no es JSON en UTF-8, o está anidada de más. Guarde el archivo como UTF-8.")
    if not isinstance(datos, dict):
        return FilaIlegible(numero, "La fila no es un objeto JSON.")
    return _revisar(numero, datos)


def _revisar(numero: int, datos: dict[str, Any]) -> Fila | FilaIlegible:
    ident = datos.get("id")
    if not isinstance(ident, str | int) or not str(ident).strip() or len(str(ident)) > 300:
        return FilaIlegible(numero, "Falta el identificador de la fila (id, hasta 300 caracteres).", "id")
    for campo in _TEXTOS:
        valor = datos.get(campo)
        if valor is not None and not isinstance(valor, str | int | float):
            return FilaIlegible(numero, f"El campo «{campo}» debe ser texto.", campo, str(ident))
    limpios: dict[str, Any] = {c: _limpio(str(v)) if v is not None else "" for c, v in ((c, datos.get(c)) for c in _TEXTOS)}
    extra = datos.get("extra")
    archivos = datos.get("archivos")
    limpios["extra"] = _limpio(extra) if isinstance(extra, dict) else {}
    limpios["archivos"] = [a for a in archivos if isinstance(a, str)] if isinstance(archivos, list) else []
    return Fila(numero, limpios)


def _limpio(valor: Any) -> Any:
    """El valor sin lo que ninguna base guarda: caracteres nulos y mitades sueltas de pares suplentes."""
    if isinstance(valor, str):
        return valor.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(valor, dict):
        return {_limpio(c): _limpio(v) for c, v in valor.items()}
    return [_limpio(v) for v in valor] if isinstance(valor, list) else valor

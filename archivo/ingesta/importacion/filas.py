"""Leer un archivo de filas sin cargarlo entero."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGO_MAXIMO = 64 * 1024 * 1024
EXTENSIONES = (".jsonl", ".jsonl.gz")
_TEXTOS = ("id", "tipo", "titulo", "fecha", "autor", "dependencia", "texto", "fuente", "url", "acceso", "estado")


class ArchivoInutilizable(ValueError):
    """El archivo entero no se puede leer; el mensaje dice qué hacer."""


class FilaRechazada(ValueError):
    """La fila no puede entrar; dice el campo y la razón."""

    def __init__(self, campo: str, motivo: str) -> None:
        super().__init__(motivo)
        self.campo = campo


@dataclass(frozen=True)
class Fila:
    """Una fila legible: su número (desde 1), sus datos y cómo venía escrita (la línea, o las celdas de la tabla)."""

    numero: int
    datos: dict[str, Any]
    original: bytes | tuple[str, ...] = ()


@dataclass(frozen=True)
class FilaIlegible:
    """Una fila que no se pudo leer."""

    numero: int
    motivo: str
    campo: str = ""
    id: str = ""
    original: bytes | tuple[str, ...] = ()


def leer_filas(ruta: Path) -> Iterator[Fila | FilaIlegible]:
    """Las filas de un `.jsonl` o `.jsonl.gz`, en orden.

    Raises:
        ArchivoInutilizable: no existe, no se puede abrir o está dañado.
    """
    try:
        with gzip.open(ruta, "rb") if _comprimido(ruta) else ruta.open("rb") as archivo:
            numero = 0
            while linea := archivo.readline(LARGO_MAXIMO + 1):
                numero += 1
                if linea.strip():
                    yield _leer(numero, linea)
    except OSError as error:
        raise ArchivoInutilizable(
            f"No se pudo leer «{ruta}»: {error.strerror or error}. Revise la ruta y que el archivo esté completo."
        ) from error
    except (EOFError, zlib.error) as error:
        raise ArchivoInutilizable(f"«{ruta}» está incompleto: termina antes de tiempo. Cópielo de nuevo.") from error


def _comprimido(ruta: Path) -> bool:
    with ruta.open("rb") as archivo:
        return archivo.read(2) == b"\x1f\x8b"


def _leer(numero: int, linea: bytes) -> Fila | FilaIlegible:
    if len(linea) > LARGO_MAXIMO:
        return FilaIlegible(numero, "La fila pasa de 64 MB.")
    try:
        datos = json.loads(linea.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        motivo = f"La fila no es JSON: no se entiende a partir del carácter {error.pos + 1}."
        return FilaIlegible(numero, motivo, original=linea)
    except (UnicodeDecodeError, RecursionError):
        motivo = "La fila no es JSON en UTF-8, o está anidada de más. Guarde el archivo como UTF-8."
        return FilaIlegible(numero, motivo, original=linea)
    if not isinstance(datos, dict):
        return FilaIlegible(numero, "La fila no es un objeto JSON.", original=linea)
    return revisar(numero, datos, linea)


def revisar(numero: int, datos: dict[str, Any], original: bytes | tuple[str, ...] = ()) -> Fila | FilaIlegible:
    """La fila con todos los campos del contrato presentes y limpios, o por qué no se puede leer."""
    ident = datos.get("id")
    if not isinstance(ident, str | int) or not str(ident).strip() or len(str(ident)) > 300:
        return FilaIlegible(numero, "Falta el identificador de la fila (id, hasta 300 caracteres).", "id", original=original)
    for campo in _TEXTOS:
        valor = datos.get(campo)
        if valor is not None and not isinstance(valor, str | int | float):
            return FilaIlegible(numero, f"El campo «{campo}» debe ser texto.", campo, str(ident), original)
    limpios: dict[str, Any] = {c: _limpio(str(v)) if v is not None else "" for c, v in ((c, datos.get(c)) for c in _TEXTOS)}
    extra = datos.get("extra")
    archivos = datos.get("archivos")
    limpios["extra"] = _limpio(extra) if isinstance(extra, dict) else {}
    limpios["archivos"] = [a for a in archivos if isinstance(a, str)] if isinstance(archivos, list) else []
    return Fila(numero, limpios, original)


def _limpio(valor: Any) -> Any:
    """El valor sin lo que ninguna base guarda: caracteres nulos y mitades sueltas de pares suplentes."""
    if isinstance(valor, str):
        return valor.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(valor, dict):
        return {_limpio(c): _limpio(v) for c, v in valor.items()}
    return [_limpio(v) for v in valor] if isinstance(valor, list) else valor

"""Los tipos de elemento. Añadir uno es añadir un archivo en esta carpeta (y su migración)."""

import importlib
import pkgutil
from pathlib import Path

_NO_SON_TIPOS = {"base", "campos", "registro"}


def cargar_tipos() -> None:
    """Importa cada declaración, que se registra sola. Lo llama `models` al cargar la aplicación."""
    for modulo in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if modulo.name not in _NO_SON_TIPOS:
            importlib.import_module(f"{__name__}.{modulo.name}")

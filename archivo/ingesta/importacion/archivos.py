"""Los archivos que una fila trae junto a ella."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archivo.ingesta.importacion.opciones import OpcionesDeImportacion, Resultado
    from archivo.ingesta.importacion.traduccion import Traducida


def colgar_archivos(traducida: "Traducida", carpeta: Path, opciones: "OpcionesDeImportacion", resultado: "Resultado") -> None:
    """Ingresa cada archivo de la fila y lo cuelga de su elemento."""

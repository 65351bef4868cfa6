"""El compositor: de una plantilla Typst y datos JSON a un PDF/A-3a y PDF/UA-1, siempre con los mismos bytes.

Plantillas, datos e imágenes se juntan en una carpeta pasajera, que es lo único que el compositor puede leer:
ni otra carpeta, ni la red, ni las letras del sistema.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from .cobertura import FUENTES, SignoCambiado, limpiar
from .errores import ComposicionImposible

PLANTILLAS = FUENTES.parent
NORMAS = ["a-3a", "ua-1"]

Avisar = Callable[[SignoCambiado], None]
_bitacora = logging.getLogger(__name__)


def anotar_en_bitacora(cambio: SignoCambiado) -> None:
    """Aviso por omisión: el signo que no se pudo componer queda en la bitácora del sistema."""
    _bitacora.warning("Signo sin letra en un impreso; se escribió su nombre: %s", cambio)


@cache
def _fuentes() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FUENTES)])


@cache
def _archivos_fijos() -> Mapping[str, bytes]:
    def nombre(archivo: Path) -> str:
        return archivo.relative_to(PLANTILLAS).as_posix()

    plantillas = {nombre(a): a.read_bytes() for a in sorted(PLANTILLAS.glob("*.typ"))}
    recursos = {nombre(a): a.read_bytes() for a in sorted((PLANTILLAS / "recursos").iterdir())}
    return plantillas | recursos


def _compilar(plantilla: str, carpeta: str) -> bytes:
    compilador = typst.Compiler(root=carpeta, font_paths=_fuentes(), ignore_system_fonts=True)
    try:
        return compilador.compile(input=f"{carpeta}/{plantilla}.typ", format="pdf", pdf_standards=NORMAS)
    except typst.TypstError as error:
        detalle = " ".join([error.message, *error.hints])
        raise ComposicionImposible(plantilla, detalle) from error


def componer(
    plantilla: str,
    datos: Mapping[str, Any],
    recursos: Mapping[str, bytes],
    fecha: date,
    avisar: Avisar = anotar_en_bitacora,
) -> bytes:
    """PDF (PDF/A-3a y PDF/UA-1, etiquetado) de los datos puestos en `templates/pdf/<plantilla>.typ`.

    `datos` es JSON (textos, números, listas, diccionarios): se compone literalmente, nunca como marcado.
    `recursos` da los bytes de las imágenes que los datos nombran. `fecha` es la del documento y la de sus
    metadatos: con las mismas entradas los bytes son idénticos. Los signos que ninguna letra tiene se escriben
    por su nombre y cada uno se informa a `avisar`. Lanza `ComposicionImposible`.
    """
    limpios, cambios = limpiar(dict(datos))
    for cambio in cambios:
        avisar(cambio)
    limpios["documento"] = {**limpios.get("documento", {}), "fecha": fecha.isoformat()[:10]}
    archivos = {
        **_archivos_fijos(),
        **recursos,
        "datos.json": json.dumps(limpios, ensure_ascii=False, allow_nan=False).encode(),
    }
    with TemporaryDirectory(prefix="acervo-impreso-") as carpeta:
        for nombre, contenido in archivos.items():
            destino = Path(carpeta, nombre)
            destino.parent.mkdir(parents=True, exist_ok=True)
            destino.write_bytes(contenido)
        return _compilar(plantilla, carpeta)

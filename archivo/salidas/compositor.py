"""El compositor: de una plantilla Typst y datos JSON a un PDF/A-3a y PDF/UA-1, siempre con los mismos bytes.

Plantillas, datos e imágenes se juntan en una carpeta pasajera, que es lo único que el compositor puede leer:
ni otra carpeta, ni la red, ni las letras del sistema.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from . import compilador
from .cobertura import FUENTES, SignoCambiado, limpiar
from .errores import ComposicionImposible

PLANTILLAS = FUENTES.parent
#: Bytes de datos desde los que se compone en un proceso aparte: el compositor guarda en memoria lo ya hecho.
GRANDE = 100_000
TIEMPO_MAXIMO = 180

Avisar = Callable[[SignoCambiado], None]
_bitacora = logging.getLogger(__name__)


def anotar_en_bitacora(cambio: SignoCambiado) -> None:
    """Aviso por omisión: el signo que no se pudo componer queda en la bitácora del sistema."""
    _bitacora.warning("Signo sin letra en un impreso; se escribió su nombre: %s", cambio)


@cache
def _fuentes() -> typst.Fonts:
    return compilador.letras(str(FUENTES))


@cache
def _archivos_fijos() -> Mapping[str, bytes]:
    def nombre(archivo: Path) -> str:
        return archivo.relative_to(PLANTILLAS).as_posix()

    plantillas = {nombre(a): a.read_bytes() for a in sorted(PLANTILLAS.glob("*.typ"))}
    recursos = {nombre(a): a.read_bytes() for a in sorted((PLANTILLAS / "recursos").iterdir())}
    return plantillas | recursos


def _en_proceso_aparte(plantilla: str, carpeta: str, *opciones: str) -> bytes:
    """Compone un documento grande en un proceso que devuelve al sistema toda su memoria al terminar."""
    orden = [sys.executable, "-I", compilador.__file__, carpeta, plantilla, str(FUENTES), *opciones]
    try:
        hijo = subprocess.run(orden, capture_output=True, text=True, timeout=TIEMPO_MAXIMO, check=False)
    except subprocess.TimeoutExpired as error:
        raise ComposicionImposible(plantilla, f"tardó más de {TIEMPO_MAXIMO} segundos") from error
    if hijo.returncode != 0:
        raise ComposicionImposible(plantilla, hijo.stderr.strip() or f"el proceso terminó con {hijo.returncode}")
    return Path(carpeta, compilador.SALIDA).read_bytes()


def _compilar(plantilla: str, carpeta: str, tamano: int) -> bytes:
    if tamano > GRANDE:
        return _en_proceso_aparte(plantilla, carpeta)
    try:
        return compilador.compilar(carpeta, plantilla, _fuentes())
    except typst.TypstError as error:
        raise ComposicionImposible(plantilla, compilador.detalle(error)) from error


def _hoja_de_datos(plantilla: str, datos: Mapping[str, Any], avisar: Avisar, fecha: date) -> bytes:
    """Los datos en JSON, con cada signo sin letra cambiado por su nombre y con la fecha del documento."""
    limpios, cambios = limpiar(dict(datos))
    for cambio in cambios:
        avisar(cambio)
    limpios["documento"] = {**limpios.get("documento", {}), "fecha": fecha.isoformat()[:10]}
    try:
        return json.dumps(limpios, ensure_ascii=False, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise ComposicionImposible(plantilla, f"los datos no son JSON: {error}") from error


@contextmanager
def _mesa(hoja: bytes, recursos: Mapping[str, bytes]) -> Iterator[str]:
    """La carpeta pasajera con plantillas, datos e imágenes: lo único que el compositor puede leer."""
    archivos = {**_archivos_fijos(), **recursos, "datos.json": hoja}
    with TemporaryDirectory(prefix="acervo-impreso-") as carpeta:
        for nombre, contenido in archivos.items():
            destino = Path(carpeta, nombre)
            destino.parent.mkdir(parents=True, exist_ok=True)
            destino.write_bytes(contenido)
        yield carpeta


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
    hoja = _hoja_de_datos(plantilla, datos, avisar, fecha)
    with _mesa(hoja, recursos) as carpeta:
        return _compilar(plantilla, carpeta, len(hoja))


@dataclass(frozen=True, slots=True)
class Hojas:
    """Un PDF y los valores que la plantilla dejó bajo la etiqueta consultada."""

    pdf: bytes
    valores: tuple[Any, ...]


def componer_hojas(
    plantilla: str,
    datos: Mapping[str, Any],
    recursos: Mapping[str, bytes],
    momento: datetime,
    consulta: str = "",
) -> Hojas:
    """Como `componer`, con instante exacto, una consulta a la plantilla («<etiqueta>») y sin tolerar advertencias.

    `datos["etiquetado"]` en falso da PDF/A-3b sin etiquetas (lo que se pone como adorno en otra página). `momento` lleva su
    huso. Lanza `ComposicionImposible`.
    """
    hoja = _hoja_de_datos(plantilla, datos, anotar_en_bitacora, momento)
    pedido = compilador.Pedido(int(momento.timestamp()), bool(datos.get("etiquetado", True)), consulta)
    with _mesa(hoja, recursos) as carpeta:
        if len(hoja) > GRANDE:
            pdf = _en_proceso_aparte(plantilla, carpeta, *pedido.opciones())
            return Hojas(pdf, tuple(json.loads(Path(carpeta, compilador.CONSULTA).read_text(encoding="utf-8"))))
        try:
            pdf, valores = compilador.compilar_hojas(carpeta, plantilla, _fuentes(), pedido)
        except typst.TypstError as error:
            raise ComposicionImposible(plantilla, compilador.detalle(error)) from error
        except compilador.AvisoDeTypst as aviso:
            raise ComposicionImposible(plantilla, str(aviso)) from aviso
    return Hojas(pdf, tuple(valores))

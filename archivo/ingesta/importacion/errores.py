"""Las filas que no entraron, en un CSV que se corrige y se vuelve a subir."""

import csv
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Any

from archivo.ingesta.importacion.opciones import Incidencia
from archivo.salidas import inofensiva

COLUMNAS = ("Fila de origen", "Campo con error", "Motivo")


def sin_las_nuestras(encabezado: Sequence[str]) -> tuple[str, ...]:
    """El encabezado que tenía el archivo antes de volver como lista de errores."""
    return tuple(encabezado[len(COLUMNAS) :]) if tuple(encabezado[: len(COLUMNAS)]) == COLUMNAS else tuple(encabezado)


class EscritorDeErrores(AbstractContextManager["EscritorDeErrores"]):
    """Escribe un renglón por incidencia: número de fila, campo, motivo y la fila como venía. UTF-8 con marca, para Excel."""

    def __init__(self, ruta: Path, encabezado: Sequence[str]) -> None:
        self.ruta = ruta
        self.originales = sin_las_nuestras(encabezado) or ("Original",)
        self.sobran = len(encabezado) - len(self.originales) if encabezado else 0

    def __enter__(self) -> "EscritorDeErrores":
        self.archivo = self.ruta.open("w", encoding="utf-8-sig", errors="replace", newline="")
        self.escritor = csv.writer(self.archivo)
        self.escritor.writerow([*COLUMNAS, *self.originales])
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None) -> None:
        self.archivo.close()

    def escribir(self, incidencia: Incidencia) -> None:
        """Añade una incidencia."""
        self.escritor.writerow(
            [incidencia.fila, incidencia.campo, incidencia.motivo, *map(inofensiva, self._original(incidencia))]
        )

    def _original(self, incidencia: Incidencia) -> Sequence[Any]:
        if isinstance(incidencia.original, bytes):
            return [incidencia.original.decode("utf-8", "replace").rstrip("\r\n")]
        return incidencia.original[self.sobran :]

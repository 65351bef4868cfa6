"""Escribir un PDF de modo que un disco lleno sea un error y no la muerte del proceso."""

import io
from pathlib import Path
from typing import Any

import pikepdf

TROZO = 1 << 16


class _QueNoFalla(io.RawIOBase):
    """Recuerda la falla y sigue: qpdf, si una escritura falla al cerrar, termina el proceso entero. No dice su descriptor: lo usaría."""

    def __init__(self, archivo: io.FileIO) -> None:
        super().__init__()
        self.archivo = archivo
        self.falla: OSError | None = None

    def writable(self) -> bool:
        """Sólo se escribe."""
        return True

    def write(self, datos: Any, /) -> int:
        """Todo; tras una falla, como si cupiera."""
        if self.falla is None:
            try:
                resto = memoryview(datos)
                while resto:
                    resto = resto[self.archivo.write(resto) :]
            except OSError as error:
                self.falla = error
        return len(datos)


def escribir(pdf: pikepdf.Pdf, salida: str, **opciones: Any) -> None:
    """`pdf.save`, con sus opciones. Lanza `OSError` si no cabe o no se puede escribir."""
    with Path(salida).open("wb", buffering=0) as archivo:
        destino = _QueNoFalla(archivo)
        with io.BufferedWriter(destino, TROZO) as flujo:
            pdf.save(flujo, **opciones)
    if destino.falla is not None:
        raise destino.falla

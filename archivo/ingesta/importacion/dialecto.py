"""En qué codificación y con qué separador se escribió una tabla de texto."""

import codecs
import csv
import io
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

UTF8 = "utf-8"
UTF16 = "utf-16"
WINDOWS = "cp1252"
CODIFICACIONES = {UTF8: "UTF-8", WINDOWS: "Windows-1252 (Excel antiguo)", UTF16: "UTF-16"}
SEPARADORES = {",": "Coma ( , )", ";": "Punto y coma ( ; )", "\t": "Tabulador", "|": "Barra ( | )"}
FECHAS = {"dma": "día/mes/año (22/11/2026)", "mda": "mes/día/año (11/22/2026)"}
_TROZO = 1024 * 1024
_MUESTRA = 256 * 1024
_RENGLONES = 30


@dataclass(frozen=True)
class Lectura:
    """Cómo se lee una tabla. Lo vacío se detecta. `fechas` dice cuál va primero en 05/06/1994: `dma` o `mda`."""

    codificacion: str = ""
    separador: str = ""
    hoja: str = ""
    fechas: str = "dma"

    @classmethod
    def de(cls, datos: dict[str, Any]) -> "Lectura":
        """La que se guardó; lo que no se conoce se vuelve a detectar."""
        codificacion, separador, hoja, fechas = (str(datos.get(c) or "") for c in ("codificacion", "separador", "hoja", "fechas"))
        return cls(
            codificacion=codificacion if codificacion in CODIFICACIONES else "",
            separador=separador if separador in SEPARADORES else "",
            hoja=hoja,
            fechas=fechas if fechas in FECHAS else "dma",
        )

    def como_dict(self) -> dict[str, str]:
        """Para guardarla."""
        return asdict(self)


def codificacion_de(ruta: Path) -> str:
    """UTF-8 si el archivo entero lo es; con marca de UTF-16, esa; si no, Windows-1252, como exporta Excel en español."""
    decodificador = codecs.getincrementaldecoder("utf-8")()
    with ruta.open("rb") as archivo:
        inicio = archivo.read(2)
        if inicio in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return UTF16
        archivo.seek(0)
        try:
            while trozo := archivo.read(_TROZO):
                decodificador.decode(trozo)
            decodificador.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
    return UTF8


def codec_de(codificacion: str) -> str:
    """El nombre que entiende `open`: en UTF-8, con o sin marca al principio."""
    return "utf-8-sig" if codificacion == UTF8 else codificacion


def separador_de(ruta: Path, codificacion: str) -> str:
    """El que parte más renglones en el mismo número de columnas (más de una); coma si ninguno."""
    with ruta.open("rb") as archivo:
        crudo = archivo.read(_MUESTRA)
    texto = crudo.decode(codec_de(codificacion), errors="replace")
    if texto[:4].lower() == "sep=" and texto[4:5] in SEPARADORES:
        return texto[4]
    return max(SEPARADORES, key=lambda separador: _parejura(texto, separador))


def _parejura(texto: str, separador: str) -> tuple[float, int]:
    try:
        anchos = [
            len(r) for _, r in zip(range(_RENGLONES), csv.reader(io.StringIO(texto), delimiter=separador), strict=False) if r
        ]
    except csv.Error:
        return (0.0, 0)
    if not anchos or anchos[0] < 2:
        return (0.0, 0)
    return (sum(a == anchos[0] for a in anchos) / len(anchos), anchos[0])

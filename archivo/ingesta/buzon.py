"""Dónde están los bytes antes de ser un original: el buzón, y la cuarentena de lo que una persona debe mirar."""

import contextlib
import shutil
import time
import unicodedata
import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from archivo.ingesta.models import Ingreso
from archivo.ingesta.veredictos import Rechazo
from archivo.objetos.puerta import barrer_parciales, dar_nombre, escribir_parcial

DIA = 86400
NOMBRE_MAXIMO = 255
_INVISIBLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def carpeta(nombre: str) -> Path:
    """`buzon` o `cuarentena`, dentro de los datos."""
    return Path(settings.ACERVO_DATOS) / nombre


def nombre_legible(nombre: str) -> str:
    """El nombre sin carpetas, controles, marcas de dirección ni medios pares, a lo más de 255 letras."""
    base = nombre.replace("\\", "/").rsplit("/", 1)[-1]
    limpio = "".join(" " if unicodedata.category(c) in _INVISIBLES else c for c in unicodedata.normalize("NFC", base))
    junto = " ".join(limpio.split()) or "sin nombre"
    if len(junto) <= NOMBRE_MAXIMO:
        return junto
    tronco, punto, extension = junto.rpartition(".")
    cola = f"{punto}{extension}" if tronco and len(extension) <= 10 else ""
    return junto[: NOMBRE_MAXIMO - len(cola)] + cola


class ConTope:
    """Un archivo que se niega a dar más bytes de los permitidos."""

    def __init__(self, origen: BinaryIO, tope: int) -> None:
        self.origen = origen
        self.resta = tope

    def read(self, cuantos: int = -1) -> bytes:
        """Como el del origen; lanza `Rechazo` al pasar del tope."""
        trozo = self.origen.read(cuantos)
        self.resta -= len(trozo)
        if self.resta < 0:
            raise Rechazo(demasiado_grande())
        return trozo


def demasiado_grande() -> str:
    """La frase para lo que no cabe."""
    return f"Pesa más de {settings.ACERVO_ARCHIVO_MAXIMO // 1024**2} MB, que es lo más que se recibe. Divídalo o pida que se amplíe el límite."


def depositar(origen: BinaryIO) -> tuple[str, str, int]:
    """Copia al buzón de forma atómica. Devuelve (ruta relativa a los datos, sha256, bytes). Lanza `Rechazo`, `SinEspacio`."""
    con_tope: Any = ConTope(origen, settings.ACERVO_ARCHIVO_MAXIMO)
    escrito = escribir_parcial(con_tope, carpeta("buzon"))
    if not escrito.bytes:
        escrito.ruta.unlink()
        raise Rechazo("El archivo está vacío (0 bytes). Revise el original y vuelva a enviarlo.")
    ruta = f"buzon/{uuid.uuid4().hex}"
    dar_nombre(escrito.ruta, Path(settings.ACERVO_DATOS) / ruta)
    return ruta, escrito.sha256, escrito.bytes


def apartar(ingreso: Ingreso) -> str:
    """Pone los bytes también en la cuarentena y devuelve su ruta; quien llama retira los del buzón cuando la fila ya lo dice.

    Repetirlo no cambia nada: en ningún instante los bytes dejan de estar donde la fila dice que están.
    """
    ruta = f"cuarentena/{ingreso.pk}-{ingreso.sha256[:16]}"
    destino = Path(settings.ACERVO_DATOS) / ruta
    if not destino.exists():
        with ingreso.archivo.open("rb") as origen:
            dar_nombre(escribir_parcial(origen, destino.parent).ruta, destino)
    return ruta


def retirar(ruta: str) -> None:
    """Borra del buzón o de la cuarentena lo que ya está en otro lugar o se rechazó."""
    if ruta:
        (Path(settings.ACERVO_DATOS) / ruta).unlink(missing_ok=True)


def barrer() -> int:
    """Quita lo que dejó un proceso muerto antes de que el ingreso existiera: parciales y archivos sin fila de más de un día."""
    barridos = sum(barrer_parciales(carpeta(c)) for c in ("buzon", "cuarentena", "objetos/.parciales", "derivados/.parciales"))
    limite = time.time() - DIA
    for vieja in carpeta("temporal").glob("ingesta-*"):
        if vieja.stat().st_mtime < limite:
            shutil.rmtree(vieja, ignore_errors=True)
    for suelto in carpeta("buzon").iterdir() if carpeta("buzon").is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            viejo = suelto.stat().st_mtime < limite
            if viejo and not Ingreso.objects.filter(ruta=f"buzon/{suelto.name}").exists():
                suelto.unlink()
                barridos += 1
    return barridos

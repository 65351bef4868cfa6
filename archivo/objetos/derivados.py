"""Lo que se deriva de un original: imagen de página, miniatura y lugar de cada palabra.

Todo derivado es reproducible y desechable: vive en `ACERVO_DATOS/derivados/`, se hace en el proceso aislado, con pixeles
acotados, y aparece completo de un golpe. Un derivado que no se pudo hacer se recuerda un día, para no repetir el intento en
cada visita.
"""

import contextlib
import json
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from archivo.objetos.aislado import FallaAislada, Limites, ejecutar
from archivo.objetos.models import ObjetoDigital
from archivo.objetos.servicios import ruta_local

VERSION = "v2"
ANCHOS = (160, 320, 480, 640, 800, 1000, 1280, 1600, 2000, 2400)
PIXELES = 8_000_000
DIA = 86400
LIMITES = Limites(cpu=8, tiempo=10)
PDF = "application/pdf"
IMAGENES = frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff", "image/gif"})

VIDEOS = "video/"

type Palabra = tuple[str, float, float, float, float]


class DerivadoImposible(Exception):
    """Ese derivado no se puede hacer: el formato no lo permite, la página no existe o el lector falló. El original sigue ahí."""


def carpeta_de_derivados(objeto: ObjetoDigital) -> Path:
    """La carpeta de los derivados de un original; se puede borrar entera sin perder nada."""
    clave = objeto.sha256
    return Path(settings.ACERVO_DATOS) / "derivados" / clave[:2] / clave[2:4] / clave


def ancho_permitido(ancho: int) -> int:
    """El ancho de la lista que basta para lo pedido: así nadie llena el disco pidiendo todos los anchos."""
    return next((posible for posible in ANCHOS if posible >= ancho), ANCHOS[-1])


def _recordar_falla(final: Path, motivo: str) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    final.with_suffix(".falla").write_text(motivo)


def _falla_reciente(final: Path) -> str:
    nota = final.with_suffix(".falla")
    with contextlib.suppress(FileNotFoundError):
        if time.time() - nota.stat().st_mtime < DIA:
            return nota.read_text()
    return ""


def _derivar(final: Path, hacer: Callable[[Path], None], *, siempre: bool = False) -> Path:
    """Devuelve `final`, haciéndolo si falta: parcial, renombrar. `hacer` puede lanzar `FallaAislada`."""
    if final.is_file() and not siempre:
        return final
    if motivo := _falla_reciente(final):
        raise DerivadoImposible(motivo)
    final.parent.mkdir(parents=True, exist_ok=True)
    parciales = Path(settings.ACERVO_DATOS) / "derivados" / ".parciales"
    parciales.mkdir(exist_ok=True)
    parcial = parciales / f"{uuid.uuid4().hex}.parcial"
    try:
        hacer(parcial)
        parcial.replace(final)
    except FallaAislada as falla:
        if falla.clase != "tiempo":
            _recordar_falla(final, falla.motivo)
        raise DerivadoImposible(falla.motivo) from falla
    finally:
        parcial.unlink(missing_ok=True)
    return final


def _exigir_pagina(objeto: ObjetoDigital, n: int) -> None:
    if n < 1 or n > (objeto.paginas or 1):
        raise DerivadoImposible(f"El archivo no tiene página {n}.")


def _ruta_de_imagen(objeto: ObjetoDigital, n: int, ancho: int) -> Path:
    return carpeta_de_derivados(objeto) / f"{VERSION}-p{n:05}-{ancho_permitido(ancho)}.webp"


def _hacer_imagen(objeto: ObjetoDigital, n: int, ancho: int, *, siempre: bool = False) -> Path:
    if objeto.mime != PDF and objeto.mime not in IMAGENES and not objeto.mime.startswith(VIDEOS):
        raise DerivadoImposible("De este formato no se hacen imágenes.")
    _exigir_pagina(objeto, n)
    origen = str(ruta_local(objeto))

    def hacer(parcial: Path) -> None:
        comun: dict[str, Any] = {"ruta": origen, "destino": str(parcial), "ancho": ancho_permitido(ancho), "pixeles": PIXELES}
        if objeto.mime == PDF:
            ejecutar("archivo.objetos.lectores.pdf:dibujar", comun | {"pagina": n}, LIMITES)
        elif objeto.mime.startswith(VIDEOS):
            ejecutar("archivo.objetos.lectores.medios:cuadro", comun, LIMITES)
        else:
            ejecutar("archivo.objetos.lectores.imagen:reducir", comun | {"cuadro": n}, LIMITES)

    return _derivar(_ruta_de_imagen(objeto, n, ancho), hacer, siempre=siempre)


def imagen_de_pagina(objeto: ObjetoDigital, n: int, ancho: int) -> Path:
    """Un WebP de la página `n` (desde 1) de un PDF, de una imagen o de un video (un cuadro), al ancho de la lista que basta.

    Lanza `DerivadoImposible`.
    """
    return _hacer_imagen(objeto, n, ancho)


def copia_de_difusion(objeto: ObjetoDigital) -> Path:
    """Un JPEG del tamaño del original y sin sus metadatos (posición, cámara, autor). Lanza `DerivadoImposible` si no es imagen."""
    if objeto.mime not in IMAGENES:
        raise DerivadoImposible("De este formato no se hace copia de difusión.")
    origen = str(ruta_local(objeto))

    def hacer(parcial: Path) -> None:
        ejecutar("archivo.objetos.lectores.imagen:difundir", {"ruta": origen, "destino": str(parcial)}, LIMITES)

    return _derivar(carpeta_de_derivados(objeto) / f"{VERSION}-difusion.jpg", hacer)


def miniatura(objeto: ObjetoDigital, ancho: int = 320) -> Path:
    """La primera página o la imagen, reducida y sin metadatos (posición, cámara, autor)."""
    return imagen_de_pagina(objeto, 1, ancho)


def rehacer_miniatura(objeto: ObjetoDigital, ancho: int = 320) -> Path:
    """La miniatura, hecha otra vez aunque exista; la anterior sirve hasta que la nueva la sustituye de un golpe."""
    final = _ruta_de_imagen(objeto, 1, ancho)
    final.with_suffix(".falla").unlink(missing_ok=True)
    return _hacer_imagen(objeto, 1, ancho, siempre=True)


def palabras_de_pagina(objeto: ObjetoDigital, n: int) -> list[Palabra]:
    """Las palabras de una página de PDF con su caja: `(texto, x0, y0, x1, y1)`, fracciones 0..1 desde arriba a la izquierda.

    De lo que no es PDF, lista vacía. Lanza `DerivadoImposible` si el lector falla.
    """
    if objeto.mime != PDF:
        return []
    _exigir_pagina(objeto, n)
    final = carpeta_de_derivados(objeto) / f"{VERSION}-p{n:05}.palabras.json"
    origen = str(ruta_local(objeto))

    def hacer(parcial: Path) -> None:
        listas = ejecutar("archivo.objetos.lectores.pdf:palabras", {"ruta": origen, "pagina": n}, LIMITES)
        parcial.write_text(json.dumps(listas, ensure_ascii=False, separators=(",", ":")))

    crudas = json.loads(_derivar(final, hacer).read_text())
    return [(p[0], p[1], p[2], p[3], p[4]) for p in crudas]

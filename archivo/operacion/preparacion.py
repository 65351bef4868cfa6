"""Dejar el archivo listo para servir: base de datos, instrumentos, grupos, estáticos, índice y, si se pide, la muestra."""

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import wagtail
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from archivo.identidad.puerta import sincronizar_grupos
from archivo.registros import aportaciones

Avisar = Callable[[str], None]


@dataclass(frozen=True)
class Preparado:
    """Cómo quedó el archivo. `base` es `sqlite` o `postgresql`; `indice`, la generación que se sirve."""

    version: str
    base: str
    indice: Any
    elementos: int

    def como_dict(self) -> dict[str, Any]:
        """La forma que imprime `preparar --json`."""
        return asdict(self)


def version() -> str:
    """La versión del producto."""
    return tomllib.loads((settings.RAIZ / "pyproject.toml").read_text())["project"]["version"]


def cuantos_elementos() -> int:
    """Los elementos del catálogo."""
    return aportaciones.contador() if aportaciones.contador else 0


def _senal_de_muestra() -> Path:
    return Path(settings.ACERVO_DATOS) / "muestra.incompleta"


def _huella_de_estaticos() -> str:
    suma = hashlib.sha256(f"{version()} {wagtail.__version__}".encode())
    for archivo in sorted(p for carpeta in settings.STATICFILES_DIRS for p in Path(carpeta).rglob("*") if p.is_file()):
        datos = archivo.stat()
        suma.update(f"{archivo} {datos.st_size} {datos.st_mtime_ns}".encode())
    return suma.hexdigest()


def reunir_estaticos(avisar: Avisar) -> None:
    """Junta hojas de estilo y guiones en la carpeta de datos, sólo si cambiaron."""
    marca, huella = Path(settings.STATIC_ROOT) / ".huella", _huella_de_estaticos()
    if marca.exists() and marca.read_text() == huella:
        return
    avisar("Reuniendo hojas de estilo y guiones…")
    call_command("collectstatic", interactive=False, verbosity=0)
    marca.write_text(huella)


def sembrar_muestra(avisar: Avisar) -> None:
    """Siembra la muestra en un archivo vacío, o la termina si se interrumpió."""
    if aportaciones.muestra is None:
        return
    senal = _senal_de_muestra()
    if not senal.exists() and (elementos := cuantos_elementos()):
        avisar(f"El archivo ya tiene {elementos} elementos: no se siembra la muestra.")
        return
    avisar("Sembrando el archivo de muestra…")
    senal.touch()
    for instrumento in aportaciones.instrumentos_de_muestra:
        instrumento()
    aportaciones.muestra(avisar)
    for siembra in aportaciones.tras_la_muestra:
        siembra(avisar)
    senal.unlink()


def poner_indice_al_dia() -> None:
    """Las búsquedas ven todo lo que hay en el catálogo."""
    if aportaciones.al_dia:
        aportaciones.al_dia()


def esta_vacio() -> bool:
    """¿No tiene ningún elemento (o quedó una muestra a medias)?"""
    return _senal_de_muestra().exists() or cuantos_elementos() == 0


def preparar(*, muestra: bool, avisar: Avisar) -> Preparado:
    """Deja el archivo listo. Se puede repetir: lo que ya está no se toca."""
    avisar("Preparando la base de datos…")
    call_command("migrate", interactive=False, verbosity=0)
    for _, instrumento in sorted(aportaciones.instrumentos, key=lambda par: par[0]):
        instrumento()
    sincronizar_grupos()
    reunir_estaticos(avisar)
    if muestra:
        sembrar_muestra(avisar)
        avisar("Poniendo el índice al día…")
        poner_indice_al_dia()
    indice = aportaciones.generacion_de_indice() if aportaciones.generacion_de_indice else None
    return Preparado(version(), connection.vendor, indice, cuantos_elementos())

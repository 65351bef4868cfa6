"""`manage.py ingerir RUTA…`: archivos y carpetas por el camino completo."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.catalogo.puerta import NIVELES, TipoDesconocido, tipo_de
from archivo.identidad.puerta import DatoInutilizable, persona_llamada
from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import Pedido, procesar, reanudar, rechazar, recibir
from archivo.objetos.puerta import SinEspacio

BIEN = {Ingreso.Estado.ACEPTADO, Ingreso.Estado.DUPLICADO}


def archivos_de(rutas: list[str]) -> Iterator[str]:
    """Cada archivo una vez, en orden estable; las carpetas, recursivas, sin seguir enlaces a carpetas."""
    vistos: set[str] = set()
    for ruta in rutas:
        encontrados = _de_carpeta(ruta) if Path(ruta).is_dir() else [ruta]
        for encontrado in encontrados:
            if encontrado not in vistos:
                vistos.add(encontrado)
                yield encontrado


def _de_carpeta(ruta: str) -> Iterator[str]:
    for carpeta, subcarpetas, nombres in os.walk(ruta):
        subcarpetas.sort()
        yield from (os.path.join(carpeta, nombre) for nombre in sorted(nombres))  # noqa: PTH118 - una ruta relativa sigue siéndolo


class Command(BaseCommand):
    """Ingiere archivos: cada uno termina aceptado, duplicado, en cuarentena o rechazado, y se dice por qué."""

    help = "Ingiere archivos o carpetas (recursivas) por el camino completo."

    def add_arguments(self, parser: CommandParser) -> None:
        """`RUTA… [--tipo] [--publicar] [--acceso] [--como] [--json]`."""
        parser.add_argument("rutas", nargs="+", metavar="RUTA")
        parser.add_argument("--tipo", default="publicacion", help="clave del tipo (publicacion)")
        parser.add_argument("--publicar", action="store_true", help="dejarlos en el estado público de su tipo")
        parser.add_argument("--acceso", default="interno", help=f"nivel de acceso: {', '.join(NIVELES)} (interno)")
        parser.add_argument("--como", default="", metavar="USUARIO", help="quién ingresa; decide qué duplicados se le muestran")
        parser.add_argument("--json", action="store_true", help="un objeto JSON por archivo")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Sale con 1 si algo quedó en cuarentena o rechazado, con 2 si no se puede empezar."""
        pedido = self._pedido(opciones)
        if faltan := [r for r in opciones["rutas"] if not os.path.lexists(r)]:
            raise CommandError(f"No existe {faltan[0]!r}. Revise la ruta; no se ingresó nada.", returncode=2)
        if reanudados := reanudar():
            self.stderr.write(f"Se terminaron {reanudados} ingresos que habían quedado a medias.")
        algo_mal = False
        for numero, ruta in enumerate(archivos_de(opciones["rutas"]), 1):
            veredicto = self._ingerir(ruta, pedido)
            algo_mal = algo_mal or veredicto["estado"] not in BIEN
            self._decir(veredicto, numero, como_json=opciones["json"])
        if algo_mal:
            sys.exit(1)

    def _pedido(self, opciones: dict[str, Any]) -> Pedido:
        try:
            tipo_de(opciones["tipo"])
            actor = persona_llamada(opciones["como"])
        except (TipoDesconocido, DatoInutilizable) as error:
            raise CommandError(str(error), returncode=2) from error
        if opciones["acceso"] not in NIVELES:
            frase = f"No existe el nivel de acceso «{opciones['acceso']}». Use uno de: {', '.join(NIVELES)}."
            raise CommandError(frase, returncode=2)
        return Pedido(actor=actor, tipo=opciones["tipo"], acceso=opciones["acceso"], publicar=opciones["publicar"])

    def _ingerir(self, ruta: str, pedido: Pedido) -> dict[str, Any]:
        camino = Path(ruta)
        if camino.is_symlink() or not camino.is_file():
            return _sin_ingreso(
                ruta, "No es un archivo normal (es un enlace, un dispositivo o un tubo). Ingrese el archivo mismo."
            )
        try:
            ingreso = recibir(camino, camino.name, pedido)
        except OSError as error:
            return _sin_ingreso(ruta, f"No se pudo leer: {error.strerror}. Revise sus permisos y el disco.")
        try:
            if not ingreso.terminado:
                ingreso = procesar(ingreso.pk)
        except SinEspacio as lleno:
            rechazar(ingreso, str(lleno))
        return _veredicto(ruta, ingreso)

    def _decir(self, veredicto: dict[str, Any], numero: int, *, como_json: bool) -> None:
        if como_json:
            self.stdout.write(json.dumps(veredicto))
            self.stdout.flush()
        else:
            ruta = os.fsencode(veredicto["ruta"]).decode("utf-8", "replace")
            partes = [ruta, veredicto["estado"], veredicto["clave"] or "", veredicto["motivo"] or ""]
            self.stdout.write(" · ".join(parte for parte in partes if parte))
        if como_json and sys.stderr.isatty():
            self.stderr.write(f"\r{numero} archivos", ending="")


def _sin_ingreso(ruta: str, motivo: str) -> dict[str, Any]:
    vacios = dict.fromkeys(("sha256", "bytes", "mime"))
    return {"ruta": ruta, **vacios, "estado": "rechazado", "motivo": motivo, "clave": None, "paginas": None, "avisos": []}


def _veredicto(ruta: str, ingreso: Ingreso) -> dict[str, Any]:
    return {
        "ruta": ruta,
        "sha256": ingreso.sha256 or None,
        "bytes": ingreso.bytes,
        "mime": ingreso.mime or None,
        "estado": str(ingreso.estado),
        "motivo": ingreso.motivo or None,
        "clave": ingreso.item.clave if ingreso.item else None,
        "paginas": ingreso.paginas,
        "avisos": ingreso.avisos,
    }

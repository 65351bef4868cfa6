"""Orden `vocabulario`: el vocabulario temático, en SKOS, de ida y vuelta."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.catalogo.servicios.vocabulario_skos import exportar_vocabulario, importar_vocabulario
from archivo.catalogo.skos import BYTES_MAXIMOS, FORMATOS, VocabularioIlegible


class Command(BaseCommand):
    """`vocabulario importar ARCHIVO [--ensayo]` y `vocabulario exportar ARCHIVO [--esquema NOMBRE]`."""

    requires_system_checks: list[str] = []
    help = "Importa o exporta el vocabulario temático en SKOS (.ttl, .rdf, .jsonld)."

    def add_arguments(self, parser: CommandParser) -> None:
        """El archivo dice el formato por su extensión."""
        acciones = parser.add_subparsers(dest="accion", required=True, metavar="importar|exportar")
        importar = acciones.add_parser("importar", help="Da de alta o actualiza los términos del archivo.")
        importar.add_argument("archivo", type=Path)
        importar.add_argument("--ensayo", action="store_true", help="Dice qué pasaría, sin cambiar nada.")
        importar.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")
        exportar = acciones.add_parser("exportar", help="Escribe el vocabulario en un archivo.")
        exportar.add_argument("archivo", type=Path)
        exportar.add_argument("--esquema", default=None, help="Sólo los términos de esa lista; «» son los propios.")
        exportar.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")

    def handle(self, *args: Any, accion: str, archivo: Path, **opciones: Any) -> None:
        """Sale con 1 si rechazó términos y con 2 si el archivo no sirve."""
        formato = FORMATOS.get(archivo.suffix.lower().lstrip("."))
        if formato is None:
            raise CommandError(f"«{archivo.name}» debe terminar en .{', .'.join(FORMATOS)}.", returncode=2)
        if accion == "exportar":
            self._exportar(archivo, formato, opciones)
        else:
            self._importar(archivo, formato, opciones)

    def _exportar(self, archivo: Path, formato: str, opciones: dict[str, Any]) -> None:
        datos = exportar_vocabulario(formato, opciones["esquema"])
        try:
            archivo.write_bytes(datos)
        except OSError as error:
            raise CommandError(f"No se puede escribir «{archivo}»: {error.strerror}.", returncode=2) from error
        hecho = {"archivo": str(archivo), "bytes": len(datos)}
        self.stdout.write(json.dumps(hecho) if opciones["en_json"] else f"Se escribió {archivo} ({len(datos):,} bytes).")

    def _importar(self, archivo: Path, formato: str, opciones: dict[str, Any]) -> None:
        try:
            with archivo.open("rb") as abierto:
                datos = abierto.read(BYTES_MAXIMOS + 1)
            hecho = importar_vocabulario(datos, formato, None, ensayo=opciones["ensayo"])
        except OSError as error:
            raise CommandError(f"No se puede leer «{archivo}»: {error.strerror}.", returncode=2) from error
        except VocabularioIlegible as error:
            raise CommandError(str(error), returncode=2) from error
        if opciones["en_json"]:
            self.stdout.write(json.dumps(hecho.como_dict(), ensure_ascii=False))
        else:
            self.stdout.write(
                f"{hecho.terminos:,} términos: {hecho.creados:,} nuevos, {hecho.actualizados:,} actualizados, "
                f"{hecho.sin_cambio:,} sin cambio, {hecho.rechazados:,} rechazados."
            )
            for falla in hecho.errores:
                self.stderr.write(f"{falla['termino']}: {falla['motivo']}")
        if hecho.rechazados:
            sys.exit(1)

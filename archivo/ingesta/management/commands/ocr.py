"""`manage.py ocr pendientes`: leer por máquina las páginas que son imágenes y nadie ha leído."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.ingesta import optica


class Command(BaseCommand):
    """Lee en este proceso los archivos que esperan lectura óptica. Se puede interrumpir y repetir."""

    help = "Lee por máquina (OCR en español) las páginas que son imágenes; `estado` sólo dice cuántas esperan."

    def add_arguments(self, parser: CommandParser) -> None:
        """`pendientes|estado [--limite N] [--json]`."""
        parser.add_argument("accion", choices=["pendientes", "estado"])
        parser.add_argument("--limite", type=int, default=0, metavar="N", help="cuántos archivos a lo más (todos)")
        parser.add_argument("--json", action="store_true", help="la respuesta como un objeto JSON")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Sale con 1 si alguna página no se pudo leer, con 2 si falta el español de Tesseract."""
        if opciones["accion"] == "estado":
            self._decir(optica.estado(), como_json=opciones["json"])
            return
        try:
            cuenta = self._leer(opciones["limite"])
        except optica.SinMotor as falta:
            raise CommandError(str(falta), returncode=2) from falta
        self._decir(cuenta, como_json=opciones["json"])
        if cuenta["fallas"]:
            sys.exit(1)

    def _leer(self, limite: int) -> dict[str, int]:
        claves = optica.por_leer().values_list("pk", flat=True)
        cuenta = {"archivos": 0, "paginas": 0, "fallas": 0}
        for pk in list(claves[:limite] if limite else claves):
            falta = True
            while falta:
                resultado = optica.leer(pk, self._avance)
                cuenta["paginas"] += resultado.leidas
                cuenta["fallas"] += len(resultado.fallas)
                for que, motivo in resultado.fallas:
                    self.stderr.write(f"Archivo {pk}, {que}: {motivo}")
                falta = resultado.faltan > 0 and not resultado.fallas
            cuenta["archivos"] += 1
        return cuenta

    def _avance(self, hechas: int, total: int) -> bool:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{hechas} de {total} páginas", ending="")
        return False

    def _decir(self, cuenta: dict[str, Any], *, como_json: bool) -> None:
        if como_json:
            self.stdout.write(json.dumps(cuenta, ensure_ascii=False))
            return
        self.stdout.write(" · ".join(f"{clave}: {valor}" for clave, valor in cuenta.items()))

"""Orden `expedientes`: comprobar los índices electrónicos."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.archivistica.expedientes.verificacion import InformeDeIndices, por_verificar, verificar_expedientes


class Command(BaseCommand):
    """`expedientes verificar [CLAVE]` recalcula los índices desde las filas y desde los bytes, y nombra lo que difiere."""

    help = "Verifica los índices electrónicos de los expedientes."

    def add_arguments(self, parser: CommandParser) -> None:
        """`verificar [CLAVE] [--json]`; CLAVE es el código del expediente o su clave."""
        parser.add_argument("accion", choices=["verificar"])
        parser.add_argument("clave", nargs="?", default="", help="código o clave de un expediente; sin él, todos")
        parser.add_argument("--json", action="store_true", dest="en_json", help="la respuesta como un objeto JSON")

    def handle(self, *args: Any, clave: str, en_json: bool, **opciones: Any) -> None:
        """Sale con 1 si algo difiere y con 2 si no hay tal expediente."""
        expedientes = por_verificar(clave)
        if clave and not expedientes.exists():
            raise CommandError(
                f"No hay un expediente con el código o la clave «{clave}». Revise cómo está escrito.", returncode=2
            )
        informe = verificar_expedientes(expedientes)
        if en_json:
            self.stdout.write(json.dumps(informe.como_dict(), ensure_ascii=False))
        else:
            self._en_palabras(informe)
        if informe.fallas:
            sys.exit(1)

    def _en_palabras(self, informe: InformeDeIndices) -> None:
        for falla in informe.fallas:
            self.stdout.write(f"FALLA {falla.clave} · {falla.objeto}: {falla.motivo}")
        self.stdout.write(f"{informe.expedientes} expedientes revisados, {informe.integros} íntegros.")

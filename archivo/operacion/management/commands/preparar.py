"""Orden `preparar`: base de datos, instrumentos base e índice."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archivo.operacion import frases
from archivo.operacion.preparacion import preparar


class Command(BaseCommand):
    """Deja el archivo listo para servir. Se puede repetir."""

    help = "Deja lista la base de datos, los instrumentos base y el índice; con --muestra, también el archivo de muestra."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """`--muestra` y `--json`."""
        parser.add_argument("--muestra", action="store_true", help="Siembra el archivo de muestra si está vacío.")
        parser.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")

    def handle(self, *args: Any, muestra: bool, en_json: bool, **opciones: Any) -> None:
        """Cuenta su avance por la salida de errores."""
        with frases.claras():
            preparado = preparar(muestra=muestra, avisar=self.stderr.write)
        if en_json:
            self.stdout.write(json.dumps(preparado.como_dict(), ensure_ascii=False))
            return
        self.stdout.write(f"Listo: Acervo {preparado.version} en {preparado.base}, {preparado.elementos} elementos.")

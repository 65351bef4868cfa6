"""Orden `sucesos`: sellar lo pendiente y comprobar la historia."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archivo.auditoria.sellado import sellar
from archivo.auditoria.verificacion import Informe, verificar


class Command(BaseCommand):
    """`sucesos verificar` recalcula la cadena de sellos; `sucesos sellar` sella lo que falte."""

    help = "Verifica o sella la historia del archivo."

    def add_arguments(self, parser: CommandParser) -> None:
        """Qué hacer y cómo contarlo."""
        parser.add_argument("accion", choices=["verificar", "sellar"])
        parser.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")

    def handle(self, *args: Any, accion: str, en_json: bool, **opciones: Any) -> None:
        """Sale con 1 si la historia no es la que se selló."""
        if accion == "sellar":
            sellados = sellar()
            self.stdout.write(json.dumps({"sellados": sellados}) if en_json else f"Sucesos sellados: {sellados}.")
            return
        informe = verificar()
        self.stdout.write(json.dumps(informe.como_dict(), ensure_ascii=False) if en_json else self._en_palabras(informe))
        if not informe.integro:
            sys.exit(1)

    def _en_palabras(self, informe: Informe) -> str:
        if not informe.integro:
            return "\n".join(f"Sello {falla.sello}: {falla.motivo}." for falla in informe.fallas)
        return f"Historia íntegra: {informe.sucesos} sucesos en {informe.sellos} sellos, sellada hasta el {informe.sellado_hasta}; pendientes {informe.pendientes}."

"""`manage.py memoria cifras|corte|generar`: las cifras de un periodo y su memoria. El contrato está en `docs/ordenes.md`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from memoria_anual.oficina.acciones import ACCIONES
from memoria_anual.oficina.generar import GENERAR

TODAS = (*ACCIONES, GENERAR)


class Command(BaseCommand):
    """Reparte a la acción pedida."""

    help = "Las cifras de un periodo con la lista de lo que cada una cuenta, los cortes que las congelan y los archivos de la memoria."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Una acción y sus argumentos."""
        acciones = parser.add_subparsers(dest="accion", required=True)
        for accion in TODAS:
            partes = acciones.add_parser(accion.nombre, help=accion.ayuda)
            accion.argumentos(partes)
            partes.add_argument("--json", action="store_true", help="Responde con JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Hace la acción; sale con 2 si el periodo o el indicador no se entienden."""
        next(a for a in TODAS if a.nombre == o["accion"]).hacer(self, o)

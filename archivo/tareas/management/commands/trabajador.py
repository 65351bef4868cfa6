"""Orden `trabajador`: corre las tareas encoladas y las periódicas."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from archivo.tareas.ejecucion import drenar
from archivo.tareas.periodicas import correr_debidas
from archivo.tareas.trabajador import Trabajador, escuchar_senales, nombre_propio


class Command(BaseCommand):
    """Trabaja hasta SIGTERM (termina lo que corre, hasta 10 s) o, con `--una-vez`, hasta vaciar la cola."""

    help = "Corre las tareas encoladas y las periódicas."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--una-vez` para vaciar la cola y salir."""
        parser.add_argument("--una-vez", action="store_true", help="Corre lo que ya puede correr y termina.")

    def handle(self, *args: Any, una_vez: bool, **opciones: Any) -> None:
        """Sale con 0; lo que no terminó a tiempo vuelve a la cola."""
        if una_vez:
            correr_debidas()
            self.stdout.write(f"Encargos corridos: {drenar(nombre_propio())}.")
            return
        trabajador = Trabajador()
        escuchar_senales(trabajador)
        a_tiempo = trabajador.correr()
        connections.close_all()
        sys.stdout.flush()
        if not a_tiempo:
            # El hilo del encargo que no terminó sigue vivo y no debe escribir más: ya volvió a la cola.
            os._exit(0)

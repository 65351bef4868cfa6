"""Orden `servir`: web, trabajador e indizador bajo un solo supervisor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.operacion import frases
from archivo.operacion.servicio import direccion, puerto_pedido, servir
from archivo.operacion.supervisor import NoArranca


class Command(BaseCommand):
    """Sirve el archivo ya preparado hasta Ctrl-C o SIGTERM."""

    help = "Sirve el archivo (web, trabajador e indizador) hasta Ctrl-C o SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        """Dónde atender: sólo esta máquina, salvo que se diga otra cosa."""
        parser.add_argument("--anfitrion", default="127.0.0.1", help="Dirección en que atiende (127.0.0.1).")
        parser.add_argument("--puerto", type=int, default=puerto_pedido(), help="Puerto (variable PUERTO, u 8000).")

    def handle(self, *args: Any, anfitrion: str, puerto: int, **opciones: Any) -> None:
        """Vuelve cuando terminaron los tres procesos."""
        frases.exigir_puerto_libre(anfitrion, puerto)
        try:
            servir(anfitrion, puerto, self.stderr.write, lambda: self._ya_contesta(anfitrion, puerto))
        except NoArranca as motivo:
            raise CommandError(str(motivo)) from motivo

    def _ya_contesta(self, anfitrion: str, puerto: int) -> None:
        self.stdout.write(f"Acervo atiende en {direccion(anfitrion, puerto)}  (Ctrl-C para terminar)")
        self.stdout.flush()

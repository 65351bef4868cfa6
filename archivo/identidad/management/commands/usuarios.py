"""Orden `usuarios`: dar de alta personas sin conocer su contraseña."""

import json
import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.identidad.servicios import DatoInutilizable, crear_usuario, enlace_para


class Command(BaseCommand):
    """`usuarios crear NOMBRE --rol ROL [--area CLAVE]`: imprime un enlace de un solo uso para poner la contraseña."""

    requires_system_checks: list[str] = []
    help = "Da de alta a una persona con un rol e imprime su enlace de un solo uso."

    def add_arguments(self, parser: CommandParser) -> None:
        """El nombre, el rol y, si es de una sola área, su clave."""
        acciones = parser.add_subparsers(dest="accion", required=True, metavar="crear")
        crear = acciones.add_parser("crear", help="Da de alta a una persona (o le agrega un rol).")
        crear.add_argument("nombre")
        crear.add_argument("--rol", required=True)
        crear.add_argument("--area", default="")
        crear.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")

    def handle(self, *args: Any, nombre: str, rol: str, area: str, en_json: bool, **opciones: Any) -> None:
        """Sale con 2 si el rol o el área no existen."""
        try:
            usuario = crear_usuario(nombre, rol, area)
        except DatoInutilizable as motivo:
            raise CommandError(str(motivo), returncode=2) from motivo
        enlace = f"{self._raiz()}{enlace_para(usuario)}"
        if en_json:
            self.stdout.write(json.dumps({"usuario": usuario.username, "enlace": enlace}))
            return
        self.stdout.write(f"Enlace de un solo uso para {usuario.username} (vence en siete días): {enlace}")

    def _raiz(self) -> str:
        puerto = os.environ.get("PUERTO")
        propia = os.environ.get("ACERVO_URL") or not puerto
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") if propia else f"http://127.0.0.1:{puerto}"

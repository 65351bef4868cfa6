"""Punto de entrada de cada hijo del supervisor: `python -m archivo.operacion.hijo web|<orden de manage.py>`."""

import os
import sys

from django.core.management import execute_from_command_line

from archivo.operacion.procesos import vigilar_padre
from archivo.operacion.web import servir_web


def main(argumentos: list[str]) -> None:
    """Corre el servidor web o una orden, pendiente de que su padre siga vivo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
    vigilar_padre()
    if argumentos[0] == "web":
        servir_web(argumentos[1], int(argumentos[2]))
    else:
        execute_from_command_line(["manage.py", *argumentos])


if __name__ == "__main__":
    main(sys.argv[1:])

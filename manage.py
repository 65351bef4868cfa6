#!/usr/bin/env python
"""Lanzador de las órdenes de Acervo; la contraparte para máquinas es `archivo.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from archivo.operacion.puerta import INUTILIZABLE, de_base, sin_preparar

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as motivo:
        sys.stderr.write(f"{motivo}\n")
        sys.exit(INUTILIZABLE)
    except DatabaseError as error:
        frase = de_base(error) or sin_preparar(error)
        if frase is None:
            raise
        sys.stderr.write(f"{frase}\n")
        sys.exit(INUTILIZABLE)

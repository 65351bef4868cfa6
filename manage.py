#!/usr/bin/env python
"""Lanzador de las órdenes de Acervo; la contraparte para máquinas es `archivo.wsgi`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as motivo:
        sys.stderr.write(f"{motivo}\n")
        sys.exit(2)

"""Preparar, servir y vigilar un archivo en marcha."""

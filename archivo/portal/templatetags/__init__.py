"""Etiquetas de plantilla del portal."""

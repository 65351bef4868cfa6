"""Etiquetas de las plantillas de consulta."""

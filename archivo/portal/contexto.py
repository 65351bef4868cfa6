"""Lo que toda plantilla pública necesita saber."""

from django.http import HttpRequest


def institucion(request: HttpRequest) -> dict:
    """La institución dueña del archivo, para cabecera y pie."""
    return {}

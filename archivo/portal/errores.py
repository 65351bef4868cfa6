"""Las páginas de error, en palabras y con el siguiente paso."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def no_encontrado(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: lo que no existe y lo que no se puede ver dicen lo mismo."""
    return render(request, "404.html", status=404)


def solicitud_incorrecta(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: la dirección o el formulario no se entienden."""
    return render(request, "400.html", status=400)


def error_interno(request: HttpRequest) -> HttpResponse:
    """500: el problema es nuestro."""
    return render(request, "500.html", status=500)

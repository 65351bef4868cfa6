"""Los temas que ya existen, para ofrecerlos al escribir."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from archivo.catalogo.puerta import Tema

CUANTOS = 12


@require_GET
def temas(request: HttpRequest) -> JsonResponse:
    """`?q=vac` → `{"temas": ["Vacunación", …]}`; vacío, los primeros del vocabulario."""
    principio = request.GET.get("q", "").replace("\0", "").strip()[:150]
    nombres = Tema.objects.filter(nombre__istartswith=principio) if principio else Tema.objects.all()
    return JsonResponse({"temas": list(nombres.values_list("nombre", flat=True)[:CUANTOS])})

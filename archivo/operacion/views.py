"""Las páginas de salud."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archivo.identidad.puerta import lector_de
from archivo.operacion import salud


@never_cache
@require_safe
def viva(request: HttpRequest) -> JsonResponse:
    """El proceso atiende."""
    return JsonResponse({"viva": True})


@never_cache
@require_safe
def lista(request: HttpRequest) -> JsonResponse:
    """200 si la base y el índice contestan; 503 con lo que falta, sin más detalle."""
    motivos = [parte["motivo"] for parte in salud.partes().values() if not parte["lista"]]
    return JsonResponse({"lista": not motivos, "motivos": motivos}, status=503 if motivos else 200)


@never_cache
@require_safe
def detalle(request: HttpRequest) -> JsonResponse:
    """Sólo para administración y auditoría; para los demás no existe."""
    if not lector_de(request.user).tiene("administracion", "auditoria"):
        raise Http404
    return JsonResponse(salud.detalle())

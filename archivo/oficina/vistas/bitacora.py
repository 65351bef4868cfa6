"""La bitácora: todo lo que pasó, para quien audita o administra."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from archivo.auditoria.puerta import Suceso, ultimo_sellado
from archivo.identidad.puerta import lector_de
from archivo.oficina.bitacora import nombre_de_clase

POR_PAGINA = 100
LECTORES = ("auditoria", "administracion")


def puede_leer_la_bitacora(usuario: Any) -> bool:
    """Auditoría la lee entera; administración también, sin poder cambiarla (nadie puede)."""
    return lector_de(usuario).tiene(*LECTORES)


@require_GET
def bitacora(request: HttpRequest) -> HttpResponse:
    """Los sucesos, lo último primero; `?objeto=`, `?clase=` y `?antes=` (página por llave)."""
    if not puede_leer_la_bitacora(request.user):
        raise Http404
    objeto, clase, antes = (request.GET.get(c, "").replace("\0", "").strip() for c in ("objeto", "clase", "antes"))
    filas = Suceso.objects.order_by("-id")
    if objeto:
        filas = filas.filter(objeto=objeto if ":" in objeto else f"item:{objeto}")
    if clase:
        filas = filas.filter(clase__startswith=clase)
    if antes.isascii() and antes.isdigit() and len(antes) < 19:
        filas = filas.filter(id__lt=int(antes))
    vistas = list(filas[: POR_PAGINA + 1])
    siguientes = vistas[POR_PAGINA - 1].pk if len(vistas) > POR_PAGINA else None
    sellado = ultimo_sellado()
    contexto = {
        "sucesos": [(s, nombre_de_clase(s.clase), s.pk <= sellado) for s in vistas[:POR_PAGINA]],
        "siguientes": siguientes,
        "sellado": sellado,
        "objeto": objeto,
        "clase": clase,
    }
    return render(request, "oficina/bitacora.html", contexto)

"""El cuadro de clasificación vigente, su catálogo y la guía de archivo documental: públicos por ley (LGA 14; LGTAIP 65-XLIII)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archivo.archivistica.puerta import (
    FRASE_DE_MUESTRA,
    CuadroClasificacion,
    clases_del_cuadro,
    exportar_instrumento,
    guia_de,
    vigencia_de_cuadro,
)

HORA = 3600


@require_safe
def cuadro(request: HttpRequest) -> HttpResponse:
    """El cuadro vigente en árbol y la guía de sus series. Sin cuadro vigente, la página lo dice."""
    vigente = CuadroClasificacion.objects.vigente()
    contexto: dict[str, Any] = {"cuadro": vigente, "seccion": "cuadro"}
    if vigente is not None:
        contexto |= {
            "vigencia": vigencia_de_cuadro(vigente),
            "aviso": FRASE_DE_MUESTRA if vigente.es_muestra else "",
            "clases": [(clase, clase.codigo.count("/")) for clase in clases_del_cuadro(vigente)],
            "guia": guia_de(vigente),
        }
    return render(request, "portal/cuadro.html", contexto)


@require_safe
def descargar(request: HttpRequest, que: str, formato: str) -> HttpResponse:
    """El cuadro, el catálogo o la guía vigentes como archivo."""
    vigente = CuadroClasificacion.objects.vigente()
    if vigente is None:
        raise Http404
    exportado = exportar_instrumento(vigente, que, formato)
    respuesta = HttpResponse(exportado.datos, content_type=exportado.tipo)
    respuesta["Content-Disposition"] = f'attachment; filename="{exportado.nombre}"'
    respuesta["Cache-Control"] = f"public, max-age={HORA}"
    return respuesta

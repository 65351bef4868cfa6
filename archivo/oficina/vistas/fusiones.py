"""Las autoridades que parecen la misma: verlas juntas, fundirlas con previa, decir que son distintas y deshacer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.catalogo.puerta import CambioRechazado, autoridades, comparar_autoridades
from archivo.oficina.formularios.autoridad import OtraForm
from archivo.oficina.vistas.autoridades import autoridad_o_404, contexto_de, exigir_cambio, puede_cambiar_autoridades
from archivo.tareas.puerta import encargar

POR_PAGINA = 30


@require_GET
def duplicados(request: HttpRequest) -> HttpResponse:
    """Las parejas por revisar, de la más parecida a la menos."""
    clase = request.GET.get("clase", "")
    filas = autoridades.PosibleDuplicado.objects.filter(estado="pendiente").select_related("una", "otra")
    if clase in dict(autoridades.CLASES):
        filas = filas.filter(una__clase=clase)
    vivas = filas.filter(una__fundida_en__isnull=True, otra__fundida_en__isnull=True)
    pagina = Paginator(vivas, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "pagina": pagina,
        "clase": clase,
        "clases": autoridades.CLASES,
        "puede_cambiar": puede_cambiar_autoridades(request.user),
    }
    return render(request, "oficina/autoridades/duplicados.html", contexto)


@require_POST
def buscar(request: Any) -> HttpResponse:
    """Encarga comparar todas las de una clase; el avance se ve en su trabajo."""
    exigir_cambio(request)
    clase = request.POST.get("clase", "")
    if clase not in dict(autoridades.CLASES):
        messages.error(request, "Elija qué clase de autoridades comparar.")
        return redirect("oficina_duplicados")
    nombre = dict(autoridades.CLASES)[clase].lower()
    trabajo = encargar(comparar_autoridades, clase, descripcion=f"Buscar duplicados: {nombre}", actor=request.user)
    messages.success(request, "Se están comparando los nombres. Cuando termine, las parejas aparecen aquí.")
    return redirect(f"{reverse('oficina_duplicados')}?clase={clase}&trabajo={trabajo.pk}")


@require_http_methods(["GET", "POST"])
def fundir(request: Any, clave: str) -> HttpResponse:
    """Elegir la vigente, ver qué pasaría y, si se confirma, fundir. `?en=<clave>` la da por elegida."""
    exigir_cambio(request)
    duplicada = autoridad_o_404(clave)
    contexto = contexto_de(request, duplicada)
    form = OtraForm(duplicada.clase, request.GET if "otra" in request.GET else None, rotulo="La que queda")
    vigente = None
    if request.GET.get("en"):
        vigente = autoridad_o_404(request.GET["en"])
    elif form.is_bound and form.is_valid():
        vigente = form.cleaned_data["otra"]
    try:
        if request.method == "POST" and vigente is not None:
            autoridades.fundir(duplicada, vigente, autoridades.Cambio(request.user, request.POST.get("motivo", "")[:300]))
            messages.success(request, f"«{duplicada}» se fundió en «{vigente}». Se puede deshacer desde la remisión.")
            return redirect("oficina_autoridad", clave=vigente.clave)
        previa = autoridades.previa_de_fusion(duplicada, vigente) if vigente else None
    except CambioRechazado as razon:
        messages.error(request, str(razon))
        return redirect("oficina_autoridad", clave=duplicada.clave)
    return render(request, "oficina/autoridades/fundir.html", contexto | {"form": form, "vigente": vigente, "previa": previa})


@require_POST
def deshacer(request: Any, pk: int) -> HttpResponse:
    """Devuelve a cada una lo suyo."""
    exigir_cambio(request)
    fusion = get_object_or_404(autoridades.Fusion.objects.select_related("duplicada"), pk=pk)
    try:
        autoridades.deshacer_fusion(fusion, autoridades.Cambio(request.user, request.POST.get("motivo", "")[:300]))
        messages.success(request, f"«{fusion.duplicada}» vuelve a ser una autoridad por sí misma.")
    except CambioRechazado as razon:
        messages.error(request, str(razon))
    return redirect("oficina_autoridad", clave=fusion.duplicada.clave)


@require_POST
def distinguir(request: Any, clave: str) -> HttpResponse:
    """No son la misma: no se vuelve a proponer."""
    exigir_cambio(request)
    una, otra = autoridad_o_404(clave), autoridad_o_404(request.POST.get("otra", ""))
    autoridades.declarar_distintas(una, otra, autoridades.Cambio(request.user))
    messages.success(request, f"Anotado: «{una}» y «{otra}» son distintas.")
    volver = "oficina_duplicados" if request.POST.get("volver") == "duplicados" else None
    return redirect(volver) if volver else redirect("oficina_autoridad", clave=una.clave)

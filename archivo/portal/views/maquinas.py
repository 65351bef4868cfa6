"""Lo que leen los buscadores de fuera: robots y mapa del sitio."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archivo.portal import mapa
from archivo.registros import paginas_del_mapa

_XML = "application/xml; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Qué recorrer y qué no: las búsquedas son infinitas y la oficina no es de nadie más."""
    renglones = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /entrar/",
        "Disallow: /buscar/",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:mapa'))}",
        "",
    ]
    return HttpResponse("\n".join(renglones), content_type="text/plain; charset=utf-8")


@require_safe
def mapa_del_sitio(request: HttpRequest) -> HttpResponse:
    """El mapa; si no cabe en un bloque, el índice de sus bloques."""
    base = request.build_absolute_uri("/").rstrip("/")
    desde = request.GET.get("desde")
    if desde is None:
        comienzos = mapa.comienzos()
        if len(comienzos) > 1:
            return render(request, "portal/mapa_indice.xml", {"base": base, "comienzos": comienzos}, content_type=_XML)
    contexto = {"base": base, "elementos": mapa.bloque((desde or "")[:20].replace("\0", "")), "es_el_primero": not desde}
    contexto["paginas"] = () if desde else paginas_del_mapa()
    return render(request, "portal/mapa.xml", contexto, content_type=_XML)

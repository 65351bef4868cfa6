"""La página pública de una autoridad: cómo se llamó, a quién sucedió y qué documentos la nombran. Y la dirección de cada tema."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from archivo.catalogo.puerta import Autoridad, Item, Tema, autoridades, clave_valida, vocabulario
from archivo.identidad.puerta import Lector, lector_de

FILTROS = {"autor": "autor", "persona": "persona", "retratada": "persona", "dependencia": "dependencia", "lugar": "lugar"}
_ROTULOS = {
    "autor": "que firma",
    "persona": "que la mencionan",
    "retratada": "en que aparece",
    "dependencia": "que tratan de ella",
    "lugar": "de ese lugar",
    "medio": "que publicó",
}


@require_safe
def autoridad(request: HttpRequest, clave: str) -> HttpResponse:
    """Sus nombres en el tiempo, su sucesión y cuántos documentos puede ver quien pregunta. Una fundida lleva a la vigente."""
    if not clave_valida(clave):
        raise Http404
    pedida = get_object_or_404(Autoridad.objects.select_related("fundida_en"), clave=clave)
    vigente = autoridades.vigente(pedida)
    cuentas = _cuentas(vigente, lector_de(request.user))
    if not cuentas and not _es_conocida(vigente):
        raise Http404
    if vigente.pk != pedida.pk:
        return redirect("portal:autoridad", clave=vigente.clave, permanent=False)
    return render(request, "portal/autoridad.html", _contexto(vigente, cuentas))


def _es_conocida(autoridad: Autoridad) -> bool:
    """Un organismo, un medio o un lugar revisados se publican aunque nada los nombre; una persona, sólo por sus documentos."""
    return autoridad.clase != "persona" and not autoridad.por_verificar


def _contexto(autoridad: Autoridad, cuentas: list[dict[str, Any]]) -> dict[str, Any]:
    nombres = [n for n in autoridad.nombres.all() if n.clase != "autorizado"]
    datos = autoridades.FICHAS[autoridad.clase]().en_palabras(autoridad.datos, solo_publicos=True)
    de_persona = autoridad.clase == "persona"
    return {
        "autoridad": autoridad,
        "clase": autoridad.get_clase_display(),
        "anteriores": [n for n in nombres if n.clase == "anterior"],
        "otros": [] if de_persona else [n for n in nombres if n.clase != "anterior"],
        "datos": datos,
        "historia": "" if de_persona else autoridad.nota,
        "existe": "" if de_persona else _existe(autoridad),
        "enlaces": [] if de_persona else _enlaces(autoridad),
        "cuentas": cuentas,
        "seccion": "colecciones",
    }


def _existe(autoridad: Autoridad) -> str:
    if not autoridad.desde and not autoridad.hasta:
        return ""
    return f"{autoridad.desde or 'sin saberse desde cuándo'} a {autoridad.hasta or 'hoy'}"


def _enlaces(autoridad: Autoridad) -> list[tuple[str, Autoridad, str]]:
    """«Sucedió a», «Depende de»…: sólo con las que también tienen página para cualquiera."""
    dichos = {
        "antecesora": ("Le sucedió", "Sucedió a"),
        "superior": ("De ella depende", "Depende de"),
        "asociada": ("Asociada con",) * 2,
    }
    idas = [(dichos[r.clase][0], r.destino, r) for r in autoridad.relaciones.select_related("destino")]
    vueltas = [(dichos[r.clase][1], r.origen, r) for r in autoridad.relaciones_inversas.select_related("origen")]
    return [
        (dicho, otra, f"{r.desde or '?'} a {r.hasta or 'hoy'}" if r.desde or r.hasta else "")
        for dicho, otra, r in idas + vueltas
        if _es_conocida(otra) and otra.fundida_en_id is None
    ]


def _legibles(lector: Lector) -> QuerySet[Item]:
    """Los elementos de los que esa persona puede saber a quién nombran: los que puede leer, no sólo ver que existen."""
    visibles = Item.objects.visibles_para(lector)
    return visibles if lector.es_de_oficina else visibles.filter(acceso_efectivo="publico")


def _cuentas(autoridad: Autoridad, lector: Lector) -> list[dict[str, Any]]:
    suyas = autoridad.menciones.filter(item__in=_legibles(lector).order_by().values("pk"))
    totales = {fila["papel"]: fila["total"] for fila in suyas.order_by().values("papel").annotate(total=Count("pk"))}
    totales["medio"] = _legibles(lector).filter(medio=autoridad).count() if autoridad.clase == "medio" else 0
    return [
        {
            "rotulo": _ROTULOS[papel],
            "total": total,
            "url": f"{reverse('buscador:buscar')}?{urlencode({FILTROS.get(papel, papel): autoridad.nombre})}",
        }
        for papel, total in sorted(totales.items())
        if total
    ]


@require_safe
def tema(request: HttpRequest, pk: int) -> HttpResponse:
    """La dirección permanente de un término (la que lleva en SKOS): sus documentos en la búsqueda."""
    hallado = get_object_or_404(Tema.objects.exclude(estado="por_verificar").select_related("reemplazado_por"), pk=pk)
    return redirect(f"{reverse('buscador:buscar')}?{urlencode({'tema': vocabulario.tema_vigente(hallado).nombre})}")

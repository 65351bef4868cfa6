"""La página de un elemento y la de cada una de sus páginas."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archivo.catalogo.puerta import tipo_de
from archivo.portal import marcas, presentacion
from archivo.portal.datos_enlazados import json_ld
from archivo.portal.lectura import Elemento, anotar_lectura
from archivo.portal.parecidos import lugares_de, parecidos_a
from archivo.portal.views.peticion import abrir_o_404, con_constancia, entero
from archivo.portal.vinculos import vinculos_de
from archivo.registros import paneles_de, recorrido_de


def _comun(request: HttpRequest, elemento: Elemento) -> dict[str, Any]:
    texto = request.GET.get("q", "").replace("\0", " ").strip()[: marcas.LARGO_DE_CONSULTA]
    consulta = marcas.leer_consulta(texto)
    recorrido = recorrido_de(request, elemento.item.clave)
    return {
        "elemento": elemento,
        "item": elemento.item,
        "tipo": elemento.tipo,
        "rotulo": presentacion.rotulo_de(elemento),
        "q": texto,
        "consulta": consulta,
        "cola": recorrido.cola if recorrido else presentacion.parametros(texto),
        "recorrido": recorrido,
        "direccion": request.build_absolute_uri(elemento.item.get_absolute_url()),
        "titulo": marcas.segmentos(elemento.item.titulo, consulta, "title"),
        "seccion": "colecciones",
    }


def _donde_aparece(leido: Elemento, consulta: Any) -> dict[str, Any]:
    paginas = presentacion.coincidencias(leido, consulta)
    return {"coincidencias": paginas or (), "sin_coincidencias": paginas is None}


@require_safe
@con_constancia
def elemento(request: HttpRequest, clave: str) -> HttpResponse:
    """La ficha completa, con el texto o la primera página a la vista."""
    leido = abrir_o_404(request, clave)
    anotar_lectura(leido, "elemento", leido.adjuntos)
    contexto = _comun(request, leido)
    if request.GET.get("vista") == "miniaturas":
        return _mosaico(request, leido, contexto)
    parecidos = parecidos_a(leido)
    contexto |= {"parecidos": parecidos, "sin_parecidos": parecidos is None, "lugares": lugares_de(leido)}
    contexto |= _documento(leido, contexto["consulta"]) | _donde_aparece(leido, contexto["consulta"])
    return render(
        request,
        tipo_de(leido.item.tipo).plantilla,
        contexto | ficha_de(leido) | {"json_ld": json_ld(leido, contexto["direccion"])},
    )


def ficha_de(leido: Elemento) -> dict[str, Any]:
    """Lo que la plantilla de un tipo dice del elemento: sus campos, lo que nombra y con qué se relaciona."""
    vinculos = vinculos_de(leido.item, leido.visita.lector)
    propio = leido.tipo.contexto(leido.item) if leido.tipo.contexto else {}
    return {
        **propio,
        "relaciones": vinculos.grupos,
        "de_otros": vinculos.de_otros,
        "secciones": vinculos.secciones,
        "impacto": vinculos.impacto,
        "campos_propios": leido.campos_propios(),
        "menciones": leido.menciones(),
        "descripcion": leido.descripcion(),
        "resena": leido.resena,
        "temas": leido.item.temas.all() if leido.item.pk else [],
        "paneles": paneles_de(leido.item) if leido.item.pk else [],
    }


def _documento(leido: Elemento, consulta: Any) -> dict[str, Any]:
    grupos = leido.grupos()
    propias = presentacion.propias(grupos)
    de_archivos = presentacion.de_archivos(grupos)
    cuerpo = leido.cuerpo() if propias and propias.total <= presentacion.PARTES_A_LA_VISTA else ""
    partes, primera = [], None
    if propias and not cuerpo:
        a_la_vista = leido.paginas.filter(adjunto__isnull=True).order_by("n")[: presentacion.PARTES_A_LA_VISTA]
        partes = [presentacion.hoja_de(p, consulta) for p in a_la_vista]
    if not propias and de_archivos and (pagina := leido.pagina(de_archivos[0].primera)):
        primera = presentacion.hoja_de(pagina, consulta)
    return {
        "grupos": grupos,
        "propias": propias,
        "de_archivos": de_archivos,
        "cuerpo": marcas.cuerpo_marcado(cuerpo, consulta) if cuerpo else "",
        "partes": partes,
        "hoja": primera,
        "vecinas": leido.vecinas(primera.pagina.n) if primera else (None, None),
        "fotografias": presentacion.fotografias(leido),
        "grabaciones": presentacion.grabaciones(leido),
    }


def _mosaico(request: HttpRequest, leido: Elemento, contexto: dict[str, Any]) -> HttpResponse:
    desde = entero(request.GET.get("desde"), 1)
    paginas = presentacion.miniaturas(leido, desde)
    de_pk = {a.pk: a for a in leido.adjuntos}
    for pagina in paginas:
        pagina.adjunto = de_pk.get(pagina.adjunto_id or 0)
    siguiente = paginas[presentacion.POR_MOSAICO].n if len(paginas) > presentacion.POR_MOSAICO else None
    contexto |= {"paginas": paginas[: presentacion.POR_MOSAICO], "desde": desde, "siguiente": siguiente}
    return render(request, "portal/mosaico.html", contexto)


@require_safe
@con_constancia
def pagina(request: HttpRequest, clave: str, n: int) -> HttpResponse:
    """Una página: su imagen con lo hallado marcado y su texto debajo; o una parte de un texto sin archivo."""
    leido = abrir_o_404(request, clave)
    hallada = leido.pagina(n)
    if hallada is None:
        raise Http404
    anotar_lectura(leido, "pagina", [hallada.adjunto] if hallada.adjunto else [])
    contexto = _comun(request, leido)
    contexto |= _donde_aparece(leido, contexto["consulta"])
    zoom = min(max(entero(request.GET.get("zoom"), 1), 1), max(presentacion.ANCHOS))
    grupos = leido.grupos()
    contexto |= {
        "hoja": presentacion.hoja_de(hallada, contexto["consulta"], zoom),
        "grupo": next(g for g in grupos if (g.adjunto and g.adjunto.pk) == hallada.adjunto_id),
        "vecinas": leido.vecinas(n),
        "zoom": zoom,
    }
    return render(request, "portal/pagina.html", contexto)

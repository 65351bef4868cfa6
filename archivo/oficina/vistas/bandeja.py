"""La bandeja de cada persona, y la de su gente para quien encabeza un área."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from archivo.identidad.puerta import gente_de
from archivo.oficina import asuntos as _lo_de_la_oficina  # noqa: F401 - al importarse se registra
from archivo.oficina import asuntos_de_busqueda as _lo_de_la_busqueda  # noqa: F401 - al importarse se registra
from archivo.oficina import asuntos_de_gobierno as _lo_de_gobierno  # noqa: F401 - al importarse se registra
from archivo.oficina.bandeja import TOPE, modulos, recoger, resumir

GENTE = "gente"


def _de_quienes(usuario: Any, elegido: str) -> tuple[str, Collection[int]]:
    """A quiénes espera lo que se pide: `gente`, una persona de su gente, o ella misma si lo pedido no es suyo."""
    gente = gente_de(usuario)
    if elegido == GENTE and gente:
        return GENTE, tuple(gente)
    if elegido.isascii() and elegido.isdigit() and len(elegido) < 10 and int(elegido) in gente:
        return elegido, (int(elegido),)
    return "", (usuario.pk,)


@require_GET
def bandeja(request: HttpRequest) -> HttpResponse:
    """Todo lo que espera, agrupado por módulo; `?modulo=` deja uno y `?de=` lo de su gente o de una persona."""
    usuario: Any = request.user
    gente = gente_de(usuario)
    de, personas = _de_quienes(usuario, request.GET.get("de", ""))
    claves = {m.clave for m in modulos()}
    modulo = m if (m := request.GET.get("modulo", "")) in claves else ""
    grupos = recoger(usuario, personas, gente, modulo)
    contexto = {
        "grupos": grupos,
        "resumen": resumir(grupos),
        "modulos": modulos(),
        "modulo": modulo,
        "gente": gente,
        "de": de,
        "de_quien": gente.get(int(de), "") if de.isdigit() else "",
        "filtrado": bool(modulo or de),
        "tope": TOPE,
    }
    return render(request, "oficina/bandeja.html", contexto)

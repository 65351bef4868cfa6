"""La sala de quien audita: por un enlace que sólo lee, cada cifra con su evidencia, y su marca. Sin JavaScript."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archivo.identidad.puerta import DemasiadosIntentos, Freno, lugar_de
from archivo.objetos.puerta import ObjetoAusente
from archivo.portal.puerta import sin_indexar, sin_servicio_para_programas
from archivo.salidas import ErrorDeImpreso
from memoria_anual.consulta.listas import Mirada, pagina_de_lista
from memoria_anual.cortes.puerta import CifraDeCorte
from memoria_anual.edicion.puerta import (
    CambioDeMemoriaRechazado,
    MarcaDeAuditoria,
    SalaDeAuditoria,
    archivo_actual,
    cifras_de,
    corte_de,
    entrar,
    lector_de_sala,
    marcar,
    relacion_csv,
    sala_con,
    ultimas,
)

AL_ENTRAR = Freno("salas", tope=40, ventana=15 * 60)
"""Enlaces que no abren, desde un mismo lugar."""
AL_LEER = Freno("salas_pdf", tope=60, ventana=15 * 60)
"""Veces que se baja la memoria de una sala desde un mismo lugar."""
LARGO = 100
SIN_PDF = (
    "No pudimos hacer el PDF de esta memoria. El problema es nuestro y ya quedó anotado. Las cifras y sus listas siguen en la sala; si mañana "
    "sigue igual, avise a quien se la abrió."
)
bitacora = logging.getLogger("archivo.memoria")
Vista = Callable[..., HttpResponseBase]


def _sala(request: HttpRequest, codigo: str) -> SalaDeAuditoria | None:
    """La sala de ese código, si abre y no se ha probado demasiadas veces; el que no abre cuenta como intento."""
    lugar = lugar_de(request)
    try:
        AL_ENTRAR.exigir(lugar)
    except DemasiadosIntentos:
        return None
    sala = sala_con(codigo[:LARGO])
    if sala is None:
        AL_ENTRAR.contar(lugar)
    return sala


def con_sala(vista: Vista) -> Vista:
    """Cambia el código de la dirección por su sala; venza, se cierre o se invente, el que no abre da la misma página."""

    @never_cache
    @wraps(vista)
    def abierta(request: HttpRequest, codigo: str, **partes: Any) -> HttpResponseBase:
        sala = _sala(request, codigo)
        if sala is None:
            return sin_indexar(render(request, "memoria/sala_cerrada.html", {"seccion": "memoria"}, status=404))
        return sin_indexar(vista(request, codigo, sala, **partes))

    return abierta


def _comun(codigo: str, sala: SalaDeAuditoria) -> dict[str, Any]:
    return {
        "sala": sala, "memoria": sala.memoria, "corte": corte_de(sala.memoria), "codigo": codigo, "seccion": "memoria",
        "base": reverse("memoria:sala", args=[codigo]), "publicada": sala.memoria.estado in {"publicada", "archivada"},
    }  # fmt: skip


@require_safe
@con_sala
def portada(request: HttpRequest, codigo: str, sala: SalaDeAuditoria) -> HttpResponse:
    """Las cifras con su regla, lo que se publica, lo que cuenta el sistema y lo que ya se marcó."""
    entrar(sala, "portada")
    marcas = {clave: m for (_, clave), m in ultimas(sala.marcas.all()).items()}
    renglones = [(c, m, m is not None and m.habla_de(c)) for c in cifras_de(sala.memoria) for m in [marcas.get(c["clave"])]]
    revisadas = sum(al_dia for *_, al_dia in renglones)
    return render(request, "memoria/sala.html", _comun(codigo, sala) | {"renglones": renglones, "revisadas": revisadas})


def _cifra(sala: SalaDeAuditoria, clave: str) -> tuple[dict[str, Any], CifraDeCorte]:
    dicha = next((c for c in cifras_de(sala.memoria) if c["clave"] == clave), None)
    fila = corte_de(sala.memoria).cifra(clave)
    if dicha is None or fila is None:
        raise Http404
    return dicha, fila


@require_http_methods(["GET", "HEAD", "POST"])
@con_sala
def cifra(request: HttpRequest, codigo: str, sala: SalaDeAuditoria, clave: str) -> HttpResponse:
    """La lista exacta de una cifra y su marca. POST la marca."""
    dicha, fila = _cifra(sala, clave)
    escrito = {c: request.POST.get(c, "")[:2000] for c in ("resultado", "nota", "quien")}
    error = ""
    if request.method == "POST":
        try:
            marcar(sala, dicha, MarcaDeAuditoria(**escrito))
        except CambioDeMemoriaRechazado as razon:
            error = str(razon)
        else:
            return redirect(f"{reverse('memoria:sala', args=[codigo])}#cifra-{clave}")
    else:
        entrar(sala, clave)
    marcas = [(m, m.habla_de(dicha)) for m in sala.marcas.filter(clave=clave).order_by("-pk")]
    contexto = _comun(codigo, sala) | {"cifra": dicha, "marcas": marcas, "escrito": escrito, "error": error}
    contexto |= pagina_de_lista(request, fila, Mirada(lector_de_sala(sala), f"sala de auditoría {sala.pk}"))
    return render(request, "memoria/sala_cifra.html", contexto, status=422 if error else 200)


@require_safe
@con_sala
def lista_csv(request: HttpRequest, codigo: str, sala: SalaDeAuditoria, clave: str) -> StreamingHttpResponse:
    """La misma lista en CSV: lo que abre su acceso."""
    _, fila = _cifra(sala, clave)
    entrar(sala, f"{clave}.csv")
    renglones = relacion_csv(fila.corte, [clave], lector_de_sala(sala))
    respuesta = StreamingHttpResponse(renglones, content_type="text/csv; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="memoria-{sala.memoria.periodo}-{clave}.csv"'
    return respuesta


@require_safe
@con_sala
def leer(request: HttpRequest, codigo: str, sala: SalaDeAuditoria) -> HttpResponse:
    """La memoria como va, en PDF; publicada, la que se congeló. Muchas veces seguidas desde un lugar: 429."""
    if AL_LEER.rebasado(lugar_de(request)):
        return HttpResponse(str(DemasiadosIntentos()), content_type="text/plain; charset=utf-8", status=429)
    entrar(sala, "memoria.pdf")
    try:
        hecho = archivo_actual(sala.memoria, "pdf")
    except (ErrorDeImpreso, ObjetoAusente):
        bitacora.exception("No se pudo dar el PDF de la memoria %s en la sala %s", sala.memoria_id, sala.pk)
        return sin_servicio_para_programas(SIN_PDF)
    cabeceras = {"Content-Disposition": f'inline; filename="{hecho.nombre}"'}
    return HttpResponse(hecho.contenido, content_type=hecho.mime, headers=cabeceras)

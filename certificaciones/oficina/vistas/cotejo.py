"""El cotejo foja por foja: el original junto a la copia, lo que la máquina nota, y la decisión siempre a la vista."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from archivo.objetos.puerta import DerivadoImposible, FallaAislada, imagen_de_pagina
from certificaciones.actos.puerta import Certificacion, Cotejo, FojaCotejada, concluir_cotejo, iniciar_cotejo, marcar
from certificaciones.oficina import comparacion
from certificaciones.oficina.mesa_de_cotejo import Mesa, cotejo_en_curso
from certificaciones.oficina.permisos import COTEJAN, certificacion_para, certificaciones_para, exigir_lectura, lector_con
from certificaciones.oficina.vistas.respuestas import RECHAZOS, razones_de

NO_SE_LEE = "No se lee."
POR_PAGINA = 50


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Lo que espera cotejo en sus áreas, lo más antiguo primero."""
    lector = lector_con(request, *COTEJAN)
    filas = (
        certificaciones_para(lector).filter(estado="en_cotejo").select_related("area", "creado_por").order_by("modificado", "pk")
    )
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    return render(request, "oficina_certificaciones/cotejos.html", {"pagina": pagina})


def _para_cotejar(request: Any, clave: str, *, anotar: bool = True) -> Certificacion:
    """La que espera cotejo, si esa persona la puede leer. `anotar`: deja constancia si algo de ella lo pide."""
    lector = lector_con(request, *COTEJAN)
    certificacion = certificacion_para(request, clave)
    if certificacion.estado != "en_cotejo":
        raise Http404
    exigir_lectura(certificacion, lector, request.user if anotar else None)
    return certificacion


def _entero(texto: str | None, otro: int) -> int:
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) < 7 else otro


@require_http_methods(["GET", "POST"])
def cotejar(request: Any, clave: str) -> HttpResponse:
    """La mesa; sin un cotejo en curso, cómo empezarlo."""
    certificacion = _para_cotejar(request, clave)
    cotejo = cotejo_en_curso(certificacion)
    if cotejo is None:
        return _empezar(request, certificacion)
    if cotejo.cotejador_id != request.user.pk:
        return render(request, "oficina_certificaciones/cotejo_ajeno.html", {"certificacion": certificacion, "cotejo": cotejo})
    if request.method == "POST":
        return _decidir(request, certificacion, cotejo)
    mesa = Mesa(certificacion, cotejo, _entero(request.GET.get("foja"), 0))
    return render(request, "oficina_certificaciones/cotejo.html", _contexto(request, mesa))


def _contexto(request: Any, mesa: Mesa, **mas: Any) -> dict[str, Any]:
    """`zoom` y `giro` vienen en la dirección, para que la mesa funcione sin guiones."""
    zoom = request.GET.get("zoom", "ancho")
    giro = request.GET.get("giro", "0")
    return {
        "mesa": mesa,
        "certificacion": mesa.certificacion,
        "zoom": zoom if zoom in {"ancho", "100", "200"} else "ancho",
        "giro": giro if giro in {"0", "90", "180", "270"} else "0",
        "sin_senales": request.GET.get("senales") == "no",
        "caras": mesa.caras(con_diferencias=request.GET.get("senales") != "no"),
    } | mas


def _empezar(request: Any, certificacion: Certificacion) -> HttpResponse:
    contexto: dict[str, Any] = {"certificacion": certificacion, "modos": Cotejo.Modo, "contras": Cotejo.Contra}
    if request.method == "POST":
        modo, contra = request.POST.get("modo", ""), request.POST.get("contra", "")
        if modo in Cotejo.Modo.values and contra in Cotejo.Contra.values:
            try:
                iniciar_cotejo(certificacion, request.user, modo, contra)
                return redirect("oficina_cotejar", clave=certificacion.clave)
            except RECHAZOS as rechazo:
                contexto["razones"] = razones_de(rechazo)
    return render(request, "oficina_certificaciones/cotejo_empezar.html", contexto, status=422 if "razones" in contexto else 200)


def _decidir(request: Any, certificacion: Certificacion, cotejo: Cotejo) -> HttpResponse:
    """Guarda lo dicho de la foja y va a la que sigue, o termina."""
    mesa = Mesa(certificacion, cotejo, _entero(request.POST.get("foja"), 0))
    try:
        if request.POST.get("terminar"):
            return _terminar(request, cotejo, "")
        if request.POST.get("devolver"):
            return _terminar(request, cotejo, request.POST.get("observacion", ""))
        _marcar(request, mesa)
    except RECHAZOS as rechazo:
        contexto = _contexto(request, mesa, razones=razones_de(rechazo), escrito=request.POST)
        return render(request, "oficina_certificaciones/cotejo.html", contexto, status=422)
    siguiente = Mesa(certificacion, cotejo, mesa.foja).siguiente()
    return redirect(f"{reverse('oficina_cotejar', args=[certificacion.clave])}?{mesa.direccion_de(siguiente, request.POST)}")


def _marcar(request: Any, mesa: Mesa) -> None:
    """Sí, no, o no se lee; lo que difiere se dice."""
    dicho, observacion = request.POST.get("concuerda", ""), request.POST.get("observacion", "").strip()
    if dicho not in {"si", "no", "nv"}:
        return
    motivo = (observacion or (NO_SE_LEE if dicho == "nv" else "")) if dicho != "si" else ""
    marcar(mesa.cotejo, [FojaCotejada(*mesa.lugar(), conforme=dicho == "si", motivo=motivo)], request.user)


def _terminar(request: Any, cotejo: Cotejo, motivo: str) -> HttpResponse:
    certificacion = concluir_cotejo(cotejo, request.user, motivo)
    if certificacion.estado == "cotejada":
        messages.success(request, "Cotejada: la copia concuerda. Ya puede enviarse a firma.")
    else:
        messages.warning(request, "Quedó con discrepancia. Quien la preparó puede corregirla.")
    return redirect("oficina_certificacion", clave=certificacion.clave)


@require_GET
def imagen(request: Any, clave: str, de: str, foja: str, cara: str) -> HttpResponseBase:
    """La página del original o de la copia de esa foja, al ancho pedido."""
    certificacion = _para_cotejar(request, clave, anotar=False)
    documento = comparacion.documento_de_la_foja(certificacion, int(foja))
    caras = comparacion.caras_de(certificacion, documento, int(foja)) if documento else []
    if not documento or not 1 <= int(cara) <= len(caras):
        raise Http404
    ancho, esta = _entero(request.GET.get("ancho"), 900), caras[int(cara) - 1]
    try:
        if de == "copia":
            ruta = comparacion.imagen_de_la_copia(certificacion, esta.en_la_copia, ancho)
        elif documento.objeto is None or esta.del_original is None:
            raise Http404
        else:
            ruta = imagen_de_pagina(documento.objeto, esta.del_original, ancho)
    except (FallaAislada, DerivadoImposible) as falla:
        raise Http404 from falla
    return FileResponse(ruta.open("rb"), content_type="image/webp", headers={"Cache-Control": "private, max-age=600"})

"""Las solicitudes en la oficina: lista, captura, ficha, canasta y pagos."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import lector_de
from certificaciones.oficina.formularios.solicitudes import ElementoForm, SolicitudForm
from certificaciones.oficina.permisos import ARMAN, ATIENDEN, lector_con, solicitud_para
from certificaciones.oficina.vistas.ficha_de_solicitud import contexto_de
from certificaciones.oficina.vistas.respuestas import Hecho, cumplir, en_pdf
from certificaciones.solicitudes.puerta import (
    ESTADOS_DE_SOLICITUD,
    VEN_SOLICITUDES,
    Plazo,
    SolicitudRechazada,
    acuse_de_solicitud_pdf,
    agregar,
    archivo_con_paginas,
    dar_paso,
    documento_para,
    pedido_de,
    quitar,
    recibir,
    solicitudes_para,
)

POR_PAGINA, TOPE_DE_HALLADOS = 50, 20


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las solicitudes, por estado y por folio u oficio; lo que espera a la oficina, primero."""
    lector = lector_con(request, *VEN_SOLICITUDES)
    filas: Any = solicitudes_para(lector).prefetch_related(Prefetch("plazos", Plazo.objects.corriendo(), to_attr="que_corren"))
    estado, escrito = request.GET.get("estado", ""), request.GET.get("q", "").strip().replace("\x00", "")
    if estado in ESTADOS_DE_SOLICITUD:
        filas = filas.filter(estado=estado)
    elif not escrito and estado != "todas":
        filas = filas.por_atender()
    if escrito:
        filas = filas.filter(folio__icontains=escrito) | filas.filter(referencia__icontains=escrito)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "pagina": pagina,
        "estados": list(ESTADOS_DE_SOLICITUD.values()),
        "elegido": request.GET,
        "atiende": lector.tiene(*ATIENDEN),
    }
    return render(request, "oficina_certificaciones/solicitudes.html", contexto)


@require_http_methods(["GET", "POST"])
def nueva(request: HttpRequest) -> HttpResponse:
    """Captura lo que llegó a la oficina. El código de seguimiento se dice una vez, para dárselo a quien pidió."""
    lector_con(request, *ATIENDEN)
    form = SolicitudForm(request.POST or None)

    def recibida(limpio: dict[str, Any]) -> Hecho:
        hecha = recibir(form.nueva(), request.user)
        dicho = f"Quedó con el folio {hecha.solicitud.folio}. Código de seguimiento para quien pidió: {hecha.codigo}. No se vuelve a mostrar."
        return dicho, redirect("oficina_solicitud", folio=hecha.solicitud.folio)

    hecho = cumplir(request, form, recibida) if request.method == "POST" else None
    if hecho is not None:
        return hecho
    return render(request, "oficina_certificaciones/solicitud_nueva.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def ver(request: HttpRequest, folio: str) -> HttpResponse:
    """La ficha: en qué va, la canasta, lo que cuesta y las copias que la atienden."""
    solicitud = solicitud_para(request, folio)
    contexto = contexto_de(request, solicitud)
    buscado = request.GET.get("q", "").strip().replace("\x00", "")
    if buscado and contexto["arma"]:
        contexto |= {"buscado": buscado, "hallados": _hallados(request, buscado)}
    return render(request, "oficina_certificaciones/solicitud.html", contexto)


def _hallados(request: HttpRequest, buscado: str) -> Any:
    """Documentos por clave, folio o palabras del título, entre los que esa persona ve."""
    visibles = Item.objects.visibles_para(lector_de(request.user)).select_related("area")
    suyos = visibles.filter(clave=buscado) | visibles.filter(folio__iexact=buscado) | visibles.filter(titulo__icontains=buscado)
    return suyos.order_by("-fecha", "-id")[:TOPE_DE_HALLADOS]


@require_POST
def canasta(request: HttpRequest, folio: str) -> HttpResponse:
    """Agrega o quita un documento."""
    lector = lector_con(request, *ARMAN)
    solicitud = solicitud_para(request, folio)
    try:
        if request.POST.get("quitar"):
            pk = request.POST["quitar"]
            quitar(
                get_object_or_404(solicitud.elementos, pk=pk if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0),
                request.user,
            )
        else:
            _agregar(request, solicitud, lector)
    except SolicitudRechazada as razon:
        messages.error(request, str(razon))
    return redirect("oficina_solicitud", folio=folio)


def _agregar(request: HttpRequest, solicitud: Any, lector: Any) -> None:
    form = ElementoForm(request.POST)
    if not form.is_valid():
        raise SolicitudRechazada("Escriba la clave del documento, como está en su dirección.")
    item = documento_para(lector, form.cleaned_data["elemento"].strip().lower())
    if item is None:
        raise SolicitudRechazada("No hay un documento con esa clave.")
    paginas = form.cleaned_data["paginas"]
    agregar(solicitud, pedido_de(item, paginas, archivo_con_paginas(item, lector) if paginas.strip() else None), request.user)
    messages.success(request, f"«{item.titulo}» está en la canasta.")


@require_POST
def paso(request: HttpRequest, folio: str, accion: str) -> HttpResponse:
    """Da un paso de los que tienen botón."""
    solicitud = solicitud_para(request, folio)
    salida = solicitud.situacion.paso(accion)
    if salida is None or salida.solo_servicio:
        raise Http404
    try:
        dar_paso(solicitud, accion, request.user, request.POST.get("motivo", ""))
    except SolicitudRechazada as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, f"{solicitud.folio}: {solicitud.situacion.nombre.lower()}.")
    return redirect("oficina_solicitud", folio=folio)


@require_GET
def acuse(request: HttpRequest, folio: str) -> HttpResponse:
    """El acuse de lo que se pidió (PDF), para dárselo a quien vino a la oficina."""
    suyo = getattr(solicitud_para(request, folio), "acuse", None)
    if suyo is None:
        raise Http404
    return en_pdf(acuse_de_solicitud_pdf(suyo), f"acuse-{folio}.pdf")

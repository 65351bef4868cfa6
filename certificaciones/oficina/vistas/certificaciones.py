"""Las certificaciones en la oficina: lista, ficha, pasos, y lo que se agrega a una expedida."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import abrir
from certificaciones.actos.puerta import (
    ESTADOS,
    acuse_de_entrega_pdf,
    agregar_ejemplar_firmado,
    borrador_de,
    cancelar,
    entregar,
    enviar_a_firma,
    expedir,
    mandar_a_cotejo,
    preparar_sustituta,
    prueba_de_certificacion,
)
from certificaciones.actos.puerta import corregir as devolver_a_borrador
from certificaciones.actos.puerta import desistir as desistir_de
from certificaciones.oficina.copias import enlazar_sustituta, poner_al_dia
from certificaciones.oficina.formularios.certificaciones import EjemplarForm, EntregaForm, FirmaForm, MotivoForm
from certificaciones.oficina.permisos import (
    VEN_CERTIFICACIONES,
    a_la_vista,
    certificacion_para,
    certificaciones_para,
    exigir_lectura,
    lector_con,
)
from certificaciones.oficina.vistas.ficha_de_certificacion import contexto_de
from certificaciones.oficina.vistas.respuestas import Hecho, cumplir, en_pdf, intentar

POR_PAGINA = 50


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las certificaciones de sus áreas; las que están en trámite, primero."""
    lector = lector_con(request, *VEN_CERTIFICACIONES)
    filas: Any = certificaciones_para(lector).con_situacion().select_related("area", "certificador")
    estado, escrito = request.GET.get("estado", ""), request.GET.get("q", "").strip().replace("\x00", "")
    if estado in ESTADOS:
        filas = filas.filter(estado=estado)
    elif not escrito and estado != "todas":
        filas = filas.en_tramite()
    if escrito:
        filas = filas.filter(folio__icontains=escrito) | filas.filter(referencia__icontains=escrito) | filas.filter(clave=escrito)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    guardados = [e for e in ESTADOS.values() if e.clave not in {"entregada", "cancelada", "sustituida"}]
    contexto = {"pagina": pagina, "estados": guardados, "elegido": request.GET}
    return render(request, "oficina_certificaciones/certificaciones.html", contexto)


@require_GET
def ver(request: HttpRequest, clave: str) -> HttpResponse:
    """La ficha: en qué va, qué dirá, de qué documentos sale y lo que ya le pasó."""
    certificacion = certificacion_para(request, clave)
    return render(request, "oficina_certificaciones/certificacion.html", contexto_de(request, certificacion))


def _con_razones(request: HttpRequest, clave: str, **formularios: Any) -> HttpResponse:
    contexto = contexto_de(request, certificacion_para(request, clave)) | formularios
    return render(request, "oficina_certificaciones/certificacion.html", contexto, status=422)


@require_POST
def paso(request: Any, clave: str, accion: str) -> HttpResponse:
    """Los pasos que no preguntan más que un motivo."""
    certificacion, motivo = certificacion_para(request, clave), request.POST.get("motivo", "")
    pasos = {
        "mandar_a_cotejo": (lambda: mandar_a_cotejo(certificacion, request.user), "Quedó lista para que otra persona la coteje."),
        "corregir": (lambda: devolver_a_borrador(certificacion, request.user, motivo), "Volvió a borrador: corríjala."),
        "desistir": (lambda: desistir_de(certificacion, request.user, motivo), "Se desistió. No se consumió ningún folio."),
    }
    if accion not in pasos:
        raise Http404
    intentar(request, *pasos[accion])
    return redirect("oficina_certificacion", clave=clave)


@require_POST
def firma(request: Any, clave: str) -> HttpResponse:
    """La envía a quien la va a firmar."""
    form = FirmaForm(request.POST)

    def enviar(limpio: dict[str, Any]) -> Hecho:
        enviar_a_firma(certificacion_para(request, clave), request.user, limpio["certificador"])
        return f"Está en la bandeja de {limpio['certificador']}, para firma.", redirect("oficina_certificacion", clave=clave)

    return cumplir(request, form, enviar) or _con_razones(request, clave, firma_form=form)


@require_POST
def expide(request: Any, clave: str) -> HttpResponse:
    """Le da folio y la asienta en el libro. El segundo código, si lo lleva, se dice esta única vez."""
    certificacion = certificacion_para(request, clave)
    hecha = intentar(request, lambda: expedir(certificacion, request.user), "Quedó expedida y asentada en el libro.")
    if hecha:
        poner_al_dia(hecha.certificacion, request.user)
        if hecha.segundo_codigo:
            messages.warning(request, f"Segundo código, impreso en la carátula: {hecha.segundo_codigo}. No se vuelve a mostrar.")
    return redirect("oficina_certificacion", clave=clave)


@require_POST
def ejemplar(request: Any, clave: str) -> HttpResponse:
    """Agrega la digitalización del ejemplar firmado."""
    form = EjemplarForm(request.POST, request.FILES)

    def agregar(limpio: dict[str, Any]) -> Hecho:
        agregar_ejemplar_firmado(certificacion_para(request, clave), limpio["archivo"], request.user, limpio["nota"])
        poner_al_dia(certificacion_para(request, clave), request.user)
        return "El ejemplar firmado está en el archivo.", redirect("oficina_certificacion", clave=clave)

    return cumplir(request, form, agregar) or _con_razones(request, clave, ejemplar_form=form)


@require_POST
def entrega(request: Any, clave: str) -> HttpResponse:
    """Anota quién la recibió y ofrece la constancia."""
    form = EntregaForm(request.POST)

    def entregada(limpio: dict[str, Any]) -> Hecho:
        entregar(certificacion_para(request, clave), form.datos(), request.user)
        poner_al_dia(certificacion_para(request, clave), request.user)
        return "Entregada. Imprima la constancia para que la firme quien recibe.", redirect(
            "oficina_certificacion_recibo", clave=clave
        )

    return cumplir(request, form, entregada) or _con_razones(request, clave, entrega_form=form)


@require_POST
def cancela(request: Any, clave: str) -> HttpResponse:
    """La deja sin efectos; su folio permanece."""
    form = MotivoForm(request.POST)

    def cancelada(limpio: dict[str, Any]) -> Hecho:
        cancelar(certificacion_para(request, clave), request.user, limpio["motivo"])
        return "Cancelada. La página de verificación ya lo dice.", redirect("oficina_certificacion", clave=clave)

    return cumplir(request, form, cancelada) or _con_razones(request, clave, cancelar_form=form)


@require_POST
def sustituye(request: Any, clave: str) -> HttpResponse:
    """Prepara la que ocupará su lugar."""
    form = MotivoForm(request.POST)

    def preparada(limpio: dict[str, Any]) -> Hecho:
        vieja = certificacion_para(request, clave)
        nueva = preparar_sustituta(vieja, request.user, limpio["motivo"])
        enlazar_sustituta(vieja, nueva)
        dicho = f"Es el borrador de la que sustituirá a {vieja.folio}. Corríjalo y mándelo a cotejo."
        return dicho, redirect("oficina_certificacion", clave=nueva.clave)

    return cumplir(request, form, preparada) or _con_razones(request, clave, sustituir_form=form)


@require_GET
def archivo(request: Any, clave: str, que: str, tomo: str = "1") -> HttpResponseBase:
    """La copia (`copia`; si son varios tomos, uno), el borrador foliado, el último ejemplar firmado o la prueba del registro."""
    certificacion = certificacion_para(request, clave)
    exigir_lectura(certificacion, lector_de(request.user), request.user)
    nombre = (certificacion.folio or clave).replace("/", "-")
    if que == "prueba" and certificacion.folio:
        return HttpResponse(
            prueba_de_certificacion(certificacion),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{nombre}.prueba"'},
        )
    if que == "borrador" and certificacion.fojas and not certificacion.folio:
        return FileResponse(
            borrador_de(certificacion).open("rb"), filename=f"borrador-{nombre}.pdf", content_type="application/pdf"
        )
    firmado = certificacion.ejemplares_firmados.select_related("objeto").last() if que == "firmado" else None
    objetos = [firmado.objeto] if firmado else (certificacion.objetos_de_tomos() if que == "copia" else [])
    if not 1 <= int(tomo) <= len(objetos):
        raise Http404
    nombre += f"-tomo-{tomo}" if len(objetos) > 1 else ""
    return FileResponse(
        abrir(objetos[int(tomo) - 1]), as_attachment=True, filename=f"{nombre}.pdf", content_type="application/pdf"
    )


@require_GET
def recibo(request: HttpRequest, clave: str) -> HttpResponse:
    """La constancia de recibo, para imprimirse y firmarse."""
    certificacion = certificacion_para(request, clave)
    if not hasattr(certificacion, "entrega"):
        raise Http404
    return render(
        request, "oficina_certificaciones/recibo.html", {"certificacion": certificacion, "entrega": certificacion.entrega}
    )


@require_GET
def acuse(request: Any, clave: str) -> HttpResponse:
    """La misma constancia, en la hoja de la institución (PDF)."""
    certificacion = certificacion_para(request, clave)
    if not hasattr(certificacion, "entrega"):
        raise Http404
    documentos = list(certificacion.documentos.select_related("item", "objeto").order_by("orden"))
    a_la_vista(documentos, lector_de(request.user), request.user)
    nombre = f"entrega-{(certificacion.folio or clave).replace('/', '-')}.pdf"
    return en_pdf(acuse_de_entrega_pdf(certificacion, documentos, nombra=True), nombre)

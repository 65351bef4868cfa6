"""Pedir una copia certificada y ver cómo va, sin cuenta: con folio y código de seguimiento."""

from typing import Any

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import ANONIMO, DemasiadosIntentos, lugar_de
from archivo.objetos.puerta import abrir
from archivo.portal.puerta import sin_indexar
from certificaciones.actos.puerta import Certificacion, acuse_de_entrega_pdf, ocultar_lo_ajeno
from certificaciones.consulta.avance import avance_de
from certificaciones.consulta.formulario_de_solicitud import SolicitudPublicaForm, documentos_de
from certificaciones.consulta.paquetes import juntar_tomos, nombre_de, tomos_de
from certificaciones.solicitudes.puerta import (
    AL_PEDIR,
    AL_SEGUIR,
    Solicitud,
    SolicitudRechazada,
    acuse_de_solicitud_pdf,
    dar_paso,
    elementos_visibles,
    orden_vigente,
    plazo_de_pago,
    recibir,
    seguir,
    seguir_enlace,
)

VISTAS, CODIGO = "solicitudes_vistas", "codigo_por_mostrar"
NO_ES = "No hay una solicitud con ese folio y ese código. Revise que no falte ningún signo; los guiones no importan."
ENLACE_VENCIDO = "Ese enlace ya no vale. Entre con el folio y el código que le dimos al recibir su solicitud."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inicio(request: HttpRequest) -> HttpResponse:
    """Cómo pedir, y el folio y código para ver cómo va."""
    contexto: dict[str, Any] = {"seccion": "solicitudes", "folio": request.POST.get("folio", "")[:40]}
    if request.method != "POST":
        return render(request, "consulta/solicitudes.html", contexto)
    try:
        AL_SEGUIR.exigir(lugar_de(request))
    except DemasiadosIntentos as razon:
        return render(request, "consulta/solicitudes.html", contexto | {"error": str(razon)}, status=429)
    solicitud = seguir(contexto["folio"], request.POST.get("codigo", "")[:40])
    if solicitud is None:
        AL_SEGUIR.contar(lugar_de(request))
        return render(request, "consulta/solicitudes.html", contexto | {"error": NO_ES}, status=422)
    _recordar(request, solicitud)
    return redirect("solicitudes:seguimiento", folio=solicitud.folio)


def _recordar(request: HttpRequest, solicitud: Solicitud) -> None:
    """Esta visita demostró conocer el código de esa solicitud."""
    vistas = [f for f in request.session.get(VISTAS, []) if f != solicitud.folio]
    request.session[VISTAS] = [*vistas, solicitud.folio][-20:]
    request.session.set_expiry(0)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nueva(request: HttpRequest) -> HttpResponse:
    """El formulario, con los documentos que trae la dirección ya puestos."""
    documentos = documentos_de(request.POST if request.method == "POST" else request.GET)
    form = SolicitudPublicaForm(request.POST if request.method == "POST" else None, documentos)
    contexto = {"form": form, "documentos": documentos, "seccion": "solicitudes"}
    if request.method != "POST":
        return render(request, "consulta/solicitud_nueva.html", contexto)
    try:
        AL_PEDIR.exigir(lugar_de(request))
        if not form.is_valid():
            return render(request, "consulta/solicitud_nueva.html", contexto, status=422)
        hecha = recibir(form.nueva(), None)
    except DemasiadosIntentos as razon:
        return render(request, "consulta/solicitud_nueva.html", contexto | {"freno": str(razon)}, status=429)
    except SolicitudRechazada as razon:
        return render(request, "consulta/solicitud_nueva.html", contexto | {"freno": str(razon)}, status=422)
    AL_PEDIR.contar(lugar_de(request))
    _recordar(request, hecha.solicitud)
    request.session[CODIGO] = hecha.codigo
    return redirect("solicitudes:seguimiento", folio=hecha.solicitud.folio)


@never_cache
@require_safe
def enlace(request: HttpRequest, testigo: str) -> HttpResponse:
    """El enlace de un correo: lleva a su solicitud sin escribir el código."""
    solicitud = seguir_enlace(testigo)
    if solicitud is None:
        contexto = {"seccion": "solicitudes", "folio": "", "error": ENLACE_VENCIDO}
        return sin_indexar(render(request, "consulta/solicitudes.html", contexto, status=404))
    _recordar(request, solicitud)
    return sin_indexar(redirect("solicitudes:seguimiento", folio=solicitud.folio))


def _la_suya(request: HttpRequest, folio: str) -> Solicitud:
    """La de ese folio, si esta visita demostró conocer su código; si no, 404."""
    hallada = Solicitud.objects.filter(folio=folio).first() if folio in request.session.get(VISTAS, []) else None
    if hallada is None:
        raise Http404
    return hallada


@never_cache
@require_safe
def seguimiento(request: HttpRequest, folio: str) -> HttpResponse:
    """Qué ha pasado y qué falta. El código recién dado se muestra una vez."""
    solicitud = _la_suya(request, folio)
    contexto = {
        "solicitud": solicitud,
        "situacion": solicitud.situacion,
        "pasos": avance_de(solicitud),
        "elementos": elementos_visibles(solicitud, ANONIMO),
        "orden": orden_vigente(solicitud),
        "plazo": plazo_de_pago(solicitud),
        "codigo": request.session.pop(CODIGO, ""),
        "copias": copias_listas(solicitud),
        "puede_desistir": solicitud.situacion.paso("desistir") is not None,
        "seccion": "solicitudes",
    }
    return render(request, "consulta/solicitud_seguimiento.html", contexto)


def copias_listas(solicitud: Solicitud) -> list[Certificacion]:
    """Las certificaciones expedidas que la atienden y siguen vigentes. El enlace lo pone la oficina, que está al lado de este piso."""
    con_estado = Certificacion.objects.con_situacion().select_related("objeto", "entrega")
    copias = solicitud.copias.prefetch_related(Prefetch("certificacion", con_estado))
    return [c.certificacion for c in copias if c.certificacion.clase_de_estado.se_consulta == "vigente"]


def _copia_electronica(request: HttpRequest, folio: str, codigo: str) -> Certificacion:
    """La de ese código, para quien demostró que la solicitud es suya; si no, 404. La autógrafa se recoge en la oficina."""
    copias = copias_listas(_la_suya(request, folio))
    hallada = next((c for c in copias if c.codigo == codigo and c.firma_tipo != "autografa"), None)
    if hallada is None:
        raise Http404
    return hallada


def _anotar_descarga(folio: str, copia: Certificacion, archivo: str) -> None:
    detalle = {"folio": copia.folio, "archivo": archivo}
    registrar(SucesoNuevo("solicitud.copia_descargada", f"solicitud:{folio}", detalle=detalle))


@never_cache
@require_safe
def descargar(request: HttpRequest, folio: str, codigo: str, tomo: str = "1") -> HttpResponseBase:
    """Un tomo de la copia electrónica; sin decir cuál, el primero."""
    copia = _copia_electronica(request, folio, codigo)
    tomos = tomos_de(copia)
    if not 1 <= int(tomo) <= len(tomos):
        raise Http404
    nombre, objeto = tomos[int(tomo) - 1]
    _anotar_descarga(folio, copia, nombre)
    return FileResponse(abrir(objeto), as_attachment=True, filename=nombre, content_type="application/pdf")


@never_cache
@require_safe
def descargar_todo(request: HttpRequest, folio: str, codigo: str) -> HttpResponseBase:
    """Todos los tomos y la prueba del registro, en un ZIP."""
    copia = _copia_electronica(request, folio, codigo)
    nombre = f"{nombre_de(copia)}.zip"
    _anotar_descarga(folio, copia, nombre)
    return FileResponse(juntar_tomos(copia), as_attachment=True, filename=nombre, content_type="application/zip")


@never_cache
@require_safe
def acuse(request: HttpRequest, folio: str) -> HttpResponseBase:
    """El acuse de lo que se pidió."""
    suyo = getattr(_la_suya(request, folio), "acuse", None)
    if suyo is None:
        raise Http404
    return _pdf(acuse_de_solicitud_pdf(suyo), f"acuse-{folio}.pdf")


@never_cache
@require_safe
def acuse_de_entrega(request: HttpRequest, folio: str, codigo: str) -> HttpResponseBase:
    """La constancia de lo que se entregó, sin el nombre de quien lo recibió."""
    copias = (c.certificacion for c in _la_suya(request, folio).copias.select_related("certificacion__entrega"))
    entregada = next((c for c in copias if c.codigo == codigo and hasattr(c, "entrega")), None)
    if entregada is None:
        raise Http404
    documentos = list(entregada.documentos.select_related("item", "objeto").order_by("orden"))
    ocultar_lo_ajeno(documentos, ANONIMO)
    return _pdf(acuse_de_entrega_pdf(entregada, documentos, nombra=False), f"entrega-{nombre_de(entregada)}.pdf")


def _pdf(contenido: bytes, nombre: str) -> HttpResponse:
    return HttpResponse(
        contenido, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nombre}"'}
    )


@never_cache
@require_POST
def desistir(request: HttpRequest, folio: str) -> HttpResponse:
    """Quien pidió ya no la quiere."""
    solicitud = _la_suya(request, folio)
    if request.POST.get("seguro") == "si":
        dar_paso(solicitud, "desistir", None, "Lo pidió quien la hizo, desde el sitio.")
    return redirect("solicitudes:seguimiento", folio=folio)

"""Pedir una copia certificada y ver cómo va, sin cuenta: con folio y código de seguimiento."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import ANONIMO
from archivo.objetos.puerta import abrir
from archivo.portal.puerta import sin_indexar
from certificaciones.consulta.avance import avance_de
from certificaciones.consulta.formulario_de_solicitud import SolicitudPublicaForm, documentos_de
from certificaciones.solicitudes.puerta import (
    AL_PEDIR,
    AL_SEGUIR,
    DemasiadosIntentos,
    Solicitud,
    SolicitudRechazada,
    dar_paso,
    elementos_visibles,
    orden_vigente,
    recibir,
    seguir,
    seguir_enlace,
)

VISTAS, CODIGO = "solicitudes_vistas", "codigo_por_mostrar"
NO_ES = "No hay una solicitud con ese folio y ese código. Revise que no falte ningún signo; los guiones no importan."
ENLACE_VENCIDO = "Ese enlace ya no vale. Entre con el folio y el código que le dimos al recibir su solicitud."


def _lugar(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inicio(request: HttpRequest) -> HttpResponse:
    """Cómo pedir, y el folio y código para ver cómo va."""
    contexto: dict[str, Any] = {"seccion": "solicitudes", "folio": request.POST.get("folio", "")[:40]}
    if request.method != "POST":
        return render(request, "consulta/solicitudes.html", contexto)
    try:
        AL_SEGUIR.exigir(_lugar(request))
    except DemasiadosIntentos as razon:
        return render(request, "consulta/solicitudes.html", contexto | {"error": str(razon)}, status=429)
    solicitud = seguir(contexto["folio"], request.POST.get("codigo", "")[:40])
    if solicitud is None:
        AL_SEGUIR.contar(_lugar(request))
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
        AL_PEDIR.exigir(_lugar(request))
        if not form.is_valid():
            return render(request, "consulta/solicitud_nueva.html", contexto, status=422)
        hecha = recibir(form.nueva(), None)
    except DemasiadosIntentos as razon:
        return render(request, "consulta/solicitud_nueva.html", contexto | {"freno": str(razon)}, status=429)
    except SolicitudRechazada as razon:
        return render(request, "consulta/solicitud_nueva.html", contexto | {"freno": str(razon)}, status=422)
    AL_PEDIR.contar(_lugar(request))
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
        "codigo": request.session.pop(CODIGO, ""),
        "copias": copias_listas(solicitud),
        "puede_desistir": solicitud.situacion.paso("desistir") is not None,
        "seccion": "solicitudes",
    }
    return render(request, "consulta/solicitud_seguimiento.html", contexto)


def copias_listas(solicitud: Solicitud) -> list[Any]:
    """Las certificaciones expedidas que la atienden y siguen vigentes. El enlace lo pone la oficina, que está al lado de este piso."""
    copias = solicitud.copias.select_related("certificacion__objeto")
    return [c.certificacion for c in copias if c.certificacion.clase_de_estado.se_consulta == "vigente"]


@never_cache
@require_safe
def descargar(request: HttpRequest, folio: str, codigo: str) -> HttpResponseBase:
    """La copia electrónica, para quien demostró que la solicitud es suya. La autógrafa se recoge en la oficina."""
    solicitud = _la_suya(request, folio)
    copia = next((c for c in copias_listas(solicitud) if c.codigo == codigo and c.firma_tipo != "autografa"), None)
    if copia is None:
        raise Http404
    registrar(SucesoNuevo("solicitud.copia_descargada", f"solicitud:{folio}", detalle={"folio": copia.folio}))
    nombre = f"{copia.folio.replace('/', '-')}.pdf"
    return FileResponse(abrir(copia.objeto), as_attachment=True, filename=nombre, content_type="application/pdf")


@never_cache
@require_POST
def desistir(request: HttpRequest, folio: str) -> HttpResponse:
    """Quien pidió ya no la quiere."""
    solicitud = _la_suya(request, folio)
    if request.POST.get("seguro") == "si":
        dar_paso(solicitud, "desistir", None, "Lo pidió quien la hizo, desde el sitio.")
    return redirect("solicitudes:seguimiento", folio=folio)

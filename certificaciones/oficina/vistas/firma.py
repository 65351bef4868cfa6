"""La firma con e.firma: la página que abre la clave en el navegador y las llamadas que hace. Aquí nunca llegan clave ni contraseña.

La página lleva su propia política de contenido, sin código en línea: por eso no usa el marco de Wagtail, que lo trae.
"""

import base64
import binascii
import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from archivo.identidad.puerta import Usuario
from certificaciones import firma
from certificaciones.actos.puerta import (
    ActoRechazado,
    Certificacion,
    abandonar_firma,
    completar_firma,
    por_firmar,
    preparar_firma,
)
from certificaciones.oficina.permisos import CERTIFICAN, a_la_vista, lector_con
from certificaciones.reglas.puerta import rfc_registrado

POLITICA: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
_CUERPO_MAXIMO = 64 * 1024
_COPIAS = "copias_por_firmar"
Llamada = Callable[[HttpRequest, dict[str, Any]], dict[str, Any]]


class _Mal(Exception):
    """La petición no tiene la forma debida."""


def _leer(request: HttpRequest) -> dict[str, Any]:
    """El JSON de la petición. Nada de lo que llega se anota en ninguna bitácora."""
    if request.content_type != "application/json":
        raise _Mal("La petición no se entiende. Recargue la página.")
    if len(request.body) > _CUERPO_MAXIMO:
        raise _Mal("La petición es demasiado grande.")
    try:
        leido = json.loads(request.body)
    except ValueError as error:
        raise _Mal("La petición no se entiende. Recargue la página.") from error
    if not isinstance(leido, dict):
        raise _Mal("La petición no se entiende. Recargue la página.")
    return leido


def _bytes(valor: Any) -> bytes:
    try:
        return base64.b64decode(valor, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise _Mal("La petición no se entiende. Recargue la página.") from error


def llamada(vista: Llamada) -> Callable[[HttpRequest], HttpResponse]:
    """Una llamada de la página: POST con JSON, sólo de quien certifica; lo que no procede se contesta con su frase (422)."""

    @require_POST
    @never_cache
    @sensitive_variables()
    @wraps(vista)
    def atendida(request: HttpRequest) -> HttpResponse:
        lector_con(request, *CERTIFICAN)
        try:
            return JsonResponse(vista(request, _leer(request)))
        except _Mal as error:
            return JsonResponse({"error": str(error)}, status=400)
        except (ActoRechazado, firma.ErrorDeFirma) as error:
            return JsonResponse({"error": str(error)}, status=422)

    return atendida


def _quien(request: HttpRequest) -> Usuario:
    """Quien entró; la oficina ya exigió que haya entrado."""
    return cast("Usuario", request.user)


def _por_firmar(usuario: Usuario) -> Any:
    return por_firmar(usuario).filter(firma_tipo=Certificacion.Firma.EFIRMA)


def _renglon(copia: Certificacion) -> dict[str, Any]:
    """Lo que se lee de una copia antes de firmarla; del solicitante, sólo si es autoridad."""
    documentos = list(copia.documentos.all())
    titulo = documentos[0].titulo if documentos else str(copia)
    if len(documentos) > 1:
        titulo += f" y {len(documentos) - 1} más"
    fojas = sum(d.fojas or 0 for d in documentos)
    return {
        "clave": copia.clave,
        "titulo": titulo,
        "fojas": "1 foja" if fojas == 1 else f"{fojas} fojas",
        "para": copia.peticionario if copia.a_autoridad else "",
        "pendiente": copia.motivo if copia.estado == "pendiente_de_sello" else "",
    }


def _falta() -> str:
    try:
        firma.servicios_de_la_casa()
    except firma.FirmaSinConfigurar as error:
        return str(error)
    return ""


@require_GET
@never_cache
@csp_override(POLITICA)
def pagina(request: HttpRequest) -> HttpResponse:
    """Las copias que esperan la e.firma de esta persona; `?c=CLAVE` (una o varias) las trae elegidas."""
    lector = lector_con(request, *CERTIFICAN)
    copias = list(_por_firmar(_quien(request)).prefetch_related("documentos__item"))
    a_la_vista([d for copia in copias for d in copia.documentos.all()], lector, request.user)
    contexto = {
        "copias": [_renglon(copia) for copia in copias],
        "elegidas": set(request.GET.getlist("c")),
        "quien": str(request.user),
        "falta": _falta(),
    }
    return render(request, "oficina_certificaciones/firma.html", contexto)


@require_GET
def una(request: HttpRequest, clave: str) -> HttpResponse:
    """La página con esa copia elegida."""
    lector_con(request, *CERTIFICAN)
    return redirect(
        reverse("certificaciones_firma", query={"c": get_object_or_404(_por_firmar(_quien(request)), clave=clave).clave})
    )


@llamada
def certificado(request: HttpRequest, pedido: dict[str, Any]) -> dict[str, Any]:
    """De quién es un certificado y si sirve: es e.firma, está vigente y lo emitió una autoridad de confianza."""
    leido = firma.leer_certificado(_bytes(pedido.get("certificado")))
    firma.revisar_efirma(leido, _conocido(_quien(request)))
    firma.confianza_de_la_casa().cadena(leido, timezone.now())
    return {
        "titular": firma.titular_de(leido).nombre,
        "numero": firma.numero_de_certificado(leido),
        "vence": f"{timezone.localtime(leido.not_valid_after):%d/%m/%Y}",
        "publica": base64.b64encode(leido.public_key.dump()).decode("ascii"),
    }


def _conocido(usuario: Usuario) -> firma.Titular | None:
    """De quién debe ser la e.firma: del RFC de su facultad o, sin él, de quien firmó la última que esta persona expidió."""
    if registrado := rfc_registrado(usuario, timezone.localdate()):
        return firma.Titular(str(usuario), registrado)
    anteriores = Certificacion.objects.expedidas().filter(certificador=usuario, firma_tipo=Certificacion.Firma.EFIRMA)
    ultima = anteriores.order_by("-expedida_en").values_list("firma", flat=True).first()
    guardado = (ultima or {}).get("certificado")
    return firma.titular_de(firma.leer_certificado(base64.b64decode(guardado))) if guardado else None


@llamada
def preparar(request: HttpRequest, pedido: dict[str, Any]) -> dict[str, Any]:
    """Compone la copia con su folio y dice qué se firma."""
    copia = get_object_or_404(_por_firmar(_quien(request)), clave=str(pedido.get("clave", "")).replace("\x00", ""))
    hecha = preparar_firma(copia, _quien(request), _bytes(pedido.get("certificado")), _conocido(_quien(request)))
    request.session[_COPIAS] = {hecha.testigo: str(hecha.copia)}
    return {
        "testigo": hecha.testigo,
        "folio": hecha.folio,
        "huellas": list(hecha.huellas),
        "atributos": [base64.b64encode(bytes_).decode("ascii") for bytes_ in hecha.atributos],
        "copia": reverse("certificaciones_firma_copia", args=[hecha.testigo]),
    }


@llamada
def completar(request: HttpRequest, pedido: dict[str, Any]) -> dict[str, Any]:
    """Recibe las firmas, una por tomo, y expide."""
    firmas = pedido.get("firmas")
    if not isinstance(firmas, list):
        raise _Mal("La petición no se entiende. Recargue la página.")
    request.session.pop(_COPIAS, None)
    hecha = completar_firma(str(pedido.get("testigo", "")), [_bytes(f) for f in firmas], _quien(request))
    copia = hecha.certificacion
    return {
        "folio": copia.folio,
        "sha256": copia.sha256,
        "momento": f"{timezone.localtime(copia.expedida_en):%d/%m/%Y, %H:%M:%S}",
        "segundo_codigo": hecha.segundo_codigo,
        "direccion": reverse("oficina_certificacion", args=[copia.clave]),
    }


@llamada
def abandonar(request: HttpRequest, pedido: dict[str, Any]) -> dict[str, Any]:
    """Suelta el folio de una copia preparada que no se firmó."""
    request.session.pop(_COPIAS, None)
    abandonar_firma(str(pedido.get("testigo", "")), _quien(request))
    return {}


@require_GET
@never_cache
def copia(request: HttpRequest, testigo: str) -> FileResponse:
    """La copia sin firma que esta persona acaba de preparar, para verla antes de firmar."""
    lector_con(request, *CERTIFICAN)
    ruta = Path(request.session.get(_COPIAS, {}).get(testigo, ""))
    if not ruta.is_file():
        raise Http404("La copia ya no está preparada: vuelva a la página de firma y prepárela otra vez.")
    return FileResponse(ruta.open("rb"), content_type="application/pdf", filename="copia-sin-firma.pdf")

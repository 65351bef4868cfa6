"""Las páginas del cuaderno. La galleta sólo se pone al guardar algo, y sólo lleva la llave firmada."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archivo.identidad.puerta import lugar_de
from archivo.indexacion.puerta import anotar_falla
from archivo.portal.puerta import con_constancia, entero, servicio_no_disponible, visita_de
from archivo.salidas import ComposicionImposible
from buscador import direcciones
from buscador.cuaderno import salidas, servicios
from buscador.exportacion.filas import Registro, registros
from buscador.exportacion.formatos import FORMATOS
from buscador.exportacion.views import archivo_de, base_de, demasiadas
from buscador.frenos import AL_ABRIR_CUADERNO
from buscador.models import Apunte, Cuaderno
from buscador.peticion import TAMANO_MAXIMO, Peticion
from buscador.servicios import claves_de
from search import SearchError

bitacora = logging.getLogger("archivo.busqueda")

GALLETA = "cuaderno"
LARGO_DE_NOTA = 2000


def cuaderno_de(request: HttpRequest) -> Cuaderno | None:
    """El cuaderno de ese navegador; None si no tiene o la galleta no es nuestra."""
    llave = request.get_signed_cookie(GALLETA, default="", salt=GALLETA)
    return Cuaderno.objects.filter(llave=llave).first() if llave else None


def _con_galleta(respuesta: HttpResponse, request: HttpRequest, cuaderno: Cuaderno) -> HttpResponse:
    dura = timedelta(days=settings.ACERVO_CUADERNO_DIAS)
    respuesta.set_signed_cookie(
        GALLETA, cuaderno.llave, salt=GALLETA, max_age=dura, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return respuesta


@require_safe
@never_cache
@con_constancia
def ver(request: HttpRequest) -> HttpResponse:
    """Los apuntes, en su orden."""
    cuaderno = cuaderno_de(request)
    renglones = servicios.renglones(cuaderno, visita_de(request), "") if cuaderno else []
    contexto = {"renglones": renglones, "tope": servicios.TOPE, "dias": settings.ACERVO_CUADERNO_DIAS, "seccion": "cuaderno"}
    return render(request, "buscador/cuaderno/cuaderno.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@con_constancia
def agregar(request: HttpRequest) -> HttpResponse:
    """Pregunta por la nota, y guarda. `clave` y `pagina` (0, el documento entero) van en la dirección."""
    clave, pagina = request.GET.get("clave", ""), entero(request.GET.get("pagina"), 0)
    registro = next(registros([clave], visita_de(request), ""), None)
    if registro is None:
        raise Http404
    contexto = {"registro": registro, "pagina": pagina, "largo": LARGO_DE_NOTA, "tope": servicios.TOPE}
    if request.method != "POST":
        return render(request, "buscador/cuaderno/agregar.html", contexto)
    cuaderno = _abierto(request)
    if cuaderno is None:
        return demasiadas(request)
    try:
        servicios.apuntar(cuaderno, clave, pagina, _nota(request))
    except servicios.CuadernoLleno:
        return render(request, "buscador/cuaderno/agregar.html", contexto | {"lleno": True}, status=400)
    return _con_galleta(HttpResponseRedirect(reverse("buscador:cuaderno")), request, cuaderno)


def _abierto(request: HttpRequest) -> Cuaderno | None:
    """El cuaderno de ese navegador, o uno nuevo; None si desde ahí se han abierto demasiados."""
    suyo = cuaderno_de(request)
    if suyo is not None:
        return suyo
    return None if AL_ABRIR_CUADERNO.rebasado(lugar_de(request)) else Cuaderno.objects.create()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@con_constancia
def agregar_varios(request: HttpRequest) -> HttpResponse:
    """Los documentos de una página de resultados, para guardar juntos los que se marquen."""
    peticion, visita = direcciones.leer(request.GET).peticion, visita_de(request)
    try:
        claves = _marcadas(request) if request.method == "POST" else claves_de(peticion, visita.lector)
    except SearchError as error:
        anotar_falla(bitacora, "Una página de resultados no se guarda en el cuaderno: la búsqueda no responde", error)
        return servicio_no_disponible(request, "buscador/no_disponible.html", {"otra_vez": direcciones.direccion(peticion)})
    hallados = list(registros(claves, visita, ""))
    if request.method != "POST":
        return _varios(request, peticion, hallados)
    if not hallados:
        return _varios(request, peticion, hallados, "nada")
    cuaderno = _abierto(request)
    if cuaderno is None:
        return demasiadas(request)
    try:
        servicios.apuntar_varios(cuaderno, [r.clave for r in hallados])
    except servicios.CuadernoLleno:
        return _varios(request, peticion, hallados, "lleno")
    return _con_galleta(HttpResponseRedirect(reverse("buscador:cuaderno")), request, cuaderno)


def _marcadas(request: HttpRequest) -> list[str]:
    """Las claves marcadas; lo que no puede ser una clave no se pregunta."""
    return [c for c in request.POST.getlist("clave")[:TAMANO_MAXIMO] if c.isalnum()]


def _varios(request: HttpRequest, peticion: Peticion, hallados: list[Registro], falta: str = "") -> HttpResponse:
    """`falta`: por qué no se guardaron; «nada» marcado o el cuaderno «lleno»."""
    contexto = {"registros": hallados, "tope": servicios.TOPE, "volver": direcciones.direccion(peticion), "falta": falta}
    return render(request, "buscador/cuaderno/agregar_varios.html", contexto, status=400 if falta else 200)


def _nota(request: HttpRequest) -> str:
    return request.POST.get("nota", "").strip()[:LARGO_DE_NOTA]


@require_POST
def apunte(request: HttpRequest, pk: int) -> HttpResponse:
    """Cambia un apunte propio: `hacer` es subir, bajar, anotar o quitar."""
    cuaderno = cuaderno_de(request)
    suyo = get_object_or_404(Apunte, pk=pk, cuaderno=cuaderno) if cuaderno else None
    if suyo is None:
        raise Http404
    hacer = request.POST.get("hacer", "")
    vuelve_a: Apunte | None = suyo
    if hacer in {"subir", "bajar"}:
        servicios.mover(suyo, -1 if hacer == "subir" else 1)
    elif hacer == "anotar":
        servicios.anotar(suyo, _nota(request))
    elif hacer == "quitar":
        vuelve_a = servicios.vecino_de(suyo)
        suyo.delete()
    return HttpResponseRedirect(reverse("buscador:cuaderno") + (f"#apunte-{vuelve_a.pk}" if vuelve_a else ""))


@require_safe
@never_cache
@con_constancia
def descargar(request: HttpRequest) -> HttpResponseBase:
    """`?en=` pdf o uno de los formatos de una búsqueda; los de tabla llevan además las notas."""
    cuaderno, formato = cuaderno_de(request), request.GET.get("en", "")
    if cuaderno is None or formato not in {"pdf", *FORMATOS}:
        raise Http404
    renglones = servicios.renglones(cuaderno, visita_de(request), base_de(request))
    if formato == "pdf":
        return _pdf(request, renglones)
    if formato in salidas.CON_NOTAS:
        return archivo_de(salidas.CON_NOTAS[formato](renglones), formato, "cuaderno")
    return archivo_de(FORMATOS[formato].escribir(salidas.referencias(renglones)), formato, "cuaderno")


def _pdf(request: HttpRequest, renglones: Any) -> HttpResponse:
    try:
        pdf = salidas.pdf_del_cuaderno(renglones)
    except ComposicionImposible:
        bitacora.exception("No se pudo componer el PDF de un cuaderno")
        return render(request, "buscador/cuaderno/sin_pdf.html", status=503)
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="cuaderno.pdf"'}
    )


@require_POST
def borrar(request: HttpRequest) -> HttpResponse:
    """Borra el cuaderno entero, y la galleta. No queda nada."""
    cuaderno = cuaderno_de(request)
    if cuaderno is not None:
        cuaderno.delete()
    respuesta = HttpResponseRedirect(reverse("buscador:cuaderno"))
    respuesta.delete_cookie(GALLETA, samesite="Lax")
    return respuesta

"""Pedir que se avise de lo nuevo, confirmarlo, darse de baja, y las búsquedas guardadas de la oficina."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archivo.identidad.puerta import Usuario, lugar_de
from archivo.portal.puerta import visita_de
from buscador import direcciones
from buscador.avisos import servicios
from buscador.avisos.enlaces import BAJA, CONFIRMAR, seguir
from buscador.avisos.forms import AvisoForm, GuardarForm
from buscador.exportacion.views import demasiadas
from buscador.frenos import AL_AVISAR, POR_CORREO
from buscador.models import BusquedaGuardada
from buscador.peticion import Peticion
from buscador.puestos import chips_de
from buscador.tasks import confirmar_aviso


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pedir(request: HttpRequest) -> HttpResponse:
    """El formulario de aviso de una búsqueda; de la oficina, el de guardarla."""
    peticion = direcciones.leer(request.GET).peticion
    if (usuario := visita_de(request).usuario) is not None:
        return _guardar(request, peticion, usuario)
    form = AvisoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if AL_AVISAR.rebasado(lugar_de(request)):
            return demasiadas(request)
        correo = form.cleaned_data["correo"]
        if not POR_CORREO.rebasado(correo) and (guardada := servicios.suscribir(peticion, nombre_de(peticion), correo)):
            confirmar_aviso.enqueue(guardada.pk)
        return render(request, "buscador/aviso_pedido.html", _contexto(peticion))
    return render(request, "buscador/aviso.html", _contexto(peticion) | {"form": form}, status=400 if form.errors else 200)


def _guardar(request: HttpRequest, peticion: Peticion, usuario: Usuario) -> HttpResponse:
    tiene_correo = bool(usuario.email)
    inicial = {"nombre": nombre_de(peticion), "con_aviso": tiene_correo}
    form = GuardarForm(request.POST or None, initial=inicial, tiene_correo=tiene_correo)
    if request.method == "POST" and form.is_valid():
        servicios.guardar(peticion, form.cleaned_data["nombre"], usuario, con_aviso=form.cleaned_data["con_aviso"])
        return HttpResponseRedirect(reverse("buscador:guardadas"))
    return render(request, "buscador/guardar.html", _contexto(peticion) | {"form": form}, status=400 if form.errors else 200)


def nombre_de(peticion: Peticion) -> str:
    """Cómo se dice una búsqueda: sus palabras y sus filtros."""
    filtros = [chip.texto for chip in chips_de(peticion)]
    dicho = [f"«{peticion.texto}»"] if peticion.texto else []
    return ", ".join(dicho + filtros)[:200] or "Todo lo nuevo"


def _contexto(peticion: Peticion) -> dict[str, object]:
    return {
        "nombre": nombre_de(peticion),
        "volver": direcciones.direccion(peticion),
        "horas": settings.ACERVO_AVISOS_HORAS_PARA_CONFIRMAR,
        "seccion": "buscar",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirmar(request: HttpRequest, testigo: str) -> HttpResponse:
    """Con GET se pregunta (un revisor de correo que abre enlaces no confirma por nadie); con POST se confirma."""
    guardada = seguir(testigo, CONFIRMAR)
    if guardada is not None and request.method == "POST":
        servicios.confirmar(guardada)
    hecho = guardada is not None and guardada.confirmada_en is not None
    contexto = {"guardada": guardada, "hecho": hecho}
    return render(request, "buscador/aviso_confirmar.html", contexto, status=200 if guardada else 404)


@csrf_exempt  # la manda el programa de correo (RFC 8058); el testigo firmado es la prueba
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def baja(request: HttpRequest, testigo: str) -> HttpResponse:
    """Un clic: se borra la búsqueda y el correo. Repetirlo, o seguir un enlace ajeno, dice lo mismo."""
    guardada = seguir(testigo, BAJA)
    if request.method == "POST" and guardada is not None:
        guardada.delete()
        guardada = None
    return render(request, "buscador/aviso_baja.html", {"guardada": guardada})


@require_safe
@login_required
@never_cache
def guardadas(request: HttpRequest) -> HttpResponse:
    """Las búsquedas de quien entró."""
    suyas = BusquedaGuardada.objects.filter(usuario_id=request.user.pk or 0).defer("huellas")
    return render(request, "buscador/guardadas.html", {"guardadas": suyas, "seccion": "buscar"})


@require_POST
@login_required
def borrar(request: HttpRequest, pk: int) -> HttpResponse:
    """Olvida una búsqueda propia."""
    get_object_or_404(BusquedaGuardada, pk=pk, usuario_id=request.user.pk).delete()
    return HttpResponseRedirect(reverse("buscador:guardadas"))

"""Entrar con un enlace de un solo uso: la persona pone su contraseña y nadie más la conoce."""

from http import HTTPStatus

from django.contrib.auth import login
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from archivo.identidad.servicios import enlace_vigente, usar_enlace

OFICINA = "wagtailadmin_home"
BACKEND = "archivo.identidad.permisos.BackendDeRoles"


def _ya_no_sirve(request: HttpRequest) -> HttpResponse:
    return render(request, "identidad/enlace_gastado.html", status=HTTPStatus.GONE)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def entrar(request: HttpRequest, codigo: str) -> HttpResponse:
    """Ver el formulario no gasta el enlace (los antivirus abren las direcciones de los correos); enviarlo sí."""
    enlace = enlace_vigente(codigo)
    if enlace is None:
        return _ya_no_sirve(request)
    formulario = SetPasswordForm(enlace.usuario, request.POST or None)
    if request.method == "POST" and formulario.is_valid():
        usuario = usar_enlace(codigo, formulario.cleaned_data["new_password1"])
        if usuario is None:
            return _ya_no_sirve(request)
        login(request, usuario, backend=BACKEND)
        return redirect(OFICINA)
    respuesta = render(request, "identidad/entrar.html", {"formulario": formulario, "persona": enlace.usuario})
    # El código va en la dirección y no debe salir de casa; con «no-referrer» el navegador manda Origin: null y el envío se rechaza
    respuesta.headers["Referrer-Policy"] = "same-origin"
    return respuesta

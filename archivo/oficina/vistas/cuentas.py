"""Personas: altas, roles con sus fechas, suspensiones y suplencias. Para quien administra; cada quien ve la suya."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.auditoria.puerta import sucesos_de
from archivo.identidad.puerta import (
    ROLES,
    Nombramiento,
    PermisoNegado,
    Suplencia,
    Usuario,
    dar_de_alta,
    dar_enlace,
    lector_de,
    nombrar,
    reactivar,
    registrar_suplencia,
    suspender,
    terminar_nombramiento,
    terminar_suplencia,
)
from archivo.oficina.bitacora import nombre_de_clase
from archivo.oficina.formularios.cuentas import MotivoForm, OtroNombramientoForm, PersonaForm, SuplenciaForm

DIAS_DE_AVISO = 30
ULTIMOS = 20
TOPE = 500


def administra(usuario: Any) -> bool:
    """¿Administra cuentas? Los cargos valen en cualquier área: los da quien administra toda la institución."""
    return lector_de(usuario).tiene_en_todo("administracion")


def _exigir(request: HttpRequest, persona: Usuario | None = None) -> None:
    """Quien administra ve a todas; las demás, su propia página."""
    if not administra(request.user) and not (persona is not None and persona == request.user):
        raise Http404


def _personas(texto: str) -> QuerySet[Usuario]:
    vigentes = Nombramiento.objects.vigentes().select_related("area").order_by("rol", "area__nombre")
    filas = Usuario.objects.prefetch_related(
        Prefetch("nombramientos", vigentes, to_attr="vigentes"),
        Prefetch("suplencias", Suplencia.objects.vigentes().select_related("ausente"), to_attr="suple"),
    )
    for palabra in texto.split()[:5]:
        filas = filas.filter(Q(username__icontains=palabra) | Q(first_name__icontains=palabra) | Q(last_name__icontains=palabra))
    return filas.order_by("-is_active", "first_name", "last_name", "username")


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las personas con lo que ejercen hoy, y lo que está por vencer."""
    _exigir(request)
    texto = request.GET.get("q", "").replace("\0", "").strip()[:100]
    contexto = {
        "personas": list(_personas(texto)[:TOPE]),
        "q": texto,
        "por_vencer": list(Nombramiento.objects.por_vencer(DIAS_DE_AVISO).select_related("usuario", "area")),
        "suplencias": list(Suplencia.objects.vigentes().select_related("ausente", "suplente").order_by("hasta")),
        "dias": DIAS_DE_AVISO,
    }
    return render(request, "oficina/cuentas/lista.html", contexto)


@never_cache
@require_http_methods(["GET", "POST"])
def nueva(request: Any) -> HttpResponse:
    """Dar de alta a una persona con su primer rol; al terminar muestra su enlace, una sola vez."""
    _exigir(request)
    form = PersonaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            persona, enlace = dar_de_alta(form.cuenta(), form.nuevo(), actor=request.user)
        except PermisoNegado as razon:
            form.add_error(None, str(razon))
        else:
            return _con_enlace(request, persona, enlace)
    return render(request, "oficina/cuentas/nueva.html", {"form": form}, status=422 if form.errors else 200)


def _con_enlace(request: HttpRequest, persona: Usuario, enlace: str) -> HttpResponse:
    contexto = {"persona": persona, "enlace": request.build_absolute_uri(enlace)}
    return render(request, "oficina/cuentas/enlace.html", contexto)


def _persona(pk: int) -> Usuario:
    return get_object_or_404(Usuario, pk=pk)


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Una persona: lo que ejerce, lo que ejerció, a quién suple y quién la suple."""
    persona = _persona(pk)
    _exigir(request, persona)
    return _pagina(request, persona, OtroNombramientoForm())


@require_GET
def propia(request: Any) -> HttpResponse:
    """La página de quien entra."""
    return redirect("oficina_persona", pk=request.user.pk)


def _rol_del(suceso: Any) -> str:
    rol = suceso.detalle.get("rol", "")
    return ROLES[rol].nombre if rol in ROLES else rol


def _pagina(request: Any, persona: Usuario, form: OtroNombramientoForm) -> HttpResponse:
    propios = persona.nombramientos.select_related("area")
    vigentes = {n.pk for n in propios.vigentes()}
    sucesos = sucesos_de(f"persona:{persona.pk}").exclude(clase__in=("persona.entro", "persona.salio")).order_by("-id")
    contexto = {
        "persona": persona,
        "nombramientos": [(n, n.pk in vigentes) for n in sorted(propios, key=lambda n: (n.pk not in vigentes, n.rol))],
        "suplencias": persona.suplencias_de.select_related("suplente").prefetch_related("nombramientos__area"),
        "suple": persona.suplencias.select_related("ausente").prefetch_related("nombramientos__area"),
        "form": form,
        "motivo": MotivoForm(),
        "administra": administra(request.user),
        "es_propia": persona == request.user,
        "sucesos": [(s, nombre_de_clase(s.clase), _rol_del(s)) for s in sucesos[:ULTIMOS]],
    }
    return render(request, "oficina/cuentas/persona.html", contexto, status=422 if form.errors else 200)


@require_POST
def dar_rol(request: Any, pk: int) -> HttpResponse:
    """Un nombramiento más."""
    _exigir(request)
    persona, form = _persona(pk), OtroNombramientoForm(request.POST)
    if form.is_valid():
        try:
            nombrar(persona, form.nuevo(), actor=request.user, motivo=form.cleaned_data["motivo"])
        except PermisoNegado as razon:
            form.add_error(None, str(razon))
        else:
            messages.success(request, f"{persona} ya ejerce ese rol. Vale desde su siguiente página.")
            return redirect("oficina_persona", pk=pk)
    return _pagina(request, persona, form)


def _decidir(request: Any, pk: int, servicio: Callable[..., Any], frase: str) -> HttpResponse:
    """Da un paso que pide motivo y vuelve a la persona con lo que pasó."""
    form = MotivoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Escriba el motivo.")
        return redirect("oficina_persona", pk=pk)
    try:
        servicio(actor=request.user, motivo=form.cleaned_data["motivo"])
    except PermisoNegado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, frase)
    return redirect("oficina_persona", pk=pk)


@require_POST
def quitar_rol(request: Any, pk: int, nombramiento: int) -> HttpResponse:
    """El rol termina ya."""
    _exigir(request)
    persona = _persona(pk)
    cual = get_object_or_404(persona.nombramientos, pk=nombramiento)
    return _decidir(request, pk, lambda **k: terminar_nombramiento(persona, cual, **k), "El rol terminó.")


@require_POST
def cambiar_cuenta(request: Any, pk: int, que: str) -> HttpResponse:
    """Suspender o reactivar la cuenta."""
    _exigir(request)
    persona = _persona(pk)
    servicio, frase = {
        "suspender": (suspender, "La cuenta quedó suspendida: ya no entra ni lee."),
        "reactivar": (reactivar, "La cuenta vuelve a entrar con los roles que sigan vigentes."),
    }[que]
    return _decidir(request, pk, lambda **k: servicio(persona, **k), frase)


@never_cache
@require_POST
def enlace(request: Any, pk: int) -> HttpResponse:
    """Un enlace de un solo uso para que ponga su contraseña."""
    _exigir(request)
    persona = _persona(pk)
    try:
        return _con_enlace(request, persona, dar_enlace(persona, actor=request.user))
    except PermisoNegado as razon:
        messages.error(request, str(razon))
        return redirect("oficina_persona", pk=pk)


@require_http_methods(["GET", "POST"])
def suplir(request: Any, pk: int) -> HttpResponse:
    """Anotar que una persona se ausenta y quién la suple. La anota ella o quien administra."""
    persona = _persona(pk)
    _exigir(request, persona)
    form = SuplenciaForm(request.POST or None, ausente=persona, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            hecha = registrar_suplencia(form.nueva(), actor=request.user)
        except PermisoNegado as razon:
            form.add_error(None, str(razon))
        else:
            messages.success(request, f"{hecha}.")
            return redirect("oficina_persona", pk=pk)
    contexto = {"form": form, "persona": persona}
    return render(request, "oficina/cuentas/suplir.html", contexto, status=422 if form.errors else 200)


@require_POST
def terminar(request: Any, pk: int, suplencia: int) -> HttpResponse:
    """La persona volvió."""
    persona = _persona(pk)
    _exigir(request, persona)
    cual = get_object_or_404(persona.suplencias_de.filter(terminada__isnull=True), pk=suplencia)
    return _decidir(request, pk, lambda **k: terminar_suplencia(cual, **k), "La suplencia terminó.")

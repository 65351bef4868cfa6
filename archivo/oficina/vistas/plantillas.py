"""Las plantillas de captura: hacer una de un documento, cambiarla, quitarla."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import NIVELES, abrir, tipo_de
from archivo.identidad.puerta import lector_de
from archivo.oficina.copias import DE_PLANTILLA, valores_de
from archivo.oficina.direcciones import direccion
from archivo.oficina.formularios.item import formulario_de
from archivo.oficina.formularios.plantilla import PlantillaForm
from archivo.oficina.models import PlantillaDeCaptura

LARGO_A_LA_VISTA = 120


def _captura(usuario: Any, tipo: str) -> bool:
    return policy_registry.get_by_type(tipo_de(tipo).modelo).user_has_permission(usuario, "add")


def _dicho(campo: Any, valor: Any) -> str:
    """Un valor de plantilla como lo leería una persona."""
    if isinstance(valor, list):
        return "; ".join(map(str, valor))
    opciones = getattr(campo, "queryset", None)
    if opciones is not None:
        return str(opciones.model._base_manager.filter(pk=valor).first() or valor)
    return str(dict(getattr(campo, "choices", ())).get(valor, valor))[:LARGO_A_LA_VISTA]


def opciones_de(tipo: str, valores: dict[str, Any]) -> list[tuple[str, str]]:
    """Cada valor con su rótulo: `campo` → «Medio: El Centinela». Los que el tipo ya no tiene se callan."""
    campos = formulario_de(tipo_de(tipo)).base_fields | _del_modelo(tipo)
    return [(n, f"{campos[n].label or n}: {_dicho(campos[n], v)}") for n, v in valores.items() if n in campos]


def _del_modelo(tipo: str) -> dict[str, Any]:
    modelo = tipo_de(tipo).modelo
    return {n: modelo._meta.get_field(n).formfield() for n in DE_PLANTILLA if n != "temas_escritos"}


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Las que esa persona puede usar, por tipo."""
    suyas = PlantillaDeCaptura.objects.para(request.user, lector_de(request.user))
    renglones = [
        {
            "plantilla": p,
            "tipo": tipo_de(p.tipo),
            "usar": f"{direccion(tipo_de(p.tipo).modelo, 'add')}?plantilla={p.pk}" if _captura(request.user, p.tipo) else "",
            "trae": [dicho for _, dicho in opciones_de(p.tipo, p.valores)],
        }
        for p in suyas
    ]
    return render(request, "oficina/plantillas.html", {"renglones": renglones})


def _formulario(request: HttpRequest, tipo: str, valores: dict[str, Any], **lo_demas: Any) -> PlantillaForm:
    opciones = opciones_de(tipo, valores)
    inicial = lo_demas.pop("inicial", {}) | {"quedan": [c for c, _ in opciones]}
    datos = request.POST if request.method == "POST" else None
    lector = lector_de(request.user)
    return PlantillaForm(datos, initial=inicial, lector=lector, usuario=request.user, opciones=opciones, tipo=tipo, **lo_demas)


@require_http_methods(["GET", "POST"])
def nueva(request: HttpRequest, clave: str) -> HttpResponse:
    """Una plantilla con lo que se repite de un documento."""
    item = abrir(clave, lector_de(request.user))
    if item is None or not _captura(request.user, item.tipo) or NIVELES[item.acceso_efectivo].se_audita:
        raise Http404
    valores = valores_de(item, DE_PLANTILLA, ficha_entera=True)
    form = _formulario(request, item.tipo, valores)
    if request.method == "POST" and form.is_valid():
        quedan = form.cleaned_data["quedan"]
        PlantillaDeCaptura.objects.create(
            tipo=item.tipo,
            nombre=form.cleaned_data["nombre"],
            usuario=request.user,
            area=form.cleaned_data["area"],
            valores={c: v for c, v in valores.items() if c in quedan},
        )
        messages.success(request, "La plantilla está lista: aparece al escribir otro de este tipo.")
        return redirect("oficina_plantillas")
    return render(request, "oficina/plantilla.html", {"form": form, "titulo": f"Plantilla de «{item.titulo}»"})


def _suya(request: HttpRequest, pk: int) -> PlantillaDeCaptura:
    plantilla = get_object_or_404(PlantillaDeCaptura.objects.para(request.user, lector_de(request.user)), pk=pk)
    if not _captura(request.user, plantilla.tipo):
        raise Http404
    return plantilla


@require_http_methods(["GET", "POST"])
def cambiar(request: HttpRequest, pk: int) -> HttpResponse:
    """Su nombre, quién la usa y qué trae."""
    plantilla = _suya(request, pk)
    inicial = {"nombre": plantilla.nombre, "area": plantilla.area_id}
    form = _formulario(request, plantilla.tipo, plantilla.valores, pk=plantilla.pk, inicial=inicial)
    if request.method == "POST" and form.is_valid():
        quedan = form.cleaned_data["quedan"]
        plantilla.nombre, plantilla.area = form.cleaned_data["nombre"], form.cleaned_data["area"]
        plantilla.valores = {c: v for c, v in plantilla.valores.items() if c in quedan}
        plantilla.save()
        messages.success(request, "La plantilla se cambió.")
        return redirect("oficina_plantillas")
    return render(request, "oficina/plantilla.html", {"form": form, "titulo": f"Plantilla «{plantilla.nombre}»"})


@require_POST
def quitar(request: HttpRequest, pk: int) -> HttpResponse:
    """La borra: los documentos que empezaron con ella no cambian."""
    _suya(request, pk).delete()
    messages.success(request, "La plantilla se quitó. Los documentos que empezaron con ella siguen igual.")
    return redirect("oficina_plantillas")

"""Ingresar archivos y ver cómo les fue."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import CambioRechazado, Edicion, Item, guardar, puede_ver_ficha, tipo_de, todos_los_tipos
from archivo.identidad.puerta import lector_de
from archivo.ingesta.puerta import Ingreso, Pedido, abrir_cuarentena, descartar, procesar_ingreso, recibir, reintentar
from archivo.oficina.direcciones import direccion
from archivo.oficina.formularios.ingreso import IngresoForm, PropuestasForm
from archivo.oficina.guardado import REVISADOS
from archivo.oficina.permisos import puede_cambiar
from archivo.tareas.puerta import encargar

POR_PAGINA = 50
SEGUNDOS_ENTRE_RECARGAS = 3
HECHO = {
    "reintentar": "Se está revisando de nuevo. Puede seguir en lo suyo: el resultado aparece aquí.",
    "descartar": "Se descartó; queda su razón en la bitácora.",
}


def tipos_que_ingresa(usuario: Any) -> list[str]:
    """Los tipos que esa persona puede crear."""
    return [t.codigo for t in todos_los_tipos() if policy_registry.get_by_type(t.modelo).user_has_permission(usuario, "add")]


def ingresos_de(usuario: Any) -> QuerySet[Ingreso]:
    """Los suyos; quien es titular o de archivo de trámite ve también los de sus áreas."""
    condicion = Q(actor=usuario)
    for rol in lector_de(usuario).roles:
        if rol.rol in {"titular", "archivo_tramite"}:
            condicion |= Q(area_id=rol.area_id) if rol.area_id is not None else Q()
            if rol.area_id is None:
                condicion = Q(pk__isnull=False)
                break
    return Ingreso.objects.filter(condicion).select_related("item", "actor", "destino").order_by("-id")


def como_dict(ingreso: Ingreso, usuario: Any) -> dict[str, Any]:
    """Un ingreso para el guión de la página."""
    return {
        "id": ingreso.pk,
        "nombre": ingreso.nombre,
        "estado": ingreso.estado,
        "estado_nombre": ingreso.get_estado_display(),
        "motivo": ingreso.motivo,
        "terminado": ingreso.terminado,
        "url": reverse("oficina_ingreso", args=[ingreso.pk]),
        "elemento": enlace_a(ingreso.item, usuario),
    }


def enlace_a(item: Item | None, usuario: Any) -> str:
    """La captura o la consulta del elemento, si lo puede ver; si no, nada."""
    lector = lector_de(usuario)
    if item is None or not puede_ver_ficha(lector, item):
        return ""
    modelo = tipo_de(item.tipo).modelo
    politica = policy_registry.get_by_type(modelo)
    if not politica.user_has_permission(usuario, "view"):
        return item.get_absolute_url()
    edita = politica.user_has_permission(usuario, "change") and puede_cambiar(lector, item)
    return direccion(modelo, "edit" if edita else "inspect", item.pk)


@require_http_methods(["GET", "POST"])
def ingresar(request: HttpRequest) -> HttpResponse:
    """El formulario; el envío recibe cada archivo y encarga su proceso. Con `Accept: application/json` contesta al guión."""
    tipos = tipos_que_ingresa(request.user)
    if not tipos:
        raise Http404
    opciones: dict[str, Any] = {"lector": lector_de(request.user), "tipos": tipos}
    if request.method == "GET":
        form = IngresoForm(initial={"destino": request.GET.get("destino", "")}, **opciones)
        return render(request, "oficina/ingresar.html", {"form": form, "destino": form.item})
    form = IngresoForm(request.POST, request.FILES, **opciones)
    if not form.is_valid():
        return _con_errores(request, form)
    try:
        ingresos = [_ingresar_uno(a, form, request.user) for a in form.cleaned_data["archivos"]]
    except CambioRechazado as razon:
        form.add_error(None, str(razon))
        return _con_errores(request, form)
    if _quiere_json(request):
        return JsonResponse({"ingresos": [como_dict(i, request.user) for i in ingresos]})
    messages.success(request, f"Se recibieron {len(ingresos)} archivos." if len(ingresos) > 1 else "Se recibió el archivo.")
    return redirect("oficina_ingresos")


def _quiere_json(request: HttpRequest) -> bool:
    return not request.accepts("text/html")


def _con_errores(request: HttpRequest, form: IngresoForm) -> HttpResponse:
    if _quiere_json(request):
        frases = [str(e) for errores in form.errors.values() for e in errores]
        return JsonResponse({"errores": frases}, status=400)
    return render(request, "oficina/ingresar.html", {"form": form, "destino": form.item}, status=422)


def _ingresar_uno(archivo: Any, form: IngresoForm, usuario: Any) -> Ingreso:
    limpio = form.cleaned_data
    item = form.item
    pedido = Pedido(
        actor=usuario,
        tipo=item.tipo if item else limpio["tipo"],
        acceso=item.acceso if item else limpio["acceso"],
        destino=item,
        rol=(limpio.get("rol") or "fotografia") if item else "original",
        area=item.area if item else limpio.get("area"),
    )
    ingreso = recibir(archivo, archivo.name, pedido)
    if not ingreso.terminado:
        encargar(procesar_ingreso, ingreso.pk, descripcion=f"Ingresar «{ingreso.nombre}»", actor=usuario)
    return ingreso


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los ingresos, lo último primero; `?estado=` deja los de un estado."""
    filas = ingresos_de(request.user)
    estado = request.GET.get("estado", "")
    if estado in Ingreso.Estado.values:
        filas = filas.filter(estado=estado)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    renglones = [(i, enlace_a(i.item, request.user)) for i in pagina]
    recarga = SEGUNDOS_ENTRE_RECARGAS if any(not i.terminado for i in pagina) else None
    contexto = {"pagina": pagina, "renglones": renglones, "estados": Ingreso.Estado.choices, "estado": estado, "recarga": recarga}
    return render(request, "oficina/ingresos.html", contexto | {"ingresa": bool(tipos_que_ingresa(request.user))})


def _ingreso(request: HttpRequest, pk: int) -> Ingreso:
    return get_object_or_404(ingresos_de(request.user), pk=pk)


@require_GET
def estado(request: HttpRequest, pk: int) -> JsonResponse:
    """Cómo va uno, para el guión."""
    return JsonResponse(como_dict(_ingreso(request, pk), request.user))


@require_http_methods(["GET", "POST"])
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Un ingreso: su veredicto, y lo que se propone de él para aceptarlo o corregirlo."""
    ingreso = _ingreso(request, pk)
    form = _propuestas(request, ingreso)
    if request.method == "POST" and form is not None and form.is_valid():
        _aceptar(ingreso, form, request.user)
        messages.success(request, "Se aceptaron el título, la fecha y el número.")
        return redirect(enlace_a(ingreso.item, request.user))
    contexto = {
        "ingreso": ingreso,
        "form": form,
        "elemento": enlace_a(ingreso.item, request.user),
        "recarga": None if ingreso.terminado else SEGUNDOS_ENTRE_RECARGAS,
    }
    return render(request, "oficina/ingreso.html", contexto)


def _propuestas(request: HttpRequest, ingreso: Ingreso) -> PropuestasForm | None:
    item = ingreso.item
    aplica = ingreso.estado == Ingreso.Estado.ACEPTADO and not ingreso.destino_id
    if item is None or not aplica or not puede_cambiar(lector_de(request.user), item) or not item.clase_de_estado.se_edita:
        return None
    if not REVISADOS & set(item.pendientes):
        return None
    inicial = {"titulo": item.titulo, "fecha": item.fecha_parcial, "numero": item.numero_texto}
    return PropuestasForm(request.POST if request.method == "POST" else None, initial=inicial)


def _aceptar(ingreso: Ingreso, form: PropuestasForm, usuario: Any) -> None:
    item = tipo_de(ingreso.item.tipo).modelo._default_manager.get(pk=ingreso.item.pk)
    item.titulo, item.numero_texto = form.cleaned_data["titulo"], form.cleaned_data["numero"]
    item.fecha_parcial = form.cleaned_data["fecha"]
    item.pendientes = [p for p in item.pendientes if p not in REVISADOS]
    guardar(item, Edicion(actor=usuario, motivo="Propuestas del archivo, revisadas"))


@require_POST
def decidir(request: Any, pk: int, que: str) -> HttpResponse:
    """Volver a revisar (como un trabajo más) o descartar lo que está en cuarentena."""
    ingreso = _ingreso(request, pk)
    try:
        if que == "reintentar":
            _volver_a_revisar(ingreso, request.user)
        else:
            descartar(ingreso, request.user, request.POST.get("motivo", ""))
    except CambioRechazado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, HECHO[que])
    return redirect("oficina_ingreso", pk=pk)


@transaction.atomic
def _volver_a_revisar(ingreso: Ingreso, usuario: Any) -> None:
    reintentar(ingreso, usuario)
    encargar(procesar_ingreso, ingreso.pk, descripcion=f"Revisar de nuevo «{ingreso.nombre}»", actor=usuario)


@require_GET
def descargar(request: Any, pk: int) -> FileResponse:
    """Los bytes de lo que está en cuarentena, siempre como descarga."""
    ingreso = _ingreso(request, pk)
    if ingreso.estado != Ingreso.Estado.CUARENTENA:
        raise Http404
    return FileResponse(
        abrir_cuarentena(ingreso, request.user),
        as_attachment=True,
        filename=ingreso.nombre,
        content_type="application/octet-stream",
    )

"""Sesiones fotográficas: la lista, abrir una y subir sus fotografías."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import (
    TOPE_DE_FOTOS,
    CambioRechazado,
    Edicion,
    Item,
    RelacionNueva,
    abrir,
    dejar_constancia_de_lectura,
    es_sesion_fotografica,
    guardar,
    recuentos_de_fotos,
    relacionar,
    tipo_de,
)
from archivo.identidad.puerta import lector_de
from archivo.ingesta.puerta import Ingreso, Pedido, procesar_ingreso, recibir, reintentar
from archivo.oficina.envios import CAMPO, EnvioRepetido, OtroConLaMismaFicha, apartar, concluir, ficha_nueva
from archivo.oficina.formularios.sesion import FotosForm, SesionForm
from archivo.oficina.guardado import anotar_rechazo
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.vistas.ingresos import como_dict, enlace_a
from archivo.tareas.puerta import encargar

POR_PAGINA = 30
SEGUNDOS_ENTRE_RECARGAS = 5
LARGO_DE_LLAVE = 18
_CONGELADOS = {"archivado", "cancelado"}
NO_ENTRARON = (Ingreso.Estado.CUARENTENA, Ingreso.Estado.RECHAZADO)


def _puede(usuario: Any, accion: str) -> bool:
    return policy_registry.get_by_type(tipo_de("audiovisual").modelo).user_has_permission(usuario, accion)


def tiene_sesiones(usuario: Any) -> bool:
    """¿Captura o describe audiovisuales? Sólo así ve las sesiones."""
    return _puede(usuario, "change")


def elemento_de(request: Any, clave: str, superficie: str) -> Item:
    """El elemento, si quien pregunta lo puede corregir; si no, 404. Su lectura queda anotada."""
    lector = lector_de(request.user)
    item = abrir(clave, lector)
    if item is None or not puede_cambiar(lector, item):
        raise Http404
    dejar_constancia_de_lectura(item, request.user, f"oficina: {superficie}", request.META.get("REMOTE_ADDR"))
    return item


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los álbumes que esa persona puede ver, lo último primero, con sus tres cuentas."""
    if not tiene_sesiones(request.user):
        raise Http404
    lector = lector_de(request.user)
    albumes = Item.objects.visibles_para(lector).filter(tipo="audiovisual", ficha__clase="album_fotografico")
    pagina = Paginator(albumes.select_related("area").order_by("-id"), POR_PAGINA).get_page(request.GET.get("p"))
    cuentas = recuentos_de_fotos([i.pk for i in pagina])
    renglones = [(i, cuentas[i.pk], puede_cambiar(lector, i)) for i in pagina]
    contexto = {"pagina": pagina, "renglones": renglones, "crea": _puede(request.user, "add")}
    return render(request, "oficina/sesion/lista.html", contexto)


@require_http_methods(["GET", "POST"])
def nueva(request: Any) -> HttpResponse:
    """Abrir una sesión: nace el álbum en borrador y se sigue con subir las fotografías. Repetir el envío no crea otra."""
    if not _puede(request.user, "add"):
        raise Http404
    datos = request.POST if request.method == "POST" else None
    form = SesionForm(datos, lector=lector_de(request.user), initial={"evento": request.GET.get("evento", "")})
    envio = request.POST.get(CAMPO) or ficha_nueva()
    if form.is_bound and form.is_valid():
        try:
            return redirect("oficina_sesion_subir", clave=_crear(form, request).clave)
        except EnvioRepetido as repetido:
            messages.info(request, f"Ya estaba guardada: «{repetido.item.titulo}». No se creó otra.")
            return redirect("oficina_sesion_subir", clave=repetido.item.clave)
        except CambioRechazado as razon:
            anotar_rechazo(tipo_de("audiovisual").modelo(), request.user, razon)
            form.add_error(None, str(razon))
            envio = ficha_nueva() if isinstance(razon, OtroConLaMismaFicha) else envio
    contexto = {"form": form, "campo_de_envio": CAMPO, "envio": envio}
    return render(request, "oficina/sesion/nueva.html", contexto, status=422 if form.is_bound else 200)


@transaction.atomic
def _crear(form: SesionForm, request: Any) -> Item:
    envio = apartar(request.POST, request.user)
    limpio = form.cleaned_data
    ficha = {"clase": "album_fotografico", "autor_captura": limpio["autor_captura"], "credito": limpio["credito"]}
    item = tipo_de("audiovisual").modelo(
        titulo=limpio["titulo"], lugar=limpio["lugar"], area=limpio["area"], ficha={c: v for c, v in ficha.items() if v}
    )
    item.fecha_parcial = limpio["fecha"]
    guardar(item, Edicion(actor=request.user, motivo="Sesión fotográfica"))
    if limpio["evento"]:
        relacionar(item, RelacionNueva(limpio["evento"], "producido_en"), request.user)
    concluir(envio, item)
    return item


def _album(request: HttpRequest, clave: str) -> Item:
    item = elemento_de(request, clave, "subir fotografías")
    if not es_sesion_fotografica(item) or item.estado in _CONGELADOS:
        raise Http404
    return item


@require_http_methods(["GET", "POST"])
def subir(request: HttpRequest, clave: str) -> HttpResponse:
    """Subir las fotografías de una sesión: con guión, una por una y con su avance; sin él, todas en un envío."""
    item = _album(request, clave)
    form = FotosForm(request.POST, request.FILES) if request.method == "POST" else FotosForm()
    if form.is_bound and form.is_valid() and _caben(form, item):
        ingresos = [_ingresar(archivo, item, request.user) for archivo in form.cleaned_data["archivos"]]
        if not request.accepts("text/html"):
            return JsonResponse({"ingresos": [como_dict(i, request.user) for i in ingresos]})
        messages.success(request, f"Se recibieron {len(ingresos)} archivos. Se revisan y aparecen en la mesa de luz.")
        return redirect("oficina_sesion_subir", clave=clave)
    if form.is_bound and not request.accepts("text/html"):
        return JsonResponse({"errores": [str(e) for errores in form.errors.values() for e in errores]}, status=400)
    contexto = {"item": item, "form": form, "avance": avance_de(item), "enlace": enlace_a(item, request.user)}
    contexto["recarga"] = SEGUNDOS_ENTRE_RECARGAS if contexto["avance"]["en_proceso"] else None
    return render(request, "oficina/sesion/subir.html", contexto, status=422 if form.is_bound else 200)


def _caben(form: FotosForm, item: Item) -> bool:
    if item.adjuntos.count() + len(form.cleaned_data["archivos"]) <= TOPE_DE_FOTOS:
        return True
    form.add_error("archivos", f"Un álbum lleva hasta {TOPE_DE_FOTOS:,} archivos. Abra otra sesión para las demás.")
    return False


@transaction.atomic
def _ingresar(archivo: Any, item: Item, usuario: Any) -> Ingreso:
    pedido = Pedido(actor=usuario, tipo=item.tipo, acceso="interno", destino=item, rol="fotografia", area=item.area)
    ingreso = recibir(archivo, archivo.name, pedido)
    if not ingreso.terminado:
        encargar(procesar_ingreso, ingreso.pk, descripcion=f"Ingresar «{ingreso.nombre}»", actor=usuario)
    return ingreso


def _ingresos(item: Item) -> Any:
    return Ingreso.objects.filter(destino=item, rol="fotografia").order_by("pk")


def avance_de(item: Item) -> dict[str, Any]:
    """Cuántas hay, cuántas se están revisando y cuáles no entraron (sin las que después sí)."""
    filas = list(_ingresos(item).defer("avisos", "propuestas"))
    entraron = {i.nombre: i.pk for i in filas if i.estado in {Ingreso.Estado.ACEPTADO, Ingreso.Estado.DUPLICADO}}
    fuera = {i.nombre: i for i in filas if i.estado in NO_ENTRARON and entraron.get(i.nombre, 0) < i.pk}
    return {
        "total": item.adjuntos.count(),
        "en_proceso": sum(not i.terminado for i in filas),
        "no_entraron": list(fuera.values()),
        "se_reintentan": sum(i.estado == Ingreso.Estado.CUARENTENA for i in fuera.values()),
    }


@require_GET
def avance(request: Any, clave: str) -> JsonResponse:
    """`?desde=<ingreso>`: cómo van los de este envío, y las huellas de lo que ya está, para no volver a subirlo."""
    item = _album(request, clave)
    desde = request.GET.get("desde", "")
    legible = desde.isdecimal() and len(desde) <= LARGO_DE_LLAVE
    filas = _ingresos(item).filter(actor=request.user, pk__gte=int(desde)) if legible else Ingreso.objects.none()
    dichos = [
        {"id": i.pk, "estado": i.estado, "estado_nombre": i.get_estado_display(), "motivo": i.motivo, "terminado": i.terminado}
        for i in filas
    ]
    propias = () if desde else item.adjuntos.filter(rol="fotografia").values_list("objeto__sha256", flat=True)
    return JsonResponse({"ingresos": dichos, "conocidas": list(propias)}, headers={"Cache-Control": "private, no-store"})


@require_POST
def reintentar_las_detenidas(request: Any, clave: str) -> HttpResponse:
    """Vuelve a revisar todo lo de esta sesión que quedó en cuarentena."""
    item = _album(request, clave)
    detenidas = list(_ingresos(item).filter(estado=Ingreso.Estado.CUARENTENA))
    for ingreso in detenidas:
        _volver_a_revisar(ingreso, request.user)
    messages.success(request, f"Se están revisando de nuevo: {len(detenidas)}.")
    return redirect("oficina_sesion_subir", clave=clave)


@transaction.atomic
def _volver_a_revisar(ingreso: Ingreso, usuario: Any) -> None:
    reintentar(ingreso, usuario)
    encargar(procesar_ingreso, ingreso.pk, descripcion=f"Revisar de nuevo «{ingreso.nombre}»", actor=usuario)

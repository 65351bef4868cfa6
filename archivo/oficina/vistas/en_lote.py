"""Cambiar muchos elementos a la vez: elegir qué, ver qué pasaría, aplicarlo como un trabajo y poder deshacerlo."""

import logging
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from archivo.catalogo.puerta import (
    TOPE_DE_LOTE,
    CambioEnLote,
    CambioRechazado,
    Item,
    TipoDeItem,
    aplicar_en_lote,
    campos_de_lote,
    dejar_constancia_de_lista,
    deshacer_en_lote,
    preparar_cambio,
    puede_ver_ficha,
    recuento_de_lote,
    tipo_de,
)
from archivo.identidad.puerta import lector_de
from archivo.indexacion.puerta import anotar_falla
from archivo.oficina.formularios.en_lote import CambioEnLoteForm, CampoForm
from archivo.oficina.listado import filas_de, filas_de_la_lista
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.vistas.comunes import sin_buscador
from archivo.oficina.vistas.ingresos import enlace_a
from archivo.tareas.puerta import Trabajo, encargar
from search import SearchError

registro = logging.getLogger(__name__)
SIN_LISTA = "No se preparó nada: sin el buscador no se sabe cuáles son todos los de esa lista. Márquelos uno por uno o vuelva en un minuto."
POR_PAGINA = 50
LARGO_DE_LLAVE = 19
_Estado = CambioEnLote.Estado


def _tipo(request: HttpRequest, codigo: str) -> TipoDeItem:
    """El tipo, si esa persona puede corregir alguno; si no, 404."""
    try:
        tipo = tipo_de(codigo)
    except KeyError as nada:
        raise Http404 from nada
    if not policy_registry.get_by_type(tipo.modelo).user_has_permission(request.user, "change"):
        raise Http404
    return tipo


def _elegidos(request: HttpRequest, tipo: TipoDeItem) -> list[int]:
    """Los marcados en la lista (`ids=`), o todos los de la lista con sus filtros; siempre, sólo los visibles.

    `marcados` en la dirección dice que se vino de las casillas: sin ninguna marcada no es ninguno.

    Raises:
        SearchError: la lista la dice el motor y no responde.
    """
    marcados = [int(i) for i in request.GET.getlist("ids") if i.isascii() and i.isdigit() and len(i) < LARGO_DE_LLAVE]
    if marcados or "marcados" in request.GET:
        filas = filas_de(tipo.modelo, lector_de(request.user)).filter(pk__in=marcados)
    else:
        filas = filas_de_la_lista(tipo.modelo, request, request.GET)
    return list(filas.order_by("-id").values_list("pk", flat=True)[: TOPE_DE_LOTE + 1])


@require_http_methods(["GET", "POST"])
def elegir(request: HttpRequest, codigo: str) -> HttpResponse:
    """Qué campo, qué se le hace y con qué valor. Al enviarlo se prepara la vista previa; nada cambia todavía."""
    tipo = _tipo(request, codigo)
    try:
        ids = _elegidos(request, tipo)
    except SearchError as error:
        anotar_falla(registro, "No se prepara el cambio en lote: el índice no responde", error)
        return sin_buscador(request, SIN_LISTA)
    campo = campos_de_lote(codigo).get(request.GET.get("campo", ""))
    form = CambioEnLoteForm(request.POST or None, tipo=codigo, campo=campo) if campo else None
    if request.method == "POST" and form is not None and form.is_valid():
        lector = lector_de(request.user)
        pedido = CambioEnLote(tipo=codigo, cambios=[form.cambio()], motivo=form.cleaned_data["motivo"], actor=request.user)
        try:
            preparar_cambio(pedido, ids, lambda item: puede_cambiar(lector, item))
        except CambioRechazado as razon:
            form.add_error(None, str(razon))
        else:
            return redirect("oficina_lote", pk=pedido.pk)
    resto = [(n, v) for n, valores in request.GET.lists() if n != "campo" for v in valores]
    contexto = {
        "tipo": tipo,
        "form": form,
        "campo_form": CampoForm(initial={"campo": campo.clave if campo else ""}, tipo=codigo),
        "cuantos": len(ids),
        "tope": TOPE_DE_LOTE,
        "resto": resto,
    }
    return render(request, "oficina/lote/elegir.html", contexto, status=422 if form is not None and form.errors else 200)


def _cambio(request: HttpRequest, pk: int) -> CambioEnLote:
    """El cambio que preparó esa persona (o cualquiera, para quien audita)."""
    suyos = CambioEnLote.objects.all()
    if not lector_de(request.user).tiene("auditoria"):
        suyos = suyos.filter(actor_id=request.user.pk)
    return get_object_or_404(suyos, pk=pk)


def _rotulado(tipo: str, valores: dict[str, Any]) -> list[tuple[str, str]]:
    nombres = campos_de_lote(tipo)
    return [(nombres[c].nombre if c in nombres else c, _en_palabras(c, v)) for c, v in valores.items()]


def _en_palabras(campo: str, valor: Any) -> str:
    if valor in (None, "", []):
        return "—"
    if isinstance(valor, list):
        return "; ".join(str(v) for v in valor)
    if campo.endswith("_id"):
        modelo = Item._meta.get_field(campo.removesuffix("_id")).related_model
        return str(modelo._default_manager.filter(pk=valor).first() or valor)
    return str(valor)


@require_GET
def ver(request: Any, pk: int) -> HttpResponse:
    """La vista previa, el avance o el resultado: cuántos en cada estado y, renglón por renglón, antes y después."""
    cambio = _cambio(request, pk)
    lector = lector_de(request.user)
    renglones = cambio.renglones.select_related("item", "item__area")
    pagina = Paginator(renglones, POR_PAGINA).get_page(request.GET.get("p"))
    filas = [
        {
            "renglon": r,
            "enlace": enlace_a(r.item, request.user),
            "antes": _rotulado(cambio.tipo, r.antes),
            "despues": _rotulado(cambio.tipo, r.despues),
        }
        for r in pagina
        if puede_ver_ficha(lector, r.item)
    ]
    a_la_vista = [fila["renglon"].item for fila in filas]
    dejar_constancia_de_lista(a_la_vista, request.user, "oficina: cambio en lote", request.META.get("REMOTE_ADDR"))
    contexto = {
        "cambio": cambio,
        "tipo": tipo_de(cambio.tipo),
        "filas": filas,
        "pagina": pagina,
        "recuento": recuento_de_lote(cambio),
        "trabajo": Trabajo.objects.filter(objeto=f"lote:{cambio.pk}").order_by("-pk").first(),
        "es_suyo": cambio.actor_id == request.user.pk,
    }
    return render(request, "oficina/lote/ver.html", contexto)


@require_POST
def hacer(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Aplicar lo que se vio, o deshacer lo aplicado: se encarga como un trabajo."""
    cambio = get_object_or_404(CambioEnLote, pk=pk, actor_id=request.user.pk)
    admite = {"aplicar": {_Estado.PREPARADO, _Estado.APLICANDO}, "deshacer": {_Estado.APLICADO, _Estado.DESHACIENDO}}[que]
    if cambio.estado not in admite:
        messages.error(request, f"No se puede: el cambio está {cambio.get_estado_display()}.")
        return redirect("oficina_lote", pk=pk)
    tarea, nombre = {
        "aplicar": (aplicar_en_lote, f"Aplicar el cambio en lote {pk}"),
        "deshacer": (deshacer_en_lote, f"Deshacer el cambio en lote {pk}"),
    }[que]
    encargar(tarea, cambio.pk, descripcion=nombre, actor=request.user, objeto=f"lote:{cambio.pk}")
    messages.success(request, "Se está haciendo, y sigue aunque cierre la página. Vuelva a cargarla para ver en qué va.")
    return redirect("oficina_lote", pk=pk)

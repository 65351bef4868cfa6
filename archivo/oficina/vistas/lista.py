"""La lista de un tipo: sus filas, sus columnas, sus filtros y las vistas que cada persona guarda."""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import IndexView

from archivo.catalogo.puerta import Item, TipoDeItem, TipoDesconocido, dejar_constancia_de_lista, tipo_de
from archivo.identidad.puerta import lector_de
from archivo.indexacion.puerta import anotar_falla
from archivo.oficina.columnas import MAXIMO, columnas_de, elegidas, elegir
from archivo.oficina.direcciones import direccion
from archivo.oficina.listado import Busqueda, buscar, filas_de, filtros_de, tramo_de
from archivo.oficina.models import VistaGuardada
from archivo.oficina.pedidos import campos_de_filtro
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.tramos import valores_de_campo
from archivo.oficina.vistas.comunes import DelTipo
from search import SearchError

DE_PAGINA = ("despues", "antes", "desde", "p", "_w_filter_fragment")
LARGO_DE_CONSULTA = 4_000
registro = logging.getLogger(__name__)


class MarcaColumn(Column):
    """Una casilla por fila, para cambiar juntas las marcadas. Es del formulario `of-marcados`: no necesita guion."""

    def __init__(self) -> None:
        super().__init__("marca", label=format_html('<span class="w-sr-only">{}</span>', "Marcar"), accessor="pk", width="2.5rem")

    def get_value(self, instance: Item) -> Any:
        """La casilla, con el título de su fila para quien no la ve."""
        casilla = '<input type="checkbox" form="of-marcados" name="ids" value="{}" aria-label="Marcar «{}»">'
        return format_html(casilla, instance.pk, instance.titulo[:80])


class ListaView(DelTipo, IndexView):
    """Los elementos de un tipo que esa persona puede ver, lo último primero, con filtros y búsqueda."""

    is_searchable = True
    paginate_by = None
    table_classname = "listing of-lista"

    @cached_property
    def filterset_class(self) -> Any:
        """Los filtros del tipo."""
        return filtros_de(self.model)

    @cached_property
    def tipo(self) -> TipoDeItem:
        """El tipo de la lista."""
        return tipo_de(self.model.codigo_de_tipo)

    @cached_property
    def add_item_label(self) -> str:
        """El botón de arriba."""
        return f"Escribir {self.model._meta.verbose_name}"

    @cached_property
    def elegidas(self) -> list[Any]:
        """Las columnas que esa persona eligió."""
        return elegidas(self.request.user, self.tipo)

    @cached_property
    def columns(self) -> list[Column]:
        """La primera elegida, el título y las demás."""
        columnas = [Column(c.clave, label=c.rotulo, accessor=c.valor) for c in self.elegidas]
        titulo = TitleColumn("titulo", label="Título", accessor="titulo", get_url=self._direccion, width="40%")
        marca = [MarcaColumn()] if self.user_has_permission("change") else []
        return [*marca, *columnas[:1], titulo, *columnas[1:]]

    @cached_property
    def _lista(self) -> str:
        parametros = self.request.GET.copy()
        for sobra in DE_PAGINA:
            parametros.pop(sobra, None)
        return parametros.urlencode()

    @cached_property
    def _lector(self) -> Any:
        return lector_de(self.request.user)

    def _direccion(self, item: Item) -> str:
        edita = self.user_has_permission("change") and puede_cambiar(self._lector, item)
        adonde = reverse(self.edit_url_name if edita else self.inspect_url_name, args=[item.pk])
        return f"{adonde}?{urlencode({'lista': self._lista})}" if self._lista else adonde

    def get_base_queryset(self) -> QuerySet[Item]:
        """Las filas visibles, con sólo las columnas de la lista."""
        return filas_de(self.model, self._lector, tuple(c for columna in self.elegidas for c in columna.ademas))

    def get_paginate_by(self, queryset: QuerySet[Item]) -> None:
        """Sin paginador: lo hace el tramo."""
        return

    def order_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """El orden lo pone el tramo."""
        return queryset

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Los filtros no consultan la base."""
        return super().get_filterset_kwargs() | {"queryset": self.model._default_manager.none()}

    def filter_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """Los filtros los aplica `buscar`: la base o el motor."""
        return queryset

    def search_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """Las palabras también."""
        return queryset

    def buscar(self) -> Busqueda:
        """Qué contesta a lo pedido."""
        return buscar(self.object_list, self.filters, self.search_query or "", self._lector)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Con el tramo de filas en vez de un paginador que cuente todo."""
        tramo = tramo_de(self.buscar(), self.object_list, self.request.GET, self._lector)
        quien: Any = self.request.user
        dejar_constancia_de_lista(tramo.object_list, quien, "oficina: lista", self.request.META.get("REMOTE_ADDR"))
        contexto = super().get_context_data(*args, object_list=tramo.object_list, **kwargs)
        return contexto | {
            "tramo": tramo,
            "se_marca": self.user_has_permission("change"),
            "busca": self.is_searching or self.is_filtering,
            "codigo": self.tipo.codigo,
            "consulta": self._lista,
            "columnas_posibles": columnas_de(self.tipo).values(),
            "columnas_elegidas": {c.clave for c in self.elegidas},
            "maximo": MAXIMO,
            "vistas": VistaGuardada.objects.filter(usuario=self.request.user, tipo=self.tipo.codigo),
            "campos_de_filtro": list(campos_de_filtro(self.tipo)),
            "valores_url": reverse("oficina_valores", args=[self.tipo.codigo]),
        }


def _tipo_visible(request: HttpRequest, codigo: str) -> TipoDeItem:
    try:
        tipo = tipo_de(codigo)
    except TipoDesconocido as error:
        raise Http404 from error
    if not policy_registry.get_by_type(tipo.modelo).user_has_permission(request.user, "view"):
        raise Http404
    return tipo


@require_GET
def valores(request: HttpRequest, codigo: str) -> JsonResponse:
    """Los valores de un campo en lo que esa persona ve, para ofrecerlos al filtrar."""
    tipo, campo = _tipo_visible(request, codigo), request.GET.get("campo", "")
    if campo not in campos_de_filtro(tipo):
        raise Http404
    try:
        hallados = valores_de_campo(campo, tipo.codigo, request.GET.get("q", "")[:100], lector_de(request.user))
    except SearchError as error:
        anotar_falla(registro, "No se ofrecen valores al filtrar: el índice no responde", error)
        return JsonResponse({"valores": []}, status=503, headers={"Retry-After": "60", "Cache-Control": "private, no-store"})
    return JsonResponse({"valores": hallados})


def _a_la_lista(tipo: TipoDeItem, consulta: str) -> HttpResponse:
    limpia = QueryDict(consulta[:LARGO_DE_CONSULTA]).urlencode()
    base = direccion(tipo.modelo, "list")
    return redirect(f"{base}?{limpia}" if limpia else base)


@require_POST
def columnas(request: HttpRequest, codigo: str) -> HttpResponse:
    """Recuerda las columnas que esa persona quiere para ese tipo."""
    tipo = _tipo_visible(request, codigo)
    elegir(request.user, tipo, request.POST.getlist("columnas"))
    return _a_la_lista(tipo, request.POST.get("consulta", ""))


@require_POST
def guardar_vista(request: HttpRequest, codigo: str) -> HttpResponse:
    """Guarda los filtros de ahora con un nombre; el mismo nombre los cambia."""
    tipo, nombre = _tipo_visible(request, codigo), request.POST.get("nombre", "").strip()[:120]
    consulta = QueryDict(request.POST.get("consulta", "")[:LARGO_DE_CONSULTA]).urlencode()
    if nombre:
        VistaGuardada.objects.update_or_create(
            usuario=request.user, tipo=tipo.codigo, nombre=nombre, defaults={"consulta": consulta}
        )
        messages.success(request, f"La vista «{nombre}» quedó guardada.")
    else:
        messages.error(request, "Póngale un nombre a la vista.")
    return _a_la_lista(tipo, consulta)


@require_POST
def quitar_vista(request: HttpRequest, codigo: str, pk: int) -> HttpResponse:
    """Olvida una vista."""
    tipo = _tipo_visible(request, codigo)
    VistaGuardada.objects.filter(usuario=request.user, tipo=tipo.codigo, pk=pk).delete()
    return _a_la_lista(tipo, "")

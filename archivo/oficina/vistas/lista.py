"""La lista de un tipo."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView

from archivo.catalogo.puerta import NIVELES, NOMBRES_DE_PENDIENTES, Item
from archivo.identidad.puerta import lector_de
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.listado import ItemFilterSet, Tramo, buscadas, filas_de
from archivo.oficina.permisos import puede_cambiar
from archivo.oficina.vistas.comunes import DelTipo


def folio_de(item: Item) -> str:
    """El folio o el número histórico, y si se canceló."""
    escrito = item.folio or item.numero_texto
    return f"{escrito} CANCELADO".strip() if item.estado == "cancelado" else escrito or "—"


def estado_de(item: Item) -> str:
    """El estado en palabras; con candado si alguien lo apartó."""
    return f"{item.clase_de_estado.nombre} (bloqueado)" if item.locked else item.clase_de_estado.nombre


def pendientes_de(item: Item) -> str:
    """Cuántas cosas faltan, con su nombre al pasar."""
    if not item.pendientes:
        return "—"
    nombres = "; ".join(NOMBRES_DE_PENDIENTES.get(p, p) for p in item.pendientes)
    return format_html('<abbr title="{}">{}</abbr>', nombres, len(item.pendientes))


def _columna(nombre: str, rotulo: str, valor: Any, ancho: str) -> Column:
    return Column(nombre, label=rotulo, accessor=valor, width=ancho)


class ListaView(DelTipo, IndexView):
    """Los elementos de un tipo que esa persona puede ver, lo último primero, con filtros y búsqueda."""

    filterset_class = ItemFilterSet
    is_searchable = True
    paginate_by = None
    table_classname = "listing of-lista"

    @cached_property
    def add_item_label(self) -> str:
        """El botón de arriba."""
        return f"Escribir {self.model._meta.verbose_name}"

    @cached_property
    def columns(self) -> list[Column]:
        """Folio, título, fecha, área, estado, acceso y pendientes."""
        return [
            _columna("folio", "Folio", folio_de, "12%"),
            TitleColumn("titulo", label="Título", accessor="titulo", get_url=self._direccion, width="40%"),
            _columna("fecha", "Fecha", lambda i: fecha_escrita(i.fecha_parcial) or "—", "9%"),
            _columna("area", "Área", lambda i: i.area.nombre if i.area_id else "—", "17%"),
            _columna("estado", "Estado", estado_de, "9%"),
            _columna("acceso", "Acceso", lambda i: NIVELES[i.acceso_efectivo].nombre, "8%"),
            _columna("pendientes", "Faltan", pendientes_de, "5%"),
        ]

    @cached_property
    def _lista(self) -> str:
        parametros = self.request.GET.copy()
        for sobra in ("despues", "antes", "_w_filter_fragment"):
            parametros.pop(sobra, None)
        return parametros.urlencode()

    @cached_property
    def _lector(self) -> Any:
        return lector_de(self.request.user)

    def _direccion(self, item: Item) -> str:
        edita = self.user_has_permission("change") and puede_cambiar(self._lector, item)
        direccion = reverse(self.edit_url_name if edita else self.inspect_url_name, args=[item.pk])
        return f"{direccion}?{urlencode({'lista': self._lista})}" if self._lista else direccion

    def get_base_queryset(self) -> QuerySet[Item]:
        """Las filas visibles, con sólo las columnas de la lista."""
        return filas_de(self.model, self._lector)

    def get_paginate_by(self, queryset: QuerySet[Item]) -> None:
        """Sin paginador: lo hace el tramo."""
        return

    def order_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """El orden es fijo: ya viene puesto."""
        return queryset

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """Los filtros no consultan la base."""
        return super().get_filterset_kwargs() | {"queryset": self.model._default_manager.none()}

    def filter_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """Aplica los filtros a las filas visibles."""
        return self.filters.filter_queryset(queryset) if self.filters and self.filters.is_valid() else queryset

    def search_queryset(self, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """Folio o clave tal cual; lo demás, el motor de búsqueda."""
        return buscadas(queryset, self.search_query, self._lector)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Con el tramo de filas en vez de un paginador que cuente todo."""
        tramo = Tramo(self.object_list, self.request.GET)
        contexto = super().get_context_data(*args, object_list=tramo.object_list, **kwargs)
        return contexto | {"tramo": tramo, "busca": self.is_searching or self.is_filtering}

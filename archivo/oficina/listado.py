"""La lista de trabajo: qué filas, en qué orden y por páginas sin contar un millón.

Sin palabras ni filtros propios del tipo la contesta la base: lo último que entró, primero, y por llave (cada página empieza donde
acabó la otra, así la última cuesta lo que la primera); sólo se cuenta hasta `TOPE`, más allá se dice «más de». Lo demás lo
contesta el motor de búsqueda (`tramos`), con su cuenta exacta.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet

from archivo.catalogo.puerta import ESTADOS, NIVELES, Item, clave_valida, tipo_de
from archivo.identidad.puerta import Area, Lector, lector_de
from archivo.indexacion.puerta import anotar_falla, por_titulo
from archivo.oficina.formularios.relaciones import elementos_citados
from archivo.oficina.pedidos import Pedido, filtros_del_motor, pedido_de
from archivo.oficina.tramos import TramoDelMotor, Vecindad, claves_de
from search import SearchError

registro = logging.getLogger(__name__)
POR_PAGINA = 50
TOPE = 1_000
TODAS = 50_000
SIN_MOTOR = 500
"""Filas que se ofrecen, a lo más, cuando contesta la base en lugar del motor."""
SIN_INDICE = (
    "El buscador no responde: se buscó sólo en los títulos, sin los filtros propios del tipo ni otro orden, y se ofrecen a lo más "
    f"{SIN_MOTOR}, los más recientes."
)
SIN_FILTROS = "El buscador no responde: la lista va sin los filtros propios del tipo ni otro orden que lo último que entró."
COLUMNAS = (
    "clave", "tipo", "estado", "titulo", "area_id", "area__nombre", "fecha", "fecha_hasta", "fecha_texto", "acceso_efectivo", "embargo_hasta", "folio",
    "numero_texto", "pendientes", "locked",
)  # fmt: skip


class ItemFilterSet(WagtailFilterSet):
    """Los filtros de la lista. Los valores raros no filtran: se ignoran."""

    estado = django_filters.MultipleChoiceFilter(
        label="Estado", choices=[(e.clave, e.nombre) for e in ESTADOS.values()], widget=forms.CheckboxSelectMultiple
    )
    acceso = django_filters.MultipleChoiceFilter(
        label="Acceso",
        field_name="acceso_efectivo",
        choices=[(n.clave, n.nombre) for n in NIVELES.values()],
        widget=forms.CheckboxSelectMultiple,
    )
    area = django_filters.ModelChoiceFilter(label="Área", queryset=Area.objects.all(), empty_label="Todas las áreas")
    anio = django_filters.NumberFilter(label="Año", method="del_anio", min_value=1, max_value=9999)

    class Meta:
        model = Item
        fields: tuple = ()

    def del_anio(self, filas: QuerySet[Item], nombre: str, valor: Any) -> QuerySet[Item]:
        """Los fechados en ese año, por el índice de fecha."""
        anio = int(valor)
        return filas.filter(fecha__gte=f"{anio:04}-01-01", fecha__lte=f"{anio:04}-12-31")


@lru_cache
def filtros_de(modelo: type[Item]) -> type[ItemFilterSet]:
    """Los filtros de un tipo: los comunes y los de sus campos."""
    propios = filtros_del_motor(tipo_de(modelo.codigo_de_tipo))
    return type(f"{modelo.__name__}FilterSet", (ItemFilterSet,), {"__module__": __name__, **propios})


def filas_de(modelo: type[Item], lector: Lector, ademas: tuple[str, ...] = ()) -> QuerySet[Item]:
    """Las filas del tipo que esa persona puede ver, con sólo las columnas de la lista, lo último primero."""
    juntas = {"area", *(c.partition("__")[0] for c in ademas if "__" in c)}
    filas = modelo._default_manager.visibles_para(lector).select_related(*juntas)
    return filas.only(*dict.fromkeys((*COLUMNAS, *ademas))).order_by("-id")


def citadas(filas: QuerySet[Item], texto: str, lector: Lector) -> QuerySet[Item] | None:
    """Las que se nombran por su clave o su folio, tal cual; None si lo escrito son palabras."""
    citados = [i.pk for i in elementos_citados(texto, lector)] if texto else []
    return filas.filter(pk__in=citados) if citados or clave_valida(texto) else None


@dataclass(frozen=True)
class Busqueda:
    """Una lista pedida: las filas si basta la base, o lo que hay que preguntar al motor."""

    filas: QuerySet[Item]
    pedido: Pedido | None
    texto: str


def buscar(filas: QuerySet[Item], filtros: Any, texto: str, lector: Lector) -> Busqueda:
    """Qué contesta a esas palabras y filtros. `filtros`: un `ItemFilterSet` con lo elegido, o None."""
    escrito = texto.strip()
    vale = filtros is not None and filtros.is_valid()
    de_la_base = filtros.filter_queryset(filas) if vale else filas
    por_clave = citadas(de_la_base, escrito, lector)
    if por_clave is not None:
        return Busqueda(por_clave, None, escrito)
    limpios = filtros.form.cleaned_data if vale else {}
    return Busqueda(de_la_base, pedido_de(tipo_de(filas.model.codigo_de_tipo), escrito, limpios), escrito)


def tramo_de(busqueda: Busqueda, todas: QuerySet[Item], parametros: QueryDict, lector: Lector) -> "Tramo | TramoDelMotor":
    """La página pedida. Si el motor no responde, se busca por las palabras del título: la oficina sigue trabajando.

    `todas`: las filas visibles sin filtros, de donde salen las que el motor dice.
    """
    if busqueda.pedido is None:
        return Tramo(busqueda.filas, parametros)
    try:
        return TramoDelMotor(todas, busqueda.pedido, parametros, lector)
    except SearchError as error:
        anotar_falla(registro, "La lista de la oficina busca por título: el índice no responde", error)
        return Tramo(_sin_motor(busqueda), parametros, aviso=_aviso(busqueda))


def _sin_motor(busqueda: Busqueda) -> QuerySet[Item]:
    if not busqueda.texto:
        return busqueda.filas
    return busqueda.filas.filter(clave__in=por_titulo(busqueda.filas, busqueda.texto, SIN_MOTOR))


def _aviso(busqueda: Busqueda) -> str:
    return SIN_INDICE if busqueda.texto else SIN_FILTROS


class Tramo:
    """Una página de la lista: hasta `POR_PAGINA` filas antes o después de una llave."""

    def __init__(self, filas: QuerySet[Item], parametros: QueryDict, aviso: str = "") -> None:
        self.filas, self.parametros, self.aviso = filas, parametros, aviso
        despues, antes = _entero(parametros.get("despues")), _entero(parametros.get("antes"))
        if antes is not None:
            vistas = list(filas.filter(id__gt=antes).order_by("id")[: POR_PAGINA + 1])
            self.object_list = list(reversed(vistas[:POR_PAGINA]))
            self.hay_anteriores, self.hay_siguientes = len(vistas) > POR_PAGINA, True
        else:
            vistas = list((filas.filter(id__lt=despues) if despues is not None else filas)[: POR_PAGINA + 1])
            self.object_list = vistas[:POR_PAGINA]
            self.hay_anteriores, self.hay_siguientes = despues is not None, len(vistas) > POR_PAGINA
        self.inicio = despues is None and antes is None

    @cached_property
    def count(self) -> int:
        """Cuántas hay, hasta `TOPE` más una. El orden lleva por el índice que se detiene ahí; sin él, SQLite junta todas."""
        if self.inicio and not self.hay_siguientes:
            return len(self.object_list)
        orden = ("-fecha", "-id") if self.parametros.get("anio") else ("-id",)
        return len(self.filas.order_by(*orden).values_list("id")[: TOPE + 1])

    @property
    def cuantas(self) -> str:
        """El total en palabras."""
        total = self.count
        return f"más de {TOPE:,}" if total > TOPE else f"{total:,}"

    def _con(self, **llave: int) -> str:
        copia = self.parametros.copy()
        for sobra in ("despues", "antes", "p", "_w_filter_fragment"):
            copia.pop(sobra, None)
        copia.update({nombre: str(valor) for nombre, valor in llave.items()})
        return f"?{copia.urlencode()}"

    def anteriores(self) -> str:
        """La dirección de las filas de arriba."""
        return self._con(antes=self.object_list[0].pk) if self.hay_anteriores and self.object_list else ""

    def siguientes(self) -> str:
        """La dirección de las filas de abajo."""
        return self._con(despues=self.object_list[-1].pk) if self.hay_siguientes and self.object_list else ""

    def primeras(self) -> str:
        """La dirección del principio."""
        return "" if self.inicio else self._con()


def _entero(texto: str | None) -> int | None:
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) < 19 else None


def filas_de_la_lista(modelo: type[Item], request: Any, parametros: QueryDict) -> QuerySet[Item]:
    """Las filas que muestra la lista con esos parámetros de su dirección, a quien pregunta.

    Si las dice el motor, hasta `TODAS`: más no se cambian de una vez.

    Raises:
        SearchError: las dice el motor y no responde. No se adivinan: sobre ellas se va a escribir.
    """
    lector = lector_de(request.user)
    todas = filas_de(modelo, lector)
    filtros = filtros_de(modelo)(parametros, request=request, queryset=todas)
    busqueda = buscar(todas, filtros, parametros.get("q", ""), lector)
    if busqueda.pedido is None:
        return busqueda.filas
    return todas.filter(clave__in=claves_de(busqueda.pedido, lector, TODAS))


def vecinos(item: Item, request: Any, lista: str) -> tuple[Item | None, Item | None, str]:
    """El elemento de arriba y el de abajo en la lista de que se vino (`lista`: sus filtros, como en su dirección).

    El tercero es lo que hay que decir si el motor no respondió: entonces son los de la lista que contesta la base.
    """
    lector = lector_de(request.user)
    parametros = QueryDict(lista)
    todas = filas_de(type(item), lector)
    filtros = filtros_de(type(item))(parametros, request=request, queryset=todas)
    busqueda = buscar(todas, filtros, parametros.get("q", ""), lector)
    filas, aviso = busqueda.filas, ""
    if busqueda.pedido is not None:
        try:
            return *Vecindad(todas, busqueda.pedido, lector).de(item), ""
        except SearchError as error:
            anotar_falla(registro, "Los vecinos de la lista salen de la base: el índice no responde", error)
            filas, aviso = _sin_motor(busqueda), _aviso(busqueda)
    return filas.filter(id__gt=item.pk).order_by("id").first(), filas.filter(id__lt=item.pk).first(), aviso

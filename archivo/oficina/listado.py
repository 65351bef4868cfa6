"""La lista de trabajo: qué filas, en qué orden y por páginas sin contar un millón.

El orden es fijo (lo último que entró, primero) y se pagina por llave: cada página empieza donde acabó la otra, así la última
cuesta lo que la primera. Sólo se cuenta hasta `TOPE`; más allá se dice «más de».
"""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet

from archivo.catalogo.puerta import ESTADOS, NIVELES, Item, clave_valida
from archivo.identidad.puerta import Area, Lector, lector_de
from archivo.oficina.formularios.anexos import elementos_citados
from archivo.oficina.hallazgos import llaves_de

POR_PAGINA = 50
TOPE = 1_000
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


def filas_de(modelo: type[Item], lector: Lector) -> QuerySet[Item]:
    """Las filas del tipo que esa persona puede ver, con sólo las columnas de la lista, lo último primero."""
    return modelo._default_manager.visibles_para(lector).select_related("area").only(*COLUMNAS).order_by("-id")


def buscadas(filas: QuerySet[Item], texto: str, lector: Lector) -> QuerySet[Item]:
    """Las que responden a lo escrito: una clave o un folio, tal cual; lo demás lo busca el motor."""
    escrito = texto.strip()
    if not escrito:
        return filas
    citados = [i.pk for i in elementos_citados(escrito, lector)]
    if citados or clave_valida(escrito):
        return filas.filter(pk__in=citados)
    return filas.filter(pk__in=llaves_de(escrito, filas.model.codigo_de_tipo, lector))


class Tramo:
    """Una página de la lista: hasta `POR_PAGINA` filas antes o después de una llave."""

    def __init__(self, filas: QuerySet[Item], parametros: QueryDict) -> None:
        self.filas, self.parametros = filas, parametros
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
    """Las filas que muestra la lista con esos parámetros de su dirección, a quien pregunta."""
    lector = lector_de(request.user)
    filas = filas_de(modelo, lector)
    filtros = ItemFilterSet(parametros, request=request, queryset=filas)
    if filtros.is_valid():
        filas = filtros.filter_queryset(filas)
    return buscadas(filas, parametros.get("q", ""), lector)


def vecinos(item: Item, request: Any, lista: str) -> tuple[Item | None, Item | None]:
    """El elemento de arriba y el de abajo en la lista de que se vino (`lista`: sus filtros, como en su dirección)."""
    filas = filas_de_la_lista(type(item), request, QueryDict(lista))
    return filas.filter(id__gt=item.pk).order_by("id").first(), filas.filter(id__lt=item.pk).first()

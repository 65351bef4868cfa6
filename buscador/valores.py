"""Todos los valores de un filtro: se buscan por su nombre, se recorren por hojas y se marcan los que se quieran."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from archivo.identidad.puerta import Lector
from archivo.portal.puerta import entero
from buscador import direcciones
from buscador.direcciones import Lectura
from buscador.palabras import etiqueta_de, etiqueta_de_campo, plegada
from buscador.peticion import Peticion
from buscador.respuesta import ValorDeFaceta
from buscador.servicios import TODOS_LOS_VALORES, contados_de, valores_dichos
from search import FacetValue

POR_HOJA = 100
LARGO_DE_NOMBRE = 100
ORDENES_DE_VALORES = (("nombre", "Por nombre"), ("cuenta", "Los más frecuentes primero"))


@dataclass(frozen=True)
class PedidoDeValores:
    """Qué parte de la lista se quiere ver. `contiene`: lo que ha de llevar su nombre; `hoja` se cuenta desde 1."""

    contiene: str = ""
    orden: str = "nombre"
    hoja: int = 1


def leer_pedido(datos: QueryDict) -> tuple[Lectura, PedidoDeValores]:
    """La búsqueda de una dirección, con lo que no se entendió, y qué parte de los valores pide."""
    resto = datos.copy()
    contiene, orden, hoja = ((resto.pop(c, [""]) or [""])[-1] for c in ("contiene", "por", "hoja"))
    orden = orden if orden in dict(ORDENES_DE_VALORES) else "nombre"
    pedido = PedidoDeValores(contiene.replace("\0", " ").strip()[:LARGO_DE_NOMBRE], orden, max(1, entero(hoja, 1)))
    return direcciones.leer(resto), pedido


@dataclass(frozen=True)
class ListaDeValores:
    """Los valores de un filtro en los resultados de una búsqueda, como los ve esa persona."""

    campo: str
    lectura: Lectura
    pedido: PedidoDeValores
    contados: Sequence[FacetValue]

    @property
    def peticion(self) -> Peticion:
        """La búsqueda cuyos valores son."""
        return self.lectura.peticion

    @property
    def etiqueta(self) -> str:
        """Cómo se llama el filtro."""
        return etiqueta_de_campo(self.campo)

    @cached_property
    def puestos(self) -> list[ValorDeFaceta]:
        """Los marcados, aunque no lleven lo que se busca o den cero."""
        marcados = self.peticion.filtros.get(self.campo, ())
        dichos = valores_dichos(self.campo, [c for c in self.contados if str(c.value) in marcados], marcados)
        return sorted(dichos, key=lambda v: plegada(v.etiqueta))

    @cached_property
    def hallados(self) -> list[FacetValue]:
        """Los que tienen una palabra que empieza como cada una de las buscadas, sin los marcados, en el orden pedido."""
        marcados = {v.valor for v in self.puestos}
        partes = [f" {p}" for p in plegada(self.pedido.contiene).split()]
        nombrados = [(f" {plegada(etiqueta_de(self.campo, str(c.value)))}", c) for c in self.contados]
        hallados = [(n, c) for n, c in nombrados if all(p in n for p in partes) and str(c.value) not in marcados]
        por_cuenta = self.pedido.orden == "cuenta"
        hallados.sort(key=lambda uno: (-uno[1].count if por_cuenta else 0, uno[0]))
        return [c for _, c in hallados]

    @property
    def hojas(self) -> int:
        """En cuántas hojas caben."""
        return max(1, -(-len(self.hallados) // POR_HOJA))

    @property
    def hoja(self) -> int:
        """La que se muestra: la pedida, o la última si ya no hay tantas."""
        return min(self.pedido.hoja, self.hojas)

    @property
    def en_la_hoja(self) -> list[ValorDeFaceta]:
        """Los de esta hoja."""
        hasta = self.hoja * POR_HOJA
        return valores_dichos(self.campo, self.hallados[hasta - POR_HOJA : hasta], ())

    @property
    def hay_mas(self) -> bool:
        """¿Puede haber más valores que los contados?"""
        return len(self.contados) >= TODOS_LOS_VALORES

    @property
    def ocultos(self) -> list[tuple[str, str]]:
        """Los demás parámetros de la búsqueda."""
        return direcciones.ocultos(self.peticion, self.campo)

    @property
    def ordenes(self) -> list[tuple[str, str, bool]]:
        """Los órdenes posibles: clave, nombre y si es el puesto."""
        return [(clave, nombre, clave == self.pedido.orden) for clave, nombre in ORDENES_DE_VALORES]

    @property
    def aqui(self) -> str:
        """La dirección de esta lista, sin parámetros."""
        return reverse("buscador:valores", args=[self.campo])

    @property
    def volver(self) -> str:
        """La dirección de los resultados."""
        return direcciones.direccion(self.peticion)


def lista_de_valores(campo: str, datos: QueryDict, lector: Lector) -> ListaDeValores | None:
    """La lista que pide una dirección; None si ese campo no existe para esa persona o no tiene ningún valor.

    Raises:
        SearchError: el motor no responde.
    """
    lectura, pedido = leer_pedido(datos)
    contados = contados_de(lectura.peticion, campo, lector)
    lista = ListaDeValores(campo, lectura, pedido, contados or ())
    return lista if contados or (contados is not None and lista.puestos) else None

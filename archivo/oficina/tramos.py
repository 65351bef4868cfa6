"""Una página de la lista contestada por el motor de búsqueda: palabras, campos propios y cualquier orden, sin tope.

Con orden de fecha o de entrada cada página empieza donde acabó la otra, a cualquier profundidad. Por relevancia se recorren los
primeros 10,000 y por título los primeros 1,000 (el motor compara textos: cada mil cuestan un cuarto de segundo); más allá se filtra
o se ordena por fecha. Lo que se muestra sale de la base, con la regla de acceso.
"""

from collections.abc import Sequence
from itertools import chain, islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from archivo.catalogo.puerta import Item, clave_valida
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import ambito_de, dicho, motor
from archivo.oficina.pedidos import Pedido
from search import KEYSET_SORTS, MAX_OFFSET, Facet, In, SearchRequest, SearchResponse

POR_PAGINA = 50
VENTANA = 1_000
VALORES = 20


class TramoDelMotor:
    """Hasta `POR_PAGINA` filas, antes o después de un elemento, o desde un lugar."""

    def __init__(self, filas: QuerySet[Item], pedido: Pedido, parametros: QueryDict, lector: Lector) -> None:
        self.pedido, self.parametros, self.lector = pedido, parametros, lector
        self.por_llave = pedido.en_el_motor in KEYSET_SORTS
        self.despues, self.antes = self._clave("despues"), self._clave("antes")
        self.desde = 0 if self.por_llave else self._lugar()
        respuesta = self._preguntar()
        if (self.despues or self.antes) and self._es_el_principio(respuesta):
            self.despues = self.antes = ""
            respuesta = self._preguntar()
        claves = [acierto.key for acierto in respuesta.hits]
        self.total = respuesta.total
        self.hay_otra = len(claves) > POR_PAGINA
        self.claves = claves[-POR_PAGINA:] if self.antes else claves[:POR_PAGINA]
        self.object_list = en_orden(filas, self.claves)

    def _preguntar(self) -> SearchResponse:
        sitio: dict[str, Any] = {"after": self.despues, "before": self.antes} if self.por_llave else {"offset": self.desde}
        return motor().search(_pedido_al_motor(self.pedido, self.lector, limit=POR_PAGINA + 1, **sitio))

    def _es_el_principio(self, respuesta: SearchResponse) -> bool:
        """¿Empieza con la primera de la lista? También lo da el motor a quien sigue desde un elemento que ya no está en ella."""
        primera = motor().search(_pedido_al_motor(self.pedido, self.lector, limit=1)).hits
        return [acierto.key for acierto in respuesta.hits[:1]] == [acierto.key for acierto in primera]

    def _clave(self, nombre: str) -> str:
        escrita = self.parametros.get(nombre, "")
        return escrita if self.por_llave and clave_valida(escrita) else ""

    def _lugar(self) -> int:
        escrito = self.parametros.get("desde", "")
        lugar = int(escrito) if escrito.isascii() and escrito.isdigit() and len(escrito) < 6 else 0
        return min(lugar, MAX_OFFSET - POR_PAGINA) // POR_PAGINA * POR_PAGINA

    @property
    def count(self) -> int:
        """Cuántas hay."""
        return self.total

    @property
    def cuantas(self) -> str:
        """El total en palabras."""
        return f"{self.total:,}"

    @property
    def inicio(self) -> bool:
        """¿Es la primera página?"""
        return not (self.despues or self.antes or self.desde)

    @property
    def aviso(self) -> str:
        """Lo que no se alcanza a recorrer con este orden."""
        if self.por_llave or self.total <= MAX_OFFSET:
            return ""
        return (
            f"Con este orden se recorren los primeros {MAX_OFFSET:,}. Para ver los demás, filtre u ordene por fecha o por título."
        )

    def _con(self, **llave: str) -> str:
        copia = self.parametros.copy()
        for sobra in ("despues", "antes", "desde", "p", "_w_filter_fragment"):
            copia.pop(sobra, None)
        copia.update(llave)
        return f"?{copia.urlencode()}"

    def anteriores(self) -> str:
        """La dirección de las filas de arriba."""
        if not self.por_llave:
            return self._con(desde=str(self.desde - POR_PAGINA)) if self.desde else ""
        hay = self.hay_otra if self.antes else bool(self.despues)
        return self._con(antes=self.claves[0]) if hay and self.claves else ""

    def siguientes(self) -> str:
        """La dirección de las filas de abajo."""
        if not self.por_llave:
            siguiente = self.desde + POR_PAGINA
            return self._con(desde=str(siguiente)) if self.hay_otra and siguiente <= MAX_OFFSET - POR_PAGINA else ""
        hay = True if self.antes else self.hay_otra
        return self._con(despues=self.claves[-1]) if hay and self.claves else ""

    def primeras(self) -> str:
        """La dirección del principio."""
        return "" if self.inicio else self._con()


def en_orden(filas: QuerySet[Item], claves: Sequence[str]) -> list[Item]:
    """Las filas visibles de esas claves, en ese orden. Una consulta."""
    por_clave = {item.clave: item for item in filas.filter(clave__in=list(claves))}
    return [por_clave[clave] for clave in claves if clave in por_clave]


def claves_de(pedido: Pedido, lector: Lector, hasta: int) -> list[str]:
    """Las claves de toda la lista, en su orden, hasta ese número."""
    return list(islice(chain.from_iterable(motor().export(_pedido_al_motor(pedido, lector))), hasta))


def _pedido_al_motor(pedido: Pedido, lector: Lector, **sitio: Any) -> SearchRequest:
    return SearchRequest(ambito_de(lector), pedido.consulta, pedido.filtros, sort=pedido.en_el_motor, **sitio)


class Vecindad:
    """El de arriba y el de abajo de un elemento en una lista que contesta el motor."""

    def __init__(self, filas: QuerySet[Item], pedido: Pedido, lector: Lector) -> None:
        self.filas, self.pedido, self.lector = filas, pedido, lector

    @cached_property
    def _ventana(self) -> list[str]:
        return self._claves(limit=VENTANA)

    def _claves(self, **lo_demas: Any) -> list[str]:
        return [acierto.key for acierto in motor().search(_pedido_al_motor(self.pedido, self.lector, **lo_demas)).hits]

    def de(self, item: Item) -> tuple[Item | None, Item | None]:
        """(anterior, siguiente); None donde no hay, o más allá de los primeros mil si el orden no es por llave."""
        if self.pedido.en_el_motor in KEYSET_SORTS:
            claves = [*(self._claves(before=item.clave, limit=1) or [""]), *(self._claves(after=item.clave, limit=1) or [""])]
            if claves[0] == claves[1]:  # de los dos lados el comienzo: no está en la lista
                return None, None
        else:
            lugar = self._ventana.index(item.clave) if item.clave in self._ventana else -2
            claves = [self._ventana[n] if 0 <= n < len(self._ventana) else "" for n in (lugar - 1, lugar + 1)]
        hallados = {i.clave: i for i in self.filas.filter(clave__in=claves)}
        return hallados.get(claves[0]), hallados.get(claves[1])


def valores_de_campo(campo: str, tipo: str, principio: str, lector: Lector) -> list[tuple[str, int]]:
    """Los valores de un campo en lo que esa persona ve de un tipo, los más usados, que empiezan así: (rótulo, cuántos)."""
    filtros = {"tipo": In(frozenset({tipo}))}
    pedido = SearchRequest(ambito_de(lector), None, filtros, facets=(Facet(campo, size=500),), limit=0)
    contados = ((dicho(campo, str(v.value)), v.count) for v in motor().search(pedido).facets[campo])
    buscado = principio.casefold()
    return [(rotulo, cuantos) for rotulo, cuantos in contados if buscado in rotulo.casefold()][:VALORES]

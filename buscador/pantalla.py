"""Lo que la página de resultados dibuja, ya dicho con palabras y con sus direcciones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from archivo.portal.puerta import miles
from buscador import direcciones
from buscador.direcciones import TAMANOS, Lectura
from buscador.exportacion.formatos import FORMATOS
from buscador.grafica import Barra, Grafica, grafica_de
from buscador.palabras import etiqueta_de_campo
from buscador.peticion import ALCANCE, ORDENES, Peticion
from buscador.puestos import Chip, chips_de
from buscador.recorrido import cola_de
from buscador.respuesta import Respuesta, Resultado, Salida, ValorDeFaceta
from buscador.servicios import VALORES_POR_FACETA
from search import KEYSET_SORTS

ORDENES_DICHOS = (
    ("relevancia", "Por relevancia"),
    ("-fecha", "Lo más reciente"),
    ("fecha", "Lo más antiguo"),
    ("titulo", "Por título"),
)
EN_COLUMNA = ("tipo", "area", "tema")
VECINAS = 2


@dataclass(frozen=True)
class Grupo:
    """Un filtro con sus valores. `todos`: dónde están los demás, si puede haberlos."""

    campo: str
    etiqueta: str
    valores: Sequence[ValorDeFaceta]
    todos: str = ""


@dataclass(frozen=True)
class Paso:
    """Un lugar de la paginación; sin dirección es la página actual, sin número es un hueco."""

    numero: int | None
    direccion: str = ""
    es_ultima: bool = False


class Pantalla:
    """La página de resultados de una respuesta. `universo`: en cuántos documentos se buscó."""

    def __init__(self, lectura: Lectura, respuesta: Respuesta, universo: int) -> None:
        self.lectura, self.respuesta, self.universo = lectura, respuesta, universo
        self.peticion: Peticion = lectura.peticion

    @property
    def titulo(self) -> str:
        """El encabezado: cuántos y de qué."""
        texto, total = self.peticion.texto, self.respuesta.total
        if not total:
            return f"No encontramos nada con «{texto}»" if texto else "No encontramos nada con esos filtros"
        cuantos = "1 resultado" if total == 1 else f"{miles(total)} resultados"
        if texto:
            return f"{cuantos} de «{texto}»"
        return "1 documento" if total == 1 else f"{miles(total)} documentos"

    @property
    def fuera_de_rango(self) -> bool:
        """¿Se pidió una página que ya no existe?"""
        return bool(self.respuesta.total) and self.peticion.comienzo >= self.respuesta.total

    @property
    def ultima_pagina(self) -> int:
        """El número de la última página."""
        return max(1, -(-self.respuesta.total // self.peticion.tamano))

    @property
    def resultados(self) -> list[tuple[Resultado, str]]:
        """Cada resultado y los parámetros con que se abre: los de esta búsqueda y su lugar en ella."""
        return [(r, cola_de(self.peticion, n)) for n, r in enumerate(self.respuesta.resultados, self.primero)]

    @property
    def primero(self) -> int:
        """El lugar del primer resultado mostrado."""
        return self.peticion.comienzo + 1

    @property
    def ultimo(self) -> int:
        """El lugar del último."""
        return self.peticion.comienzo + len(self.respuesta.resultados)

    @cached_property
    def chips(self) -> list[Chip]:
        """Los filtros puestos, cada uno con la dirección que lo quita."""
        return chips_de(self.peticion)

    @cached_property
    def grupos(self) -> list[Grupo]:
        """Los filtros de la columna: los que tienen algo que elegir. El año va en la gráfica."""
        facetas = self.respuesta.facetas
        ofrecidos = {c: vs for c, vs in facetas.items() if c != "anio" and not _repite(c, facetas)}
        todos = (Grupo(c, etiqueta_de_campo(c), vs, self._todos(c, vs)) for c, vs in ofrecidos.items())
        return [
            g for g in todos if (g.campo in EN_COLUMNA and g.valores) or len(g.valores) > 1 or any(v.puesto for v in g.valores)
        ]

    def _todos(self, campo: str, contados: Sequence[ValorDeFaceta]) -> str:
        """La dirección de la lista entera de valores, si puede haber más que los contados."""
        if len(contados) < VALORES_POR_FACETA:
            return ""
        return reverse("buscador:valores", args=[campo]) + direcciones.cola(self.peticion, pagina=1)

    @cached_property
    def anios(self) -> list[tuple[ValorDeFaceta, str]]:
        """Cada año de la tabla y la dirección que lo elige, del más reciente al más antiguo; también los puestos, aunque den cero."""
        valores = sorted(self.respuesta.facetas.get("anio", ()), key=lambda v: -int(v.valor))
        return [(v, direcciones.con_filtro(self.peticion, "anio", v.valor)) for v in valores if v.total or v.puesto]

    @cached_property
    def grafica(self) -> Grafica | None:
        """Las barras por año, si hay al menos dos años."""
        return grafica_de({int(v.valor): v.total for v, _ in self.anios})

    @property
    def barras(self) -> list[tuple[Barra, str, bool]]:
        """Cada barra, la dirección que elige sus años (vacía si no hay nada que ver) y si alguno está puesto."""
        puestos = {int(a) for a in self.peticion.filtros.get("anio", ())}
        return [(b, self._de_barra(b), not puestos.isdisjoint(b.anios)) for b in self.grafica.barras] if self.grafica else []

    def _de_barra(self, barra: Barra) -> str:
        return direcciones.con_filtro(self.peticion, "anio", *map(str, barra.anios)) if barra.total else ""

    @property
    def intervalo(self) -> tuple[str, str]:
        """Lo escrito en «desde» y «hasta»."""
        desde, dos_puntos, hasta = next(iter(self.peticion.filtros.get("fecha", ())), "").partition("..")
        return desde, hasta if dos_puntos else desde

    @cached_property
    def ocultos_de_filtros(self) -> list[tuple[str, str]]:
        """Lo que el formulario de filtros lleva sin mostrar."""
        con_anios = ("anio",) if self.grafica else ()
        return direcciones.ocultos(self.peticion, "fecha", *con_anios, *(g.campo for g in self.grupos))

    @cached_property
    def ocultos_de_orden(self) -> list[tuple[str, str]]:
        """Lo que el formulario de orden lleva sin mostrar."""
        return direcciones.ocultos(self.peticion, "orden")

    @property
    def salta(self) -> bool:
        """¿Hay páginas que no se alcanzan con un enlace de la paginación?"""
        return any(paso.numero is None for paso in self.pasos)

    @property
    def ocultos_de_pagina(self) -> list[tuple[str, str]]:
        """Lo que el formulario de ir a una página lleva sin mostrar."""
        return direcciones.ocultos(self.peticion)

    @property
    def ocultos_de_texto(self) -> list[tuple[str, str]]:
        """Lo que el formulario de buscar dentro de los filtros lleva sin mostrar."""
        return direcciones.ocultos(self.peticion, "q")

    @property
    def ordenes(self) -> list[tuple[str, str, bool]]:
        """Los órdenes posibles: clave, nombre y si es el puesto."""
        return [(clave, nombre, clave == self.peticion.orden) for clave, nombre in ORDENES_DICHOS]

    @property
    def tamanos(self) -> list[tuple[int, str]]:
        """Los tamaños de página y su dirección."""
        return [(t, direcciones.direccion(self.peticion, tamano=t, pagina=1)) for t in TAMANOS]

    @cached_property
    def pasos(self) -> list[Paso]:
        """La paginación: primera, vecinas de la actual y última."""
        ultima, actual = self.ultima_pagina, min(self.peticion.pagina, self.ultima_pagina)
        visibles = sorted({1, ultima, *range(max(1, actual - VECINAS), min(ultima, actual + VECINAS) + 1)})
        return list(self._pasos(visibles, ultima))

    def _pasos(self, visibles: list[int], ultima: int) -> Iterator[Paso]:
        anterior = 0
        for n in visibles:
            if n > anterior + 1:
                yield Paso(None)
            actual = n == self.peticion.pagina
            yield Paso(n, "" if actual else direcciones.direccion(self.peticion, pagina=n, tras=""), n == ultima)
            anterior = n

    @property
    def anterior(self) -> str:
        """La dirección de la página anterior."""
        n = min(self.peticion.pagina - 1, self.ultima_pagina)
        return direcciones.direccion(self.peticion, pagina=n, tras="") if n >= 1 else ""

    @property
    def siguiente(self) -> str:
        """La dirección de la página siguiente."""
        n = self.peticion.pagina + 1
        if n > self.ultima_pagina:
            return ""
        ultimo = self.respuesta.resultados[-1].item.clave if self.respuesta.resultados else ""
        return direcciones.direccion(self.peticion, pagina=n, tras=ultimo if self._sigue_de_lejos(n) else "")

    def _sigue_de_lejos(self, n: int) -> bool:
        """¿Empieza esa página más allá de lo que el motor salta, en un orden que se puede seguir desde una clave?"""
        return (n - 1) * self.peticion.tamano > ALCANCE and ORDENES[self.peticion.orden] in KEYSET_SORTS

    @property
    def ultima_direccion(self) -> str:
        """La dirección de la última página."""
        return direcciones.direccion(self.peticion, pagina=self.ultima_pagina, tras="")

    @property
    def sin_filtros(self) -> str:
        """La dirección sin ningún filtro."""
        return direcciones.direccion(self.peticion, filtros={}, pagina=1)

    @property
    def sin_palabras(self) -> str:
        """La dirección con los filtros y sin las palabras."""
        return direcciones.direccion(self.peticion, texto="", pagina=1, modo="auto")

    @property
    def rss(self) -> str:
        """La dirección del canal."""
        return direcciones.direccion(self.peticion, "rss", pagina=1)

    @property
    def atom(self) -> str:
        """La del mismo canal en Atom."""
        return direcciones.direccion(self.peticion, "atom", pagina=1)

    @property
    def aviso(self) -> str:
        """Donde se pide aviso de lo nuevo."""
        return reverse("buscador:aviso") + direcciones.cola(self.peticion, pagina=1)

    @property
    def al_cuaderno(self) -> str:
        """Donde se guardan juntos los documentos de esta página."""
        return reverse("buscador:cuaderno_agregar_varios") + direcciones.cola(self.peticion)

    @property
    def descargas(self) -> list[tuple[str, str]]:
        """Los formatos en que se baja la lista entera: nombre y dirección."""
        base = reverse("buscador:exportar")
        return [(f.nombre, base + direcciones.cola(self.peticion, pagina=1, en=c)) for c, f in FORMATOS.items()]

    @property
    def corregida(self) -> str:
        """La dirección con la corrección."""
        return direcciones.direccion(self.peticion, texto=self.respuesta.correccion or "", pagina=1)

    @property
    def del_otro_modo(self) -> str:
        """La dirección del modo que se ofrece."""
        return direcciones.direccion(self.peticion, modo=self.respuesta.otro_modo or "auto", pagina=1)

    @cached_property
    def salidas(self) -> dict[str, list[tuple[Salida, str]]]:
        """Los siguientes pasos por clase, con su dirección."""
        hechas: dict[str, list[tuple[Salida, str]]] = {}
        for s in self.respuesta.salidas:
            destino = direcciones.direccion(self.peticion, texto=s.texto, filtros=s.filtros, pagina=1, modo="auto")
            hechas.setdefault(s.clase, []).append((s, destino))
        return hechas


def _repite(campo: str, facetas: Mapping[str, Sequence[ValorDeFaceta]]) -> bool:
    """¿Diría lo mismo que «Área»? Toda área es dependencia; si nadie más lo es, o sólo quedan las áreas puestas, una lista basta."""
    if campo != "dependencia" or any(v.puesto for v in facetas[campo]):
        return False
    return {(v.valor, v.total) for v in facetas[campo]} <= {(v.valor, v.total) for v in facetas.get("area", ())}

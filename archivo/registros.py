"""Puntos donde cada piso aporta a lo que se hace con el archivo entero: prepararlo, sembrarlo, preguntarle si está listo.

No importa nada, para que cualquiera pueda aportar; `archivo.operacion` los recorre.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Instrumento = Callable[[], None]
Sembrador = Callable[[Callable[[str], None]], None]
Sonda = Callable[[], dict[str, Any]]
VistaPrevia = Callable[[Any, Any, str], Any]


@dataclass(frozen=True)
class Asunto:
    """Una cosa que espera a una persona en su bandeja.

    `clave` no se repite dentro de su módulo; `que_hacer` es una frase con verbo; `desde` y `vence` son momentos con zona.
    `de_quien` es la clave de la persona a quien espera: la propia, o una de quienes trabajan en las áreas que encabeza.
    `urgencia`: 0 cuando conviene, 1 espera a alguien más, 2 algo se detuvo.
    """

    clave: str
    titulo: str
    que_hacer: str
    desde: datetime
    direccion: str
    de_quien: int
    vence: datetime | None = None
    urgencia: int = 0


@dataclass(frozen=True)
class PanelDeElemento:
    """Lo que otro piso ofrece en la página pública de un elemento: qué es, una frase y adónde lleva."""

    titulo: str
    frase: str
    accion: str
    direccion: str
    icono: str = "expediente"


@dataclass(frozen=True)
class Recorrido:
    """El lugar de un elemento en la búsqueda de la que se viene.

    `volver`: la dirección de la lista; `cola`: los parámetros (`?…`) que conservan el lugar al pasar de página. `posicion` va
    desde 1, y 0 es que la lista cambió y ya no está en ella, o que el motor no responde (`sin_motor`); `anterior` y `siguiente`,
    vacías en los extremos.
    """

    volver: str
    cola: str
    posicion: int = 0
    total: int = 0
    anterior: str = ""
    siguiente: str = ""
    sin_motor: bool = False


PanelDe = Callable[[Any], PanelDeElemento | None]
RecorridoDe = Callable[[Any, str], Recorrido | None]
PaginasPublicas = Callable[[], Iterable[tuple[str, str]]]
AsuntosDe = Callable[[Any, Any, Collection[int]], Iterable[Asunto]]


@dataclass(frozen=True)
class ModuloDeAsuntos:
    """Una clase de asuntos de la bandeja: su nombre para las personas y quién los dice, lo más antiguo primero."""

    clave: str
    nombre: str
    orden: int
    decir: AsuntosDe


class NoListo(Exception):
    """Una parte del archivo no puede atender todavía; el mensaje dice cuál y qué hacer."""


@dataclass
class Aportaciones:
    """Lo aportado hasta ahora."""

    instrumentos: list[tuple[int, Instrumento]] = field(default_factory=list)
    instrumentos_de_muestra: list[Instrumento] = field(default_factory=list)
    muestra: Sembrador | None = None
    tras_la_muestra: list[Sembrador] = field(default_factory=list)
    contador: Callable[[], int] | None = None
    al_dia: Callable[[], Any] | None = None
    generacion_de_indice: Callable[[], Any] | None = None
    sondas: dict[str, Sonda] = field(default_factory=dict)
    vista_previa: VistaPrevia | None = None
    asuntos: dict[str, ModuloDeAsuntos] = field(default_factory=dict)
    paneles: list[tuple[int, PanelDe]] = field(default_factory=list)
    mapa: list[PaginasPublicas] = field(default_factory=list)
    recorrido: RecorridoDe | None = None


aportaciones = Aportaciones()


def instrumento(orden: int = 100) -> Callable[[Instrumento], Instrumento]:
    """Registra una función idempotente que deja listos los instrumentos base de su piso; `preparar` las corre por `orden`."""

    def registrar(funcion: Instrumento) -> Instrumento:
        aportaciones.instrumentos.append((orden, funcion))
        return funcion

    return registrar


def instrumento_de_muestra(funcion: Instrumento) -> Instrumento:
    """Registra una función idempotente que carga instrumentos de muestra; corre antes de sembrar el archivo de muestra."""
    aportaciones.instrumentos_de_muestra.append(funcion)
    return funcion


def muestra(funcion: Sembrador) -> Sembrador:
    """Registra la siembra del archivo de muestra. Recibe una función a la que contar su avance."""
    aportaciones.muestra = funcion
    return funcion


def tras_la_muestra(funcion: Sembrador) -> Sembrador:
    """Registra lo que un piso de arriba agrega al archivo de muestra ya sembrado. Se puede repetir; recibe a quién contar su avance."""
    aportaciones.tras_la_muestra.append(funcion)
    return funcion


def contador(funcion: Callable[[], int]) -> Callable[[], int]:
    """Registra cómo contar los elementos del archivo: si hay cero, está vacío."""
    aportaciones.contador = funcion
    return funcion


def al_dia(funcion: Callable[[], Any]) -> Callable[[], Any]:
    """Registra cómo poner el índice al día en este proceso (o esperar a quien lo hace)."""
    aportaciones.al_dia = funcion
    return funcion


def generacion_de_indice(funcion: Callable[[], Any]) -> Callable[[], Any]:
    """Registra cómo saber qué generación del índice se sirve."""
    aportaciones.generacion_de_indice = funcion
    return funcion


def vista_previa(funcion: VistaPrevia) -> VistaPrevia:
    """Registra cómo se muestra un elemento sin publicar: `(petición, elemento, cuerpo en HTML) -> respuesta`. Lo hace el portal."""
    aportaciones.vista_previa = funcion
    return funcion


def en_el_mapa(funcion: PaginasPublicas) -> PaginasPublicas:
    """Registra páginas públicas que no son elementos, para el mapa del sitio: `funcion() -> (ruta, día ISO de su último cambio)`."""
    aportaciones.mapa.append(funcion)
    return funcion


def paginas_del_mapa() -> Iterator[tuple[str, str]]:
    """Las páginas públicas que no son elementos."""
    for funcion in aportaciones.mapa:
        yield from funcion()


def panel_de_elemento(orden: int = 100) -> Callable[[PanelDe], PanelDe]:
    """Registra lo que un piso de arriba ofrece en la página de un elemento: `funcion(elemento) -> PanelDeElemento | None`.

    Lo ve cualquiera: la función sólo responde por lo que un lector anónimo puede ver.
    """

    def registrar(funcion: PanelDe) -> PanelDe:
        aportaciones.paneles.append((orden, funcion))
        return funcion

    return registrar


def paneles_de(elemento: Any) -> list[PanelDeElemento]:
    """Los paneles que tienen algo que decir de ese elemento, en su orden."""
    dichos = (funcion(elemento) for _, funcion in sorted(aportaciones.paneles, key=lambda par: par[0]))
    return [panel for panel in dichos if panel is not None]


def recorrido(funcion: RecorridoDe) -> RecorridoDe:
    """Registra quién sabe el lugar de un elemento en la búsqueda de la que se viene: `funcion(petición, clave)`. Lo sabe el buscador."""
    aportaciones.recorrido = funcion
    return funcion


def recorrido_de(request: Any, clave: str) -> Recorrido | None:
    """El lugar de ese elemento en la búsqueda que trae la dirección; None si no se viene de una."""
    return aportaciones.recorrido(request, clave) if aportaciones.recorrido else None


def salud(nombre: str) -> Callable[[Sonda], Sonda]:
    """Registra una sonda: devuelve un detalle breve, o lanza `NoListo` con una frase."""

    def registrar(funcion: Sonda) -> Sonda:
        aportaciones.sondas[nombre] = funcion
        return funcion

    return registrar


def asuntos(clave: str, nombre: str, orden: int = 100) -> Callable[[AsuntosDe], AsuntosDe]:
    """Registra lo que espera: `funcion(lector, usuario, de) -> asuntos`, lo que vence o lleva más tiempo primero.

    `lector` y `usuario` son quien mira la bandeja: sólo se dice lo que ella puede ver. `de` son las claves de las personas a
    quienes espera (la suya, o las de su gente). Se recorre sólo hasta el tope de la bandeja: conviene que sea perezosa, y que
    haga un número fijo de consultas. `nombre` es el rótulo del grupo: «Por autorizar».
    """

    def registrar(funcion: AsuntosDe) -> AsuntosDe:
        aportaciones.asuntos[clave] = ModuloDeAsuntos(clave, nombre, orden, funcion)
        return funcion

    return registrar

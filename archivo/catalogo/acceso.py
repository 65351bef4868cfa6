"""La política de acceso: quién ve qué. La única respuesta para todas las superficies.

Los niveles son una tabla de derechos por círculo de lectores, no un orden. Lo que una persona no puede ver es el mismo 404
que lo que no existe. Elemento, adjunto y expediente se combinan columna por columna: todos deben permitir.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.estados import ESTADOS, Visibilidad
from archivo.identidad.puerta import Circulo, Lector

if TYPE_CHECKING:
    from archivo.catalogo.models import Adjunto, Item

_RESERVADO = frozenset({Circulo.AREA, Circulo.TRANSPARENCIA, Circulo.AUDITORIA})
_INTERNO = _RESERVADO | {Circulo.OFICINA, Circulo.NOMBRADAS}
_PUBLICO = _INTERNO | {Circulo.TODOS}
_CONFIDENCIAL = frozenset({Circulo.NOMBRADAS, Circulo.TRANSPARENCIA, Circulo.AUDITORIA})


@dataclass(frozen=True)
class Nivel:
    """Un nivel de acceso: los círculos que leen la ficha y los que leen el texto y los archivos."""

    clave: str
    nombre: str
    ficha: frozenset[Circulo]
    texto: frozenset[Circulo]
    se_audita: bool = False


NIVELES: dict[str, Nivel] = {
    n.clave: n
    for n in (
        Nivel("publico", "Público", _PUBLICO, _PUBLICO),
        Nivel("restringido_derechos", "Restringido por derechos", _PUBLICO, _INTERNO),
        Nivel("interno", "Interno", _INTERNO, _INTERNO),
        Nivel("reservado", "Reservado", _RESERVADO, _RESERVADO, se_audita=True),
        Nivel("confidencial", "Confidencial", _CONFIDENCIAL, _CONFIDENCIAL, se_audita=True),
    )
}
ORDEN = tuple(NIVELES)
_EN_TRABAJO = frozenset({Circulo.AREA, Circulo.NOMBRADAS, Circulo.AUDITORIA})


def combinar(*claves: str) -> str:
    """El nivel que resulta de exigir todos a la vez. Cada nivel niega al menos lo que niegan los anteriores de la tabla."""
    return max((c for c in claves if c), key=ORDEN.index, default="publico")


def _abiertos(circulos: frozenset[Circulo], visibilidad: Visibilidad) -> frozenset[Circulo]:
    if visibilidad is Visibilidad.PUBLICA:
        return circulos
    if visibilidad is Visibilidad.OFICINA:
        return circulos - {Circulo.TODOS}
    return circulos & _EN_TRABAJO


def visibilidad_de(item: "Item", ahora: datetime | None = None) -> Visibilidad:
    """Hasta dónde deja ver un elemento su estado; un embargo pendiente lo deja en manos de su área.

    Lo programado se abre al vencer su embargo; si alguien se lo quita, espera en su área a que lo publiquen.
    """
    momento = ahora or timezone.now()
    if item.embargo_hasta and item.embargo_hasta > momento:
        return Visibilidad.AREA
    if item.estado == "programado" and item.embargo_hasta:
        return Visibilidad.PUBLICA
    return ESTADOS[item.estado].visibilidad


def circulos_de_ficha(item: "Item", ahora: datetime | None = None) -> frozenset[Circulo]:
    """Los círculos que hoy pueden leer la ficha del elemento."""
    return _abiertos(NIVELES[item.acceso_efectivo].ficha, visibilidad_de(item, ahora))


def circulos_de_texto(item: "Item", adjunto: "Adjunto | None" = None, ahora: datetime | None = None) -> frozenset[Circulo]:
    """Los círculos que hoy pueden leer el texto del elemento, o el de uno de sus adjuntos."""
    propios = NIVELES[item.acceso_efectivo].texto
    circulos = propios & NIVELES[adjunto.acceso_efectivo].texto if adjunto else propios
    return _abiertos(circulos, visibilidad_de(item, ahora))


def senas(circulos: Iterable[Circulo], area_id: int | None) -> frozenset[str]:
    """Las señas que abren esos círculos, comparables con `Lector.fichas()`."""
    dadas: set[str] = set()
    for circulo in circulos:
        if circulo is Circulo.AREA:
            dadas.add("area:*")
            if area_id is not None:
                dadas.add(f"area:{area_id}")
        elif circulo is not Circulo.NOMBRADAS:
            dadas.add(str(circulo))
    return frozenset(dadas)


def _permite(lector: Lector, circulos: frozenset[Circulo], area_id: int | None) -> bool:
    return Circulo.TODOS in circulos or bool(senas(circulos, area_id) & lector.fichas())


def puede_ver_ficha(lector: Lector, item: "Item", ahora: datetime | None = None) -> bool:
    """¿Puede esa persona saber que el elemento existe y leer su ficha?"""
    return _permite(lector, circulos_de_ficha(item, ahora), item.area_id)


def puede_ver_texto(lector: Lector, item: "Item", adjunto: "Adjunto | None" = None, ahora: datetime | None = None) -> bool:
    """¿Puede leer el texto, las páginas y el archivo? Exige también la ficha."""
    return puede_ver_ficha(lector, item, ahora) and _permite(lector, circulos_de_texto(item, adjunto, ahora), item.area_id)


def _niveles_con(circulo: Circulo) -> list[str]:
    return [n.clave for n in NIVELES.values() if circulo in n.ficha]


def _q_situacion(ahora: datetime, *visibilidades: Visibilidad) -> Q:
    vencido = Q(embargo_hasta__lte=ahora)
    abiertos = Q(estado__in=[e.clave for e in ESTADOS.values() if e.visibilidad in visibilidades])
    situacion = abiertos & (Q(embargo_hasta__isnull=True) | vencido)
    return situacion | (Q(estado="programado") & vencido) if Visibilidad.PUBLICA in visibilidades else situacion


def q_publicos(ahora: datetime | None = None) -> Q:
    """Condición SQL de lo que ve cualquiera (la ficha)."""
    return _q_situacion(ahora or timezone.now(), Visibilidad.PUBLICA) & Q(acceso_efectivo__in=_niveles_con(Circulo.TODOS))


def q_visibles(lector: Lector, ahora: datetime | None = None) -> Q:
    """Condición SQL de las fichas que ve esa persona; la misma regla que `puede_ver_ficha`."""
    momento = ahora or timezone.now()
    suyas = lector.fichas()
    condicion = q_publicos(momento)
    en_oficina = _q_situacion(momento, Visibilidad.PUBLICA, Visibilidad.OFICINA)
    for circulo in (Circulo.OFICINA, Circulo.TRANSPARENCIA):
        if str(circulo) in suyas:
            condicion |= en_oficina & Q(acceso_efectivo__in=_niveles_con(circulo))
    if str(Circulo.AUDITORIA) in suyas:
        condicion |= Q(acceso_efectivo__in=_niveles_con(Circulo.AUDITORIA))
    del_area = Q(acceso_efectivo__in=_niveles_con(Circulo.AREA))
    if "area:*" in suyas:
        condicion |= del_area
    areas = [int(s.removeprefix("area:")) for s in suyas if s.startswith("area:") and s != "area:*"]
    if areas:
        condicion |= del_area & Q(area_id__in=areas)
    return condicion


def se_audita(item: "Item") -> bool:
    """¿Leerlo deja constancia obligatoria?"""
    return NIVELES[item.acceso_efectivo].se_audita

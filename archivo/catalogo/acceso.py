"""La política de acceso: quién ve qué. La única respuesta para todas las superficies.

Los niveles son una tabla de derechos por círculo de lectores, no un orden. Lo que una persona no puede ver es el mismo 404
que lo que no existe. Elemento, adjunto y expediente se combinan columna por columna: todos deben permitir.

Las personas nombradas son parte de la columna del área: el nombre no abre nada a quien no ejerce en ella (docs/roles-y-acceso.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from django.apps import apps
from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.estados import ESTADOS, Visibilidad
from archivo.identidad.puerta import Circulo, Lector

if TYPE_CHECKING:
    from archivo.catalogo.models import Adjunto, Item

_CONFIDENCIAL = frozenset({Circulo.NOMBRADAS, Circulo.TRANSPARENCIA, Circulo.AUDITORIA})
_RESERVADO = _CONFIDENCIAL | {Circulo.AREA}
_INTERNO = _RESERVADO | {Circulo.OFICINA}
_PUBLICO = _INTERNO | {Circulo.TODOS}


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
    """El nivel que exige todos a la vez, columna por columna.

    Cada nivel niega todo lo que niegan los anteriores de la tabla (las nombradas son personas del área), así que el más
    estrecho es la intersección exacta; lo comprueba una prueba, no esta frase.
    """
    return max((c for c in claves if c), key=ORDEN.index, default="publico")


class _ConDerechos(Protocol):
    menores: bool
    consentimiento: str
    derechos_hasta: date | None


def limite_por_derechos(cosa: _ConDerechos, hoy: date | None = None) -> str:
    """El nivel más abierto que admiten los derechos de un elemento o de un archivo; se combina con los demás.

    Con menores de edad reconocibles hace falta consentimiento otorgado (LGDNNA arts. 76-80); uno pendiente detiene también a
    los demás (LFDA art. 87). Una licencia vencida deja ver la ficha y no la obra.
    """
    if cosa.consentimiento == "pendiente" or (cosa.menores and cosa.consentimiento != "otorgado"):
        return "interno"
    vencida = cosa.derechos_hasta is not None and cosa.derechos_hasta < (hoy or timezone.localdate())
    return "restringido_derechos" if vencida else "publico"


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


def senas(circulos: Iterable[Circulo], area_id: int | None, nombradas: Iterable[int] = ()) -> frozenset[str]:
    """Las señas que abren esos círculos, comparables con `Lector.fichas()`. `nombradas`: identificadores de personas.

    Una persona nombrada abre con `persona:3@7` (la tiene quien además ejerce en el área 7) o `persona:3@*`.
    """
    dadas: set[str] = set()
    areas = ("*",) if area_id is None else ("*", str(area_id))
    for circulo in circulos:
        if circulo is Circulo.AREA:
            dadas |= {f"area:{a}" for a in areas}
        elif circulo is Circulo.NOMBRADAS:
            dadas |= {f"persona:{p}@{a}" for p in nombradas for a in areas}
        else:
            dadas.add(str(circulo))
    return frozenset(dadas)


def nombradas(item: "Item") -> list[int]:
    """Las personas nombradas para leer el elemento si es confidencial. Una consulta, o ninguna si ya venían con él."""
    return [n.usuario_id for n in item.nombradas.all()] if item.pk else []


def senas_de(item: "Item", circulos: frozenset[Circulo]) -> frozenset[str]:
    """Las señas que abren esos círculos de un elemento, con sus personas nombradas."""
    return senas(circulos, item.area_id, nombradas(item) if Circulo.NOMBRADAS in circulos else ())


def _permite(lector: Lector, circulos: frozenset[Circulo], item: "Item") -> bool:
    suyas = lector.fichas()
    if Circulo.TODOS in circulos or senas(circulos, item.area_id) & suyas:
        return True
    return _es_de_su_columna(item.area_id, suyas) and bool(senas_de(item, circulos) & suyas)


def _es_de_su_columna(area_id: int | None, suyas: frozenset[str]) -> bool:
    return bool(senas({Circulo.AREA}, area_id) & suyas)


def puede_ver_ficha(lector: Lector, item: "Item", ahora: datetime | None = None) -> bool:
    """¿Puede esa persona saber que el elemento existe y leer su ficha?"""
    return _permite(lector, circulos_de_ficha(item, ahora), item)


def puede_ver_texto(lector: Lector, item: "Item", adjunto: "Adjunto | None" = None, ahora: datetime | None = None) -> bool:
    """¿Puede leer el texto, las páginas y el archivo? Exige también la ficha."""
    return puede_ver_ficha(lector, item, ahora) and _permite(lector, circulos_de_texto(item, adjunto, ahora), item)


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
    return condicion | _q_de_area(lector, suyas)


def _q_de_area(lector: Lector, suyas: frozenset[str]) -> Q:
    """Lo que abre ejercer en un área: lo de su columna y lo confidencial en que a esa persona se le nombra."""
    areas = [int(s.removeprefix("area:")) for s in suyas if s.startswith("area:") and s != "area:*"]
    if "area:*" not in suyas and not areas:
        return Q(pk__in=[])
    por_area = Q() if "area:*" in suyas else Q(area_id__in=areas)
    abierto = Q(acceso_efectivo__in=_niveles_con(Circulo.AREA))
    solo_nombradas = [n for n in _niveles_con(Circulo.NOMBRADAS) if Circulo.AREA not in NIVELES[n].ficha]
    suyos = apps.get_model("catalogo", "PersonaNombrada").objects.filter(usuario_id=lector.usuario_id or 0).values("item_id")
    return por_area & (abierto | Q(acceso_efectivo__in=solo_nombradas, pk__in=suyos))


def se_audita(item: "Item") -> bool:
    """¿Leerlo deja constancia obligatoria?"""
    return NIVELES[item.acceso_efectivo].se_audita

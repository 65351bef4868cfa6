"""Elegir entre cientos de miles: autoridades y temas por el principio de su nombre o por cualquiera de sus palabras.

Se pagina por llave, sin contar: primero los que empiezan como lo escrito, después los que llevan las palabras en otro lugar
(también en una variante, un nombre anterior o una sigla). `siguiente` es opaco; «» es que no hay más.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from archivo.catalogo.models import Autoridad, EtiquetaDeTema, PalabraDeAutoridad, Tema
from archivo.catalogo.nombres import normal

CUANTAS = 12
PALABRAS_MAXIMAS = 6
LARGO_DE_BUSQUEDA = 200
TOPE = 2_000
"""Con palabras muy comunes no se ordenan todas: quien elige escribe una letra más."""
_FIN = "\U0010ffff"


@dataclass(frozen=True)
class Opcion:
    """Algo que se puede elegir: lo que se escribe en el campo, lo que se lee y lo que lo aclara."""

    valor: str
    texto: str
    detalle: str = ""
    por_verificar: bool = False


@dataclass(frozen=True)
class Opciones:
    """Un tramo de opciones y cómo pedir el que sigue."""

    opciones: tuple[Opcion, ...]
    siguiente: str = ""


def elegir_autoridad(clases: Sequence[str], texto: str, desde: str = "") -> Opciones:
    """Las autoridades vivas de esas clases que responden a lo escrito. Hasta tres consultas."""
    escrito = normal(texto[:LARGO_DE_BUSQUEDA])
    fase, llave = _leer_llave(desde)
    vivas = Autoridad.objects.filter(clase__in=clases, fundida_en__isnull=True).order_by("normal", "pk")
    empiezan = vivas.filter(normal__gte=escrito, normal__lt=escrito + _FIN) if escrito else vivas
    filas: list[tuple[int, Autoridad]] = []
    if fase == 1:
        filas = [(1, a) for a in _tras(empiezan, llave)[: CUANTAS + 1]]
        llave = ("", 0)
    if len(filas) <= CUANTAS and len(escrito) > 1:
        otras = _con_las_palabras(vivas, clases, escrito).exclude(normal__gte=escrito, normal__lt=escrito + _FIN)
        filas += [(2, a) for a in _tras(otras, llave)[: CUANTAS + 1 - len(filas)]]
    elegidas = filas[:CUANTAS]
    aclaradas = _aclarar([a for _, a in elegidas], escrito)
    return Opciones(aclaradas, _escribir_llave(*elegidas[-1]) if len(filas) > CUANTAS else "")


def _tras(filas: QuerySet[Autoridad], llave: tuple[str, int]) -> QuerySet[Autoridad]:
    nombre, pk = llave
    return filas.filter(Q(normal__gt=nombre) | Q(normal=nombre, pk__gt=pk)) if nombre else filas


def _leer_llave(desde: str) -> tuple[int, tuple[str, int]]:
    fase, _, resto = desde.partition("|")
    nombre, _, pk = resto.rpartition("|")
    bien = fase in {"1", "2"} and pk.isascii() and pk.isdigit() and len(pk) < 19
    return (int(fase), (nombre, int(pk))) if bien else (1, ("", 0))


def _escribir_llave(fase: int, autoridad: Autoridad) -> str:
    return f"{fase}|{autoridad.normal}|{autoridad.pk}"


def _con_las_palabras(vivas: QuerySet[Autoridad], clases: Sequence[str], escrito: str) -> QuerySet[Autoridad]:
    return vivas.filter(pk__in=llaves_que_responden(clases, escrito))


def llaves_que_responden(clases: Sequence[str], texto: str) -> list[int]:
    """Hasta dos mil llaves de las que llevan todas las palabras; la última puede estar a medias. La más larga, que es la menos común, va por delante."""
    piezas = normal(texto[:LARGO_DE_BUSQUEDA]).split()[:PALABRAS_MAXIMAS]
    if not piezas:
        return []
    primera, *otras = sorted(piezas, key=len, reverse=True)
    palabras = PalabraDeAutoridad.objects.filter(clase__in=clases, palabra__gte=primera, palabra__lt=primera + _FIN)
    for pieza in otras:
        tambien = PalabraDeAutoridad.objects.filter(
            autoridad_id=OuterRef("autoridad_id"), palabra__gte=pieza, palabra__lt=pieza + _FIN
        )
        palabras = palabras.filter(Exists(tambien))
    return list(palabras.values_list("autoridad_id", flat=True)[:TOPE])


def _aclarar(autoridades: Sequence[Autoridad], escrito: str) -> tuple[Opcion, ...]:
    """Con sus fechas y, si se llegó por otro de sus nombres, cuál."""
    por_otro: dict[int, str] = {}
    palabras = escrito.split()
    if palabras:
        con_nombres = Autoridad.objects.filter(pk__in=[a.pk for a in autoridades]).prefetch_related("nombres")
        for autoridad in con_nombres:
            formas = [n.nombre for n in autoridad.nombres.all() if all(p in n.normal for p in palabras)]
            if formas and not all(p in autoridad.normal for p in palabras):
                por_otro[autoridad.pk] = formas[0]
    return tuple(Opcion(str(a), str(a), _detalle(a, por_otro.get(a.pk, "")), a.por_verificar) for a in autoridades)


def _detalle(autoridad: Autoridad, otro_nombre: str) -> str:
    fechas = f"{autoridad.desde}–{autoridad.hasta}" if autoridad.desde or autoridad.hasta else ""
    piezas = [f"también «{otro_nombre}»" if otro_nombre else "", fechas, "por verificar" if autoridad.por_verificar else ""]
    return " · ".join(p for p in piezas if p)


def elegir_tema(texto: str, desde: str = "") -> Opciones:
    """Los términos en uso que responden a lo escrito, también por un sinónimo. Los que empiezan así, primero."""
    escrito = normal(texto[:LARGO_DE_BUSQUEDA])
    usables = Tema.objects.exclude(estado="en_desuso")
    salto = int(desde) if desde.isascii() and desde.isdigit() and len(desde) < 6 else 0
    if not escrito:
        return _temas(list(usables.order_by("normal", "pk")[salto : salto + CUANTAS + 1]), {}, salto)
    empiezan = list(usables.filter(normal__startswith=escrito).order_by("normal", "pk")[: salto + CUANTAS + 1])
    dentro = list(usables.filter(normal__contains=f" {escrito}").order_by("normal", "pk")[: salto + CUANTAS + 1])
    etiquetas = EtiquetaDeTema.objects.filter(Q(normal__startswith=escrito) | Q(normal__contains=f" {escrito}"))
    sinonimos = etiquetas.exclude(tema__estado="en_desuso").select_related("tema").order_by("normal", "pk")[: salto + CUANTAS + 1]
    por_sinonimo = {e.tema_id: e.texto for e in reversed(sinonimos)}
    unicos = {t.pk: t for t in [*empiezan, *dentro, *(e.tema for e in sinonimos)]}
    propios = {t.pk for t in [*empiezan, *dentro]}
    aclarados = {pk: texto for pk, texto in por_sinonimo.items() if pk not in propios}
    return _temas(list(unicos.values())[salto : salto + CUANTAS + 1], aclarados, salto)


def _temas(temas: list[Tema], sinonimos: dict[int, str], salto: int) -> Opciones:
    opciones = tuple(
        Opcion(t.nombre, t.nombre, _detalle_de_tema(t, sinonimos.get(t.pk, "")), t.estado == "por_verificar")
        for t in temas[:CUANTAS]
    )
    return Opciones(opciones, str(salto + CUANTAS) if len(temas) > CUANTAS else "")


def _detalle_de_tema(tema: Tema, sinonimo: str) -> str:
    piezas = [
        f"en lugar de «{sinonimo}»" if sinonimo else "",
        tema.esquema,
        "por verificar" if tema.estado == "por_verificar" else "",
    ]
    return " · ".join(p for p in piezas if p)

"""¿Ya está en el archivo? Lo que coincide con algo que se va a guardar, sólo entre lo que esa persona puede ver.

Cuatro razones: los mismos bytes, la misma dirección, un título casi igual en fechas vecinas, y un texto casi igual. El texto se
compara por los grupos de seis palabras que comparten (Broder, 1997): la nota de una agencia se reconoce aunque la recorten.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from rapidfuzz import fuzz, process

from archivo.catalogo.direcciones import huella_de_url
from archivo.catalogo.models import Item, ItemQuerySet, Pagina
from archivo.identidad.puerta import Lector

DIAS_VECINOS = 3
TITULO_PARECIDO = 88
TITULO_DEL_MISMO_MEDIO = 80
TEXTO_PARECIDO = 0.5
PALABRAS_DE_GRUPO = 6
GRUPOS_MINIMOS = 12
TOPE_DE_TITULOS = 5_000
TOPE = 8
CARACTERES_QUE_SE_COMPARAN = 20_000


@dataclass(frozen=True)
class PorGuardar:
    """Lo que se sabe de algo antes de guardarlo. `propio`: la llave del elemento, si ya existe y se corrige."""

    tipo: str
    titulo: str = ""
    fecha: date | None = None
    medio_id: int | None = None
    url: str = ""
    texto: str = ""
    sha256: tuple[str, ...] = ()
    propio: int | None = None


@dataclass(frozen=True)
class Parecido:
    """Un elemento que ya está, la razón por la que se parece y cuánto, de 0 a 1."""

    item: Item
    razon: str
    grado: float


def coincidencias(dato: PorGuardar, lector: Lector) -> list[Parecido]:
    """Lo que coincide por bytes, por dirección o por título y fecha. Lo más seguro, primero; cada elemento una vez."""
    visibles = Item.objects.visibles_para(lector).select_related("area", "medio").exclude(pk=dato.propio)
    halladas = chain(_por_bytes(dato, visibles), _por_url(dato, visibles), _por_titulo(dato, visibles))
    return sin_repetir(halladas)


def sin_repetir(halladas: Iterable[Parecido]) -> list[Parecido]:
    """Cada elemento una vez, con su primera razón."""
    unicas: dict[int, Parecido] = {}
    for parecido in halladas:
        unicas.setdefault(parecido.item.pk, parecido)
    return list(unicas.values())[:TOPE]


def _por_bytes(dato: PorGuardar, visibles: ItemQuerySet) -> Iterable[Parecido]:
    if not dato.sha256:
        return []
    iguales = visibles.filter(adjuntos__objeto__sha256__in=dato.sha256).distinct().order_by("pk")[:TOPE]
    return (Parecido(i, "Tiene el mismo archivo, byte por byte.", 1.0) for i in iguales)


def _por_url(dato: PorGuardar, visibles: ItemQuerySet) -> Iterable[Parecido]:
    huella = huella_de_url(dato.url)
    iguales = visibles.filter(huella_url=huella).order_by("pk")[:TOPE] if huella else []
    return (Parecido(i, "Tiene la misma dirección de origen.", 1.0) for i in iguales)


def _por_titulo(dato: PorGuardar, visibles: ItemQuerySet) -> Iterable[Parecido]:
    """Los de su tipo con título casi igual y fecha a tres días o menos; si además es el mismo medio y día, basta con menos."""
    if not dato.fecha or not dato.titulo.strip():
        return []
    margen = timedelta(days=DIAS_VECINOS)
    vecinos = visibles.filter(tipo=dato.tipo, fecha__range=(dato.fecha - margen, dato.fecha + margen))
    filas = {pk: (titulo, medio, dia) for pk, titulo, medio, dia in _columnas(vecinos)}
    titulos = {pk: llano(titulo) for pk, (titulo, _, _) in filas.items()}
    cercanos = process.extract(
        llano(dato.titulo), titulos, scorer=fuzz.token_sort_ratio, score_cutoff=TITULO_DEL_MISMO_MEDIO, limit=TOPE * 2
    )
    grados = {pk: grado for _, grado, pk in cercanos if grado >= _umbral(dato, filas[pk])}
    items = visibles.in_bulk(list(grados)[:TOPE])
    return (Parecido(items[pk], "El título y la fecha casi coinciden.", g / 100) for pk, g in grados.items() if pk in items)


def _columnas(vecinos: ItemQuerySet) -> Iterable[tuple[int, str, int | None, date]]:
    fechados = vecinos.select_related(None).order_by("-fecha").values_list("pk", "titulo", "medio_id", "fecha")[:TOPE_DE_TITULOS]
    return ((pk, titulo, medio, dia) for pk, titulo, medio, dia in fechados if dia is not None)


def _umbral(dato: PorGuardar, fila: tuple[str, int | None, date]) -> int:
    _, medio, dia = fila
    mismo_medio = dato.medio_id is not None and medio == dato.medio_id and dia == dato.fecha
    return TITULO_DEL_MISMO_MEDIO if mismo_medio else TITULO_PARECIDO


def llano(texto: str) -> str:
    """Sin acentos, mayúsculas ni signos; las palabras separadas por un espacio."""
    sin_acentos = "".join(c for c in unicodedata.normalize("NFKD", texto.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", sin_acentos))


def grupos(texto: str) -> frozenset[str]:
    """Los grupos de seis palabras seguidas de un texto (de sus primeros veinte mil caracteres)."""
    palabras = llano(texto[:CARACTERES_QUE_SE_COMPARAN]).split()
    return frozenset(" ".join(palabras[i : i + PALABRAS_DE_GRUPO]) for i in range(len(palabras) - PALABRAS_DE_GRUPO + 1))


def solape(unos: frozenset[str], otros: frozenset[str]) -> float:
    """Qué parte del texto más corto está en el otro, de 0 a 1. Muy cortos, 0: se parecen por casualidad."""
    menor = min(len(unos), len(otros))
    return len(unos & otros) / menor if menor >= GRUPOS_MINIMOS else 0.0


def de_texto_parecido(texto: str, candidatos: Sequence[Item]) -> list[Parecido]:
    """De los candidatos, los que comparten al menos la mitad del texto; el más parecido, primero."""
    propios = grupos(texto)
    if len(propios) < GRUPOS_MINIMOS:
        return []
    textos: dict[int, str] = {}
    filas = Pagina.objects.filter(item__in=candidatos, n__lte=4).order_by("item_id", "n").values_list("item_id", "texto")
    for pk, parte in filas:
        textos[pk] = f"{textos.get(pk, '')}\n{parte}"
    medidos = [(solape(propios, grupos(textos.get(i.pk, ""))), i) for i in candidatos]
    medidos.sort(key=lambda par: -par[0])
    return [Parecido(i, f"Comparten el {grado:.0%} del texto.", grado) for grado, i in medidos if grado >= TEXTO_PARECIDO]

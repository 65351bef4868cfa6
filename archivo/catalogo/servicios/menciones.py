"""Qué autoridades nombra un elemento, y con qué otras palabras se le puede buscar."""

from collections.abc import Iterable, Mapping, Sequence

from archivo.catalogo.models import Autoridad, Item, Mencion
from archivo.catalogo.models.mencion import PAPELES

Menciones = Mapping[str, Sequence[Autoridad]]
"""Papel → autoridades, en orden. Un papel que no está no cambia."""
CLASES_POR_PAPEL: dict[str, tuple[str, ...]] = {
    "autor": ("persona", "organismo"),
    "persona": ("persona",),
    "retratada": ("persona",),
    "dependencia": ("organismo",),
    "lugar": ("lugar",),
}
NOMBRES_DE_PAPEL = dict(PAPELES)


def fijar_menciones(item: Item, pedidas: Menciones) -> dict[str, list[list[str]]]:
    """Deja en el elemento esas menciones. Devuelve lo que cambió: papel → [nombres de antes, nombres de ahora].

    Lo llama `guardar`, que anota y avisa; con una autoridad fundida, vale la vigente.
    """
    cambios: dict[str, list[list[str]]] = {}
    actuales = {(m.papel, m.autoridad_id): m for m in item.menciones.select_related("autoridad")}
    for papel, autoridades in pedidas.items():
        vigentes = {a.pk: a for a in map(_vigente, autoridades)}
        antes = {pk: m for (p, pk), m in actuales.items() if p == papel}
        if set(vigentes) == set(antes):
            continue
        item.menciones.filter(pk__in=[m.pk for pk, m in antes.items() if pk not in vigentes]).delete()
        Mencion.objects.bulk_create(Mencion(item_id=item.pk, autoridad_id=pk, papel=papel) for pk in vigentes if pk not in antes)
        cambios[papel] = [[str(m.autoridad) for m in antes.values()], [str(a) for a in vigentes.values()]]
    return cambios


def _vigente(autoridad: Autoridad) -> Autoridad:
    while autoridad.fundida_en is not None:
        autoridad = autoridad.fundida_en
    return autoridad


def fijar_menciones_de_lote(lote: Iterable[tuple[int, Menciones]]) -> None:
    """Lo mismo para muchos elementos recién creados: `(llave del elemento, menciones)`. Quien llama avisa."""
    Mencion.objects.bulk_create(
        (
            Mencion(item_id=item, autoridad_id=_vigente(autoridad).pk, papel=papel)
            for item, pedidas in lote
            for papel, autoridades in pedidas.items()
            for autoridad in autoridades
        ),
        batch_size=1_000,
        ignore_conflicts=True,
    )


def menciones_de(item: Item) -> dict[str, list[Autoridad]]:
    """Papel → autoridades del elemento, en el orden en que se anotaron. Una consulta, o ninguna si ya se trajeron."""
    por_papel: dict[str, list[Autoridad]] = {}
    for mencion in sorted(item.menciones.all(), key=lambda m: m.pk):
        por_papel.setdefault(mencion.papel, []).append(mencion.autoridad)
    return por_papel


PARA_BUSCAR = ("temas__etiquetas", "menciones__autoridad__nombres", "medio__nombres")
"""Lo que `terminos_buscables` lee: para `prefetch_related` de muchos elementos."""


def terminos_buscables(item: Item) -> list[str]:
    """Las otras formas por las que se debe hallar un elemento: sinónimos de sus temas y demás nombres de quienes menciona."""
    piezas = [etiqueta.texto for tema in item.temas.all() for etiqueta in tema.etiquetas.all()]
    nombradas = [m.autoridad for m in item.menciones.all()]
    if item.medio is not None:
        nombradas.append(item.medio)
    for autoridad in nombradas:
        piezas += [autoridad.nombre, *(n.nombre for n in autoridad.nombres.all())]
    return list(dict.fromkeys(piezas))

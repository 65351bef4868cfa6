"""Las páginas de un elemento: partes del cuerpo primero, luego las de sus archivos."""

from collections.abc import Sequence

from django.db.models import F, Max

from archivo.catalogo.models import Adjunto, Item, Pagina
from search import split_parts

_APARTE = 1_000_000


def partes_de_texto(texto: str) -> list[str]:
    """El texto en partes de unos 6,000 caracteres cortadas en fin de renglón; ninguna si está vacío."""
    return list(split_parts(texto)) if texto.strip() else []


def rehacer_partes(item: Item, texto: str) -> None:
    """Sustituye las partes del cuerpo y recorre las páginas de los archivos."""
    partes = partes_de_texto(texto)
    antes = item.paginas.filter(adjunto__isnull=True)
    recorrido = len(partes) - antes.count()
    antes.delete()
    if recorrido:
        item.paginas.update(n=F("n") + _APARTE)
        item.paginas.update(n=F("n") - _APARTE + recorrido)
    Pagina.objects.bulk_create(Pagina(item=item, n=n, texto=parte) for n, parte in enumerate(partes, 1))
    contar(item)


def poner_paginas(adjunto: Adjunto, textos: Sequence[str], lectura: str = "pdf") -> None:
    """Guarda el texto de cada página de un archivo, después de las que ya tiene el elemento. Repetirlo no duplica."""
    adjunto.paginas.all().delete()
    ultima = adjunto.item.paginas.aggregate(m=Max("n"))["m"] or 0
    Pagina.objects.bulk_create(
        (
            Pagina(
                item=adjunto.item,
                adjunto=adjunto,
                n=ultima + i,
                n_en_archivo=i,
                texto=texto,
                lectura=lectura if texto.strip() else "sin_texto",
            )
            for i, texto in enumerate(textos, 1)
        ),
        batch_size=500,
    )
    contar(adjunto.item)


def renumerar(item: Item) -> None:
    """Deja las páginas seguidas: partes del cuerpo, luego los archivos en su orden."""
    en_orden = list(
        item.paginas.order_by(F("adjunto__orden").asc(nulls_first=True), "adjunto_id", "n_en_archivo", "n").values_list("pk", "n")
    )
    movidas = {pk: nueva for nueva, (pk, n) in enumerate(en_orden, 1) if n != nueva}
    if movidas:
        Pagina.objects.filter(pk__in=movidas).update(n=F("n") + _APARTE)
        Pagina.objects.bulk_update([Pagina(pk=pk, n=n) for pk, n in movidas.items()], ["n"], batch_size=500)
    contar(item)


def contar(item: Item) -> None:
    """Deja en el elemento cuántas páginas tiene."""
    item.partes = item.paginas.count()
    Item.objects.filter(pk=item.pk).update(partes=item.partes)

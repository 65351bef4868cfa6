"""Qué autoridades podrían ser la misma: las propone, las guarda para que alguien decida, y recuerda las descartadas."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q

from archivo.catalogo.models import Autoridad, PalabraDeAutoridad, PosibleDuplicado
from archivo.catalogo.parecidos import Parecido, comparar, nucleo, parejas
from archivo.catalogo.servicios.autoridades import Cambio, anotar

LOTE = 1_000
CANDIDATAS = 300
PROPUESTAS = 10
Avance = Callable[[int], None]


@dataclass(frozen=True)
class Candidata:
    """Una autoridad que podría ser la misma, y por qué."""

    autoridad: Autoridad
    parecido: Parecido


def parecidas_a(autoridad: Autoridad) -> list[Candidata]:
    """Las que se parecen a ésta, de más a menos; las que alguien dijo que son distintas no salen. Tres consultas."""
    suyas = PosibleDuplicado.objects.filter(Q(una=autoridad) | Q(otra=autoridad), estado="descartado")
    distintas = {pk for par in suyas.values_list("una_id", "otra_id") for pk in par}
    hay = parecidas_al_nombre(autoridad.clase, autoridad.nombre, autoridad.pk)
    return [c for c in hay if c.autoridad.pk not in distintas]


def parecidas_al_nombre(clase: str, nombre: str, excepto: int | None = None) -> list[Candidata]:
    """Las autoridades vivas cuyo nombre se parece a uno que se está escribiendo."""
    largas = [p for p in nucleo(nombre, clase) if len(p) > 2]
    if not largas:
        return []
    minimo = min(2, len(largas))
    llaves = (
        PalabraDeAutoridad.objects.filter(clase=clase, palabra__in=largas)
        .values("autoridad")
        .annotate(comunes=Count("palabra"))
        .filter(comunes__gte=minimo)
        .order_by("-comunes")
        .values_list("autoridad", flat=True)[:CANDIDATAS]
    )
    halladas = []
    for otra in Autoridad.objects.filter(pk__in=list(llaves)).exclude(pk=excepto or 0):
        parecido = comparar(nombre, otra.nombre, clase)
        if parecido:
            halladas.append(Candidata(otra, parecido))
    return sorted(halladas, key=lambda c: (-c.parecido.puntos, c.autoridad.pk))[:PROPUESTAS]


def buscar_duplicados(clase: str, avance: Avance | None = None) -> int:
    """Compara todas las de una clase y deja anotadas las parejas por revisar. Devuelve cuántas. Puede repetirse."""
    vivas = Autoridad.objects.filter(clase=clase, fundida_en__isnull=True).order_by("pk")
    nombres = list(vivas.values_list("pk", "nombre").iterator(chunk_size=LOTE))
    PosibleDuplicado.objects.filter(Q(una__clase=clase), estado="pendiente").delete()
    total, lote = 0, []
    for una, otra, parecido in parejas(nombres, clase):
        lote.append(PosibleDuplicado(una_id=una, otra_id=otra, parecido=parecido.puntos, razon=parecido.razon))
        if len(lote) == LOTE:
            total += _anotar_parejas(lote)
            lote = []
            if avance:
                avance(total)
    _anotar_parejas(lote)
    return PosibleDuplicado.objects.filter(una__clase=clase, estado="pendiente").count()


@transaction.atomic
def _anotar_parejas(lote: list[PosibleDuplicado]) -> int:
    """Las nuevas; una descartada conserva su decisión."""
    PosibleDuplicado.objects.bulk_create(lote, ignore_conflicts=True)
    return len(lote)


@transaction.atomic
def declarar_distintas(una: Autoridad, otra: Autoridad, cambio: Cambio) -> None:
    """No son la misma: no se vuelve a proponer."""
    menor, mayor = sorted((una.pk, otra.pk))
    PosibleDuplicado.objects.update_or_create(
        una_id=menor, otra_id=mayor, defaults={"estado": "descartado"}, create_defaults={"estado": "descartado", "parecido": 0}
    )
    anotar("distinguida", una, Cambio(cambio.actor, cambio.motivo, detalle={"de": otra.clave}))

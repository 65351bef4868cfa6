"""Lo que se hace con un cuaderno."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from archivo.portal.puerta import Visita
from buscador.exportacion.filas import Registro, registros
from buscador.models import Apunte, Cuaderno

TOPE = 200


class CuadernoLleno(Exception):
    """Ya tiene `TOPE` documentos."""


@dataclass(frozen=True)
class Renglon:
    """Un apunte y el documento como esa persona lo puede ver hoy; None si ya no puede."""

    apunte: Apunte
    registro: Registro | None


@transaction.atomic
def apuntar(cuaderno: Cuaderno, clave: str, pagina: int, nota: str) -> Apunte:
    """Guarda un documento o una de sus páginas; si ya estaba, cambia su nota. Lanza `CuadernoLleno`."""
    Cuaderno.objects.select_for_update().get(pk=cuaderno.pk)
    ya = cuaderno.apuntes.filter(clave=clave, pagina=pagina).first()
    if ya is not None:
        return anotar(ya, nota)
    if cuaderno.apuntes.count() >= TOPE:
        raise CuadernoLleno
    ultimo = cuaderno.apuntes.aggregate(ultimo=Max("orden"))["ultimo"] or 0
    cuaderno.save(update_fields=["usado"])
    return Apunte.objects.create(cuaderno=cuaderno, clave=clave, pagina=pagina, nota=nota, orden=ultimo + 1)


@transaction.atomic
def apuntar_varios(cuaderno: Cuaderno, claves: Iterable[str]) -> int:
    """Guarda varios documentos sin nota, en ese orden; los que ya estaban se quedan como están. Devuelve cuántos son nuevos.

    Raises:
        CuadernoLleno: no caben todos; no se guarda ninguno.
    """
    Cuaderno.objects.select_for_update().get(pk=cuaderno.pk)
    ya = set(cuaderno.apuntes.filter(pagina=0).values_list("clave", flat=True))
    nuevas = [c for c in dict.fromkeys(claves) if c not in ya]
    cuenta = cuaderno.apuntes.aggregate(cuantos=Count("pk"), ultimo=Max("orden"))
    if cuenta["cuantos"] + len(nuevas) > TOPE:
        raise CuadernoLleno
    cuaderno.save(update_fields=["usado"])
    primero = (cuenta["ultimo"] or 0) + 1
    Apunte.objects.bulk_create(Apunte(cuaderno=cuaderno, clave=c, orden=n) for n, c in enumerate(nuevas, primero))
    return len(nuevas)


def anotar(apunte: Apunte, nota: str) -> Apunte:
    """Cambia la nota."""
    apunte.nota = nota
    apunte.save(update_fields=["nota"])
    return apunte


@transaction.atomic
def mover(apunte: Apunte, pasos: int) -> None:
    """Un lugar antes (-1) o después (1); en los extremos no hace nada."""
    Cuaderno.objects.select_for_update().get(pk=apunte.cuaderno_id)
    todos = list(apunte.cuaderno.apuntes.all())
    lugar = todos.index(apunte)
    destino = min(max(lugar + pasos, 0), len(todos) - 1)
    todos.insert(destino, todos.pop(lugar))
    for orden, uno in enumerate(todos, 1):
        uno.orden = orden
    Apunte.objects.bulk_update(todos, ["orden"])


def vecino_de(apunte: Apunte) -> Apunte | None:
    """El que queda en su lugar si se quita: el siguiente o, si es el último, el anterior."""
    otros = apunte.cuaderno.apuntes.exclude(pk=apunte.pk)
    return otros.filter(orden__gte=apunte.orden).first() or otros.last()


def renglones(cuaderno: Cuaderno, visita: Visita, base: str) -> list[Renglon]:
    """Los apuntes en su orden, con lo que esa persona puede ver hoy de cada documento."""
    apuntes = list(cuaderno.apuntes.all())
    vistos = {r.clave: r for r in registros(dict.fromkeys(a.clave for a in apuntes), visita, base)}
    return [Renglon(a, vistos.get(a.clave)) for a in apuntes]


def olvidar_viejos() -> int:
    """Borra los cuadernos que nadie ha usado en mucho tiempo; devuelve cuántos."""
    limite = timezone.now() - timedelta(days=settings.ACERVO_CUADERNO_DIAS)
    return Cuaderno.objects.filter(usado__lt=limite).delete()[1].get("buscador.Cuaderno", 0)

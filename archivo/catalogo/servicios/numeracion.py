"""El número de un documento con folio: se da al autorizar, una sola vez, sin huecos entre los dados y sin repetirse."""

from django.db.models import Max

from archivo.catalogo.models import Contador, Item, SerieDeNumeracion
from archivo.catalogo.servicios.errores import CambioRechazado


def siguiente(serie: SerieDeNumeracion, anio: int) -> int:
    """El número que sigue en la serie y el año, con la fila del contador bloqueada hasta el fin de la transacción.

    Continúa del mayor, también de los históricos que llegaron después de abierto el contador.
    """
    Contador.objects.get_or_create(serie=serie, anio=anio)
    contador = Contador.objects.select_for_update().get(serie=serie, anio=anio)
    mayor = Item.objects.filter(serie=serie, anio_numero=anio).aggregate(m=Max("numero"))["m"] or 0
    contador.ultimo = max(contador.ultimo, mayor) + 1
    contador.save(update_fields=["ultimo"])
    return contador.ultimo


def numerar(item: Item) -> None:
    """Da número y folio al elemento (sin guardarlo). Quien ya lo tiene lo conserva."""
    if item.numero_asignado or item.serie is None:
        return
    if item.fecha is None:
        raise CambioRechazado("Escriba la fecha de emisión antes de autorizar: el folio lleva el año.")
    item.anio_numero = item.fecha.year
    item.numero = siguiente(item.serie, item.anio_numero)
    item.folio = item.serie.folio(item.numero, item.anio_numero)
    item.numero_asignado = True

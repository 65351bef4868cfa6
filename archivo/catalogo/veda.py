"""La veda electoral: mientras rige, el material de campañas sin excepción sólo lo ve la oficina.

Es un aporte al acceso efectivo, así que vale igual en páginas, búsqueda, índice, canales y descargas; no cambia lo que se decidió
de cada elemento, y al terminar todo vuelve a verse. El archivo, la búsqueda y la transparencia siguen (LGCS 21, LGTAIP 63).
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.models import Item, PeriodoVeda
from archivo.catalogo.tipos.registro import todos_los_tipos

NIVEL_EN_VEDA = "interno"


def en_veda(dia: date | None = None) -> bool:
    """¿Rige una veda ese día (hoy, si no se dice)? Las fechas son locales."""
    hoy = dia or timezone.localdate()
    return PeriodoVeda.objects.filter(desde__lte=hoy, hasta__gte=hoy).exists()


def campanias_suspendidas() -> list[int]:
    """Las campañas sin excepción de salud, educación o protección civil."""
    campanias = Item.objects.filter(tipo="campania").values_list("pk", "ficha__excepcion_veda")
    return [pk for pk, excepcion in campanias if not excepcion]


def material_suspendido() -> Q:
    """Condición de lo que la veda retira: esas campañas y sus materiales de difusión."""
    campanias = campanias_suspendidas()
    promocionales = [t.codigo for t in todos_los_tipos() if t.promocional]
    de_ellas = Q(tipo__in=promocionales, relaciones__clase="de_campania", relaciones__destino_id__in=campanias)
    return Q(pk__in=campanias) | de_ellas


def aporte_de_la_veda(ids: Collection[int]) -> Mapping[int, str]:
    """El nivel que la veda impone hoy a esos elementos."""
    if not en_veda():
        return {}
    suspendidos = Item.objects.filter(material_suspendido(), pk__in=ids).values_list("pk", flat=True)
    return dict.fromkeys(suspendidos, NIVEL_EN_VEDA)

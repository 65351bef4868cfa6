"""Las memorias publicadas, para el mapa del sitio: la lista, cada portada y cada capítulo."""

from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from memoria_anual.edicion.puerta import Memoria


def paginas() -> Iterator[tuple[str, str]]:
    """`(ruta, día de su publicación)`; sin ninguna publicada, nada. Dos consultas."""
    publicadas = Memoria.objects.annotate(salida=Max("ediciones__momento")).filter(salida__isnull=False)
    for n, memoria in enumerate(publicadas.order_by("-salida").prefetch_related("capitulos")):
        dia = timezone.localtime(memoria.salida).date().isoformat()
        if n == 0:
            yield reverse("memoria:memorias"), dia
        yield memoria.get_absolute_url(), dia
        for capitulo in memoria.capitulos.all():
            yield reverse("memoria:capitulo", args=[memoria.lugar, capitulo.orden]), dia

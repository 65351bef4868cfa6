"""El expediente de un documento, en las páginas de ese documento."""

from typing import Any

from django import template
from django.urls import reverse

from archivo.archivistica.puerta import Expediente, Integracion
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import lector_de

register = template.Library()


@register.inclusion_tag("oficina/expedientes/panel.html", takes_context=True)
def panel_de_expediente(context: Any, item: Item) -> dict[str, Any]:
    """En qué expediente está, si quien mira lo ve; o cómo integrarlo, si puede."""
    lector = lector_de(context["request"].user)
    visibles = Expediente.objects.visibles_para(lector).values("pk")
    vigentes = Integracion.objects.vigentes().filter(item_id=item.pk)
    integracion = vigentes.filter(expediente__in=visibles).select_related("expediente__regla").first()
    if integracion is not None:
        return {"expediente": integracion.expediente, "integracion": integracion}
    libre = lector.tiene("archivo_tramite") and item.pk and not vigentes.exists()
    return {"integra_url": reverse("oficina_expediente_elegir", args=[item.clave]) if libre else ""}

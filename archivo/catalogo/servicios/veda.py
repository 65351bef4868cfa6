"""Poner y levantar la veda electoral."""

from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import Item, PeriodoVeda
from archivo.catalogo.servicios.accesos import recalcular_acceso
from archivo.catalogo.veda import material_suspendido


@transaction.atomic
def aplicar_vedas() -> int:
    """Retira del sitio, o repone, el material de campañas cuando una veda empieza o termina. Devuelve cuántos cambiaron.

    Se puede repetir. Cada inicio y cada fin queda en la bitácora, y cada elemento con su motivo.
    """
    hoy = timezone.localdate()
    cambiados = 0
    for periodo in PeriodoVeda.objects.select_for_update():
        rige = periodo.desde <= hoy <= periodo.hasta
        if rige == periodo.aplicado:
            continue
        PeriodoVeda.objects.filter(pk=periodo.pk).update(aplicado=rige)
        que = "empieza" if rige else "termina"
        ids = list(Item.objects.filter(material_suspendido()).values_list("pk", flat=True).distinct())
        movidos = recalcular_acceso(ids, None, f"{que.capitalize()} la veda electoral: {periodo.nombre}")
        detalle = {"periodo": periodo.nombre, "elementos": movidos}
        registrar(SucesoNuevo(clase=f"veda.{que}", objeto=f"veda:{periodo.pk}", actor=None, detalle=detalle))
        cambiados += movidos
    return cambiados

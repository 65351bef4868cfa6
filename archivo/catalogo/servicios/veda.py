"""Poner y levantar la veda electoral."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import Item, PeriodoVeda
from archivo.catalogo.servicios.accesos import recalcular_acceso
from archivo.catalogo.veda import en_veda, material_suspendido
from archivo.identidad.puerta import Lector, Usuario


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


@transaction.atomic
def quitar_veda(periodo: PeriodoVeda, actor: Usuario | None) -> int:
    """Borra un periodo; si regía, repone lo que retiró (salvo que otro siga rigiendo). Devuelve cuántos elementos cambiaron."""
    pk, nombre, regia = periodo.pk, periodo.nombre, periodo.aplicado
    periodo.delete()
    ids = list(Item.objects.filter(material_suspendido()).values_list("pk", flat=True).distinct()) if regia else []
    movidos = recalcular_acceso(ids, actor, f"Se quitó la veda electoral: {nombre}")
    detalle = {"periodo": nombre, "elementos": movidos}
    registrar(SucesoNuevo(clase="veda.borrada", objeto=f"veda:{pk}", actor=actor, detalle=detalle))
    return movidos


@dataclass(frozen=True)
class Suspendido:
    """Lo que la veda tiene hoy fuera del sitio: cuántos son, y los primeros que esa persona puede ver."""

    total: int
    muestra: list[Item]


def suspendido_hoy(lector: Lector, cuantos: int = 20) -> Suspendido | None:
    """Lo que hoy no está a la vista por la veda y lo estaría sin ella; None si hoy no rige ninguna."""
    if not en_veda():
        return None
    retirados = Item.objects.filter(material_suspendido(), estado__in=["publicado", "archivado"], acceso="publico").distinct()
    visibles = Item.objects.visibles_para(lector).filter(pk__in=retirados.values("pk")).order_by("-fecha", "-pk")
    return Suspendido(retirados.count(), list(visibles[:cuantos]))

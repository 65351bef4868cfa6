"""Pedir que una importación se ensaye, se aplique o se deshaga, y quién puede pedirlo."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.tasks import Task

from archivo.identidad.puerta import Lector, lector_de
from archivo.ingesta.importacion.permisos import Facultades
from archivo.ingesta.models import Importacion
from archivo.tareas.puerta import Trabajo, encargar

Estado = Importacion.Estado
_AL_CAER = {
    Estado.ENSAYANDO: Estado.PREPARANDO,
    Estado.IMPORTANDO: Estado.INTERRUMPIDA,
    Estado.DESHACIENDO: Estado.DESHECHA_EN_PARTE,
}


class PedidoImposible(ValueError):
    """No se puede ahora; el mensaje dice por qué."""


def importaciones_de(usuario: Any) -> QuerySet[Importacion]:
    """Las suyas; quien es titular o audita toda la institución, todas."""
    todas = Importacion.objects.select_related("actor").order_by("-pk")
    return todas if _ve_todas(lector_de(usuario)) else todas.filter(actor=usuario)


def _ve_todas(lector: Lector) -> bool:
    return any(r.rol in {"titular", "auditoria"} and r.area_id is None for r in lector.roles)


def puede_deshacer(usuario: Any, importacion: Importacion) -> bool:
    """Quien la hizo, mientras pueda importar, o quien es titular de toda la institución."""
    lector = lector_de(usuario)
    propia = importacion.actor_id == usuario.pk and Facultades(usuario).importa
    return propia or any(r.rol == "titular" and r.area_id is None for r in lector.roles)


@transaction.atomic
def pedir(importacion: Importacion, tarea: Task, estado: str, usuario: Any, *resto: Any) -> Trabajo:
    """Encarga una de las tareas de la importación y la deja en ese estado. Dos veces seguidas es una.

    Raises:
        PedidoImposible: ya hay un trabajo que la está moviendo.
    """
    actual = Importacion.objects.select_for_update().get(pk=importacion.pk)
    if actual.en_curso:
        raise PedidoImposible("Ya hay un trabajo en curso con esta importación. Espere a que termine o cancélelo.")
    actual.estado, actual.motivo = estado, ""
    actual.save(update_fields=["estado", "motivo", "movida"])
    verbo = {Estado.ENSAYANDO: "Ensayar", Estado.IMPORTANDO: "Importar", Estado.DESHACIENDO: "Deshacer"}[Estado(estado)]
    descripcion = f"{verbo} «{actual.nombre}»"
    return encargar(tarea, actual.pk, *resto, descripcion=descripcion, actor=usuario, objeto=f"importacion:{actual.pk}")


def trabajo_de(importacion: Importacion) -> Trabajo | None:
    """El último trabajo que se encargó de ella."""
    return Trabajo.objects.filter(objeto=f"importacion:{importacion.pk}").select_related("encargo").order_by("-pk").first()


def recuperar(importacion: Importacion) -> Importacion:
    """Si su trabajo falló o se canceló sin alcanzar a decirlo, lo dice ahora: nada queda «en curso» para siempre."""
    trabajo = trabajo_de(importacion)
    if importacion.en_curso and trabajo is not None and trabajo.terminado:
        nuevo = _AL_CAER[Estado(importacion.estado)]
        movidas = Importacion.objects.filter(pk=importacion.pk, estado=importacion.estado)
        movidas.update(estado=nuevo, motivo=trabajo.error or "El trabajo se canceló.")
        importacion.refresh_from_db()
    return importacion

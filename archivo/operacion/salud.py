"""¿Vive, está listo, cómo va? Lo que contesta a balanceadores, supervisores y personas."""

import shutil
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from archivo.auditoria.puerta import Suceso
from archivo.operacion.preparacion import version
from archivo.registros import NoListo, aportaciones
from archivo.tareas.puerta import estado_de_la_cola


def base_de_datos() -> dict[str, Any]:
    """La base contesta."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise NoListo("La base de datos no contesta.") from error
    return {"motor": connection.vendor}


def _preguntar(sonda: Any) -> dict[str, Any]:
    try:
        return {"lista": True} | sonda()
    except NoListo as motivo:
        return {"lista": False, "motivo": str(motivo)}
    except DatabaseError:
        return {"lista": False, "motivo": "La base de datos no contesta."}


def partes() -> dict[str, dict[str, Any]]:
    """Cada parte del archivo y si está lista."""
    return {nombre: _preguntar(sonda) for nombre, sonda in {"base": base_de_datos, **aportaciones.sondas}.items()}


def _antiguedad(momento: datetime | None) -> float | None:
    return round((timezone.now() - momento).total_seconds(), 1) if momento else None


def detalle() -> dict[str, Any]:
    """Lo que una persona de administración quiere saber de un vistazo."""
    espacio = shutil.disk_usage(settings.ACERVO_DATOS)
    ultimo = Suceso.objects.order_by("-id").values_list("momento", flat=True).first()
    return {
        "version": version(),
        "partes": partes(),
        "tareas": estado_de_la_cola(),
        "ultimo_suceso_hace_segundos": _antiguedad(ultimo),
        "disco": {"libre_bytes": espacio.free, "total_bytes": espacio.total},
    }

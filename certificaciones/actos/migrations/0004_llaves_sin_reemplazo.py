"""Que nada expedido se reemplace ni se vacíe lo cuida ya la protección común: sus disparadores propios se van."""

from typing import Any

from django.db import migrations

from archivo.auditoria.puerta import Disparador, quitar_condicionados
from certificaciones.actos.disparadores import CERTIFICACION, COTEJO, DOCUMENTO, HISTORIA, LIBRO, MARCA, reglas_del_libro

DE_ANTES = (
    *(Disparador(f"certificacion_sin_reemplazo_{v}", CERTIFICACION, v.upper(), "", "") for v in ("insert", "update")),
    *(Disparador(f"{tabla}_sin_reemplazo", tabla, "INSERT", "", "") for tabla in (LIBRO, DOCUMENTO, COTEJO, MARCA, *HISTORIA)),
)


def quitar_los_de_antes(apps: Any, schema_editor: Any) -> None:
    """Los que puso 0003; una base nueva ya no los tiene."""
    quitar_condicionados(DE_ANTES, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("actos", "0003_sin_reemplazo")]
    operations = [migrations.RunPython(quitar_los_de_antes, migrations.RunPython.noop), reglas_del_libro()]

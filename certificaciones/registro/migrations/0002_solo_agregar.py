"""Desde aquí el registro sólo admite filas nuevas, también para quien entra por fuera; y cada registro tiene su turno."""

from typing import Any

from django.db import migrations

from archivo.auditoria.disparadores import solo_agregar

TABLAS = ("registro_asiento", "registro_nododelarbol", "registro_puntodecontrol", "registro_sellodetiempo", "registro_sellorenovado")


def abrir_turnos(apps: Any, schema_editor: Any) -> None:
    """Una fila que bloquear por registro."""
    turnos = apps.get_model("registro", "TurnoDeRegistro")
    for registro in ("expedidas", "ensayos"):
        turnos.objects.get_or_create(pk=registro)


class Migration(migrations.Migration):

    dependencies = [("registro", "0001_inicial")]

    operations = [*map(solo_agregar, TABLAS), migrations.RunPython(abrir_turnos, migrations.RunPython.noop)]

from django.db import migrations

from archivo.auditoria.disparadores import poner_condicionados, quitar_condicionados, solo_agregar
from certificaciones.solicitudes.disparadores import DISPARADORES


def poner(apps, schema_editor):
    poner_condicionados(DISPARADORES, schema_editor)


def quitar(apps, schema_editor):
    quitar_condicionados(DISPARADORES, schema_editor)


class Migration(migrations.Migration):
    """El acuse sólo se agrega; un plazo cerrado no cambia, ninguno se borra."""

    dependencies = [
        ("solicitudes", "0003_plazos_y_avisos"),
    ]

    operations = [
        solo_agregar("solicitudes_acusedesolicitud"),
        migrations.RunPython(poner, quitar),
    ]

from django.db import migrations

from archivo.archivistica.disparadores import reglas_de_expedientes


class Migration(migrations.Migration):
    """Un expediente y lo que guarda no se borran: tampoco se reemplazan con otra fila ni se vacía su tabla."""

    dependencies = [
        ("archivistica", "0004_foliar_despues"),
    ]

    operations = [
        reglas_de_expedientes(),
    ]

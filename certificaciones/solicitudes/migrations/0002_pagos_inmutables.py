from django.db import migrations

from archivo.auditoria.disparadores import solo_agregar


class Migration(migrations.Migration):
    """Una orden, un pago y una exención sólo se agregan: lo cobrado queda como se cobró."""

    dependencies = [
        ("solicitudes", "0001_solicitudes"),
    ]

    operations = [
        solo_agregar("solicitudes_ordendepago"),
        solo_agregar("solicitudes_pago"),
        solo_agregar("solicitudes_exenciondepago"),
    ]

"""Las remisiones y sus acuses sólo se agregan, también para quien entra por fuera."""

from django.db import migrations

from archivo.auditoria.disparadores import solo_agregar


class Migration(migrations.Migration):

    dependencies = [("consulta_de_certificaciones", "0001_remisiones")]

    operations = [
        solo_agregar("consulta_de_certificaciones_remision"),
        solo_agregar("consulta_de_certificaciones_acusederemision"),
    ]

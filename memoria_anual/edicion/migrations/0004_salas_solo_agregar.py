from django.db import migrations

from archivo.auditoria.puerta import solo_agregar


class Migration(migrations.Migration):
    """Lo que se abrió a quien audita y lo que marcó no se cambian ni se borran."""

    dependencies = [("edicion", "0003_sala_de_auditoria")]
    operations = [
        solo_agregar("edicion_saladeauditoria"), solo_agregar("edicion_cierredesala"), solo_agregar("edicion_marcadeauditoria"),
    ]  # fmt: skip

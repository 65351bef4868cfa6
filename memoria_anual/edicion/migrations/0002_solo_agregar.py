from django.db import migrations

from archivo.auditoria.puerta import solo_agregar


class Migration(migrations.Migration):
    """Lo publicado no se cambia ni se borra."""

    dependencies = [("edicion", "0001_inicial")]
    operations = [solo_agregar("edicion_edicionpublicada"), solo_agregar("edicion_archivodeedicion")]

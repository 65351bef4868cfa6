"""Lo tecleado, lo programado y lo justificado se corrigen con otra fila: lo impide la propia base de datos."""

from django.db import migrations

from archivo.auditoria.puerta import solo_agregar


class Migration(migrations.Migration):
    dependencies = [("indicadores", "0001_inicial")]
    operations = [
        solo_agregar("indicadores_medicioncapturada"),
        solo_agregar("indicadores_metatrimestral"),
        solo_agregar("indicadores_justificaciondemeta"),
    ]

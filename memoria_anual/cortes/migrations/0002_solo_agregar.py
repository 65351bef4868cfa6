"""Un corte no se cambia ni se borra: lo impide la propia base de datos."""

from django.db import migrations

from archivo.auditoria.puerta import solo_agregar


class Migration(migrations.Migration):
    dependencies = [("cortes", "0001_inicial")]
    operations = [solo_agregar("cortes_corte"), solo_agregar("cortes_cifradecorte"), solo_agregar("cortes_elementodecorte")]

"""Sucesos y sellos sólo se agregan: lo impide la propia base de datos."""

from django.db import migrations

from archivo.auditoria.disparadores import solo_agregar


class Migration(migrations.Migration):
    dependencies = [("auditoria", "0001_inicial")]
    operations = [solo_agregar("auditoria_suceso"), solo_agregar("auditoria_sello")]

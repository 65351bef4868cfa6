"""Lo expedido tampoco se reemplaza con otra fila (INSERT OR REPLACE de SQLite)."""

from django.db import migrations

from certificaciones.actos.disparadores import reglas_del_libro


class Migration(migrations.Migration):
    dependencies = [("actos", "0002_candados")]
    operations = [reglas_del_libro()]

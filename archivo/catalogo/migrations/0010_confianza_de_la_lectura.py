"""Cuánta confianza merece lo que una máquina leyó de una página."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0009_datos_del_archivo")]

    operations = [
        migrations.AddField(
            model_name="pagina",
            name="confianza",
            field=models.PositiveSmallIntegerField(blank=True, help_text="De la lectura óptica, de 0 a 100.", null=True),
        )
    ]

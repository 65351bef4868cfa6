"""El índice por tipo y fecha lleva el estado: contar lo emitido de un año no abre cada fila."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0010_confianza_de_la_lectura")]

    operations = [
        migrations.RemoveIndex(model_name="item", name="item_tipo_fecha"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["tipo", "-fecha", "-id", "estado"], name="item_tipo_fecha"),
        ),
    ]

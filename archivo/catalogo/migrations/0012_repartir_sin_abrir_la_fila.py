"""La valoración y la clase de medio son columnas que escribe la base, y el índice por tipo y fecha las lleva con el área y el medio.

Repartir las notas de un año sale del índice. Las dos columnas rehacen la tabla: en SQLite, unos segundos por cada cien mil elementos.
"""

from django.db import migrations, models
from django.db.models.fields.json import KT
from django.db.models.functions import Left


def _columna(campo: str) -> migrations.AddField:
    return migrations.AddField(
        model_name="item",
        name=f"ficha_{campo}",
        field=models.GeneratedField(
            db_persist=True,
            expression=Left(KT(f"ficha__{campo}"), 30),
            output_field=models.CharField(max_length=30, null=True),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("catalogo", "0011_contar_sin_abrir_la_fila")]

    operations = [
        migrations.RemoveIndex(model_name="item", name="item_tipo_fecha"),
        _columna("tipo_medio"),
        _columna("valoracion"),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["tipo", "-fecha", "-id", "estado", "area", "medio", "ficha_valoracion", "ficha_tipo_medio"],
                name="item_tipo_fecha",
            ),
        ),
    ]

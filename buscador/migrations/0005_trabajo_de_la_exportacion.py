import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Una exportación sabe qué trabajo la prepara: para decir cuánto lleva y poder cancelarla."""

    dependencies = [("buscador", "0004_huella_de_la_busqueda"), ("tareas", "0002_fallas_de_un_trabajo")]

    operations = [
        migrations.AddField(
            model_name="exportacion",
            name="trabajo",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="tareas.trabajo"
            ),
        ),
    ]

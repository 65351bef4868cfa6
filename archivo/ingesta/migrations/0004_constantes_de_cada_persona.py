from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ingesta', '0003_intercambio'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='mapeorecordado',
            name='mapeo_por_encabezado_y_tipo',
        ),
        migrations.AddConstraint(
            model_name='mapeorecordado',
            constraint=models.UniqueConstraint(fields=('huella', 'tipo', 'actor'), name='mapeo_por_encabezado_tipo_y_persona'),
        ),
    ]

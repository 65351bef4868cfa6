import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogo', '0007_tipos_relaciones_y_veda'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CambioEnLote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tipo', models.CharField(max_length=30, verbose_name='tipo')),
                ('cambios', models.JSONField(verbose_name='cambios')),
                ('motivo', models.CharField(blank=True, max_length=300, verbose_name='motivo')),
                ('estado', models.CharField(choices=[('preparado', 'en vista previa'), ('aplicando', 'aplicándose'), ('aplicado', 'aplicado'), ('deshaciendo', 'deshaciéndose'), ('deshecho', 'deshecho')], default='preparado', max_length=12, verbose_name='estado')),
                ('creado', models.DateTimeField(default=django.utils.timezone.now)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'cambio en lote',
                'verbose_name_plural': 'cambios en lote',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='RenglonDeLote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('estado', models.CharField(choices=[('pendiente', 'por aplicar'), ('aplicado', 'cambiado'), ('sin_cambio', 'ya estaba así'), ('rechazado', 'no se pudo'), ('deshecho', 'vuelto a como estaba'), ('se_queda', 'se queda como está')], default='pendiente', max_length=12, verbose_name='estado')),
                ('antes', models.JSONField(default=dict)),
                ('despues', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(help_text='La que tenía al verlo y, ya aplicado, la que resultó.')),
                ('razon', models.CharField(blank=True, max_length=500, verbose_name='razón')),
                ('cambio', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renglones', to='catalogo.cambioenlote')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogo.item')),
            ],
            options={
                'verbose_name': 'renglón de lote',
                'verbose_name_plural': 'renglones de lote',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['cambio', 'estado'], name='renglon_de_lote_estado')],
                'constraints': [models.UniqueConstraint(fields=('cambio', 'item'), name='renglon_de_lote_unico')],
            },
        ),
    ]

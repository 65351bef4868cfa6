
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogo', '0002_indices_de_la_lista'),
        ('ingesta', '0001_inicial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Importacion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nombre', models.CharField(max_length=255, verbose_name='archivo')),
                ('ruta', models.CharField(blank=True, editable=False, max_length=200)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('bytes', models.PositiveBigIntegerField(default=0, verbose_name='bytes')),
                ('lectura', models.JSONField(blank=True, default=dict, verbose_name='cómo se lee')),
                ('encabezado', models.JSONField(blank=True, default=list, verbose_name='columnas')),
                ('mapeo', models.JSONField(blank=True, default=list, verbose_name='a qué campo va cada columna')),
                ('constantes', models.JSONField(blank=True, default=dict, verbose_name='valores para todas las filas')),
                ('tipo', models.CharField(blank=True, max_length=30, verbose_name='tipo')),
                ('acceso', models.CharField(default='interno', max_length=25, verbose_name='acceso')),
                ('publicar', models.BooleanField(default=False, verbose_name='publicar')),
                ('todo_o_nada', models.BooleanField(default=False, verbose_name='no importar nada si alguna fila falla')),
                ('estado', models.CharField(choices=[('preparando', 'Por acomodar'), ('ensayando', 'Ensayando'), ('ensayada', 'Ensayada'), ('importando', 'Importando'), ('terminada', 'Terminada'), ('en_parte', 'Entró en parte'), ('sin_efecto', 'No se importó nada'), ('interrumpida', 'Interrumpida'), ('deshaciendo', 'Deshaciendo'), ('deshecha', 'Deshecha'), ('deshecha_en_parte', 'Deshecha en parte')], default='preparando', max_length=20, verbose_name='estado')),
                ('ensayo', models.JSONField(blank=True, default=dict, verbose_name='resultado del ensayo')),
                ('recuento', models.JSONField(blank=True, default=dict, verbose_name='resultado')),
                ('deshecho', models.JSONField(blank=True, default=dict, verbose_name='resultado de deshacer')),
                ('motivo', models.TextField(blank=True, verbose_name='motivo')),
                ('momento', models.DateTimeField(auto_now_add=True, verbose_name='cuándo')),
                ('movida', models.DateTimeField(auto_now=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='quién')),
            ],
            options={
                'verbose_name': 'importación',
                'verbose_name_plural': 'importaciones',
            },
        ),
        migrations.CreateModel(
            name='FilaImportada',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('numero', models.PositiveIntegerField(verbose_name='fila')),
                ('resultado', models.CharField(choices=[('creada', 'Creada'), ('actualizada', 'Actualizada')], max_length=12, verbose_name='resultado')),
                ('version', models.PositiveIntegerField(default=1)),
                ('antes', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('suerte', models.CharField(blank=True, choices=[('', 'Vigente'), ('quitada', 'Se quitó'), ('retirada', 'Se retiró del sitio'), ('restaurada', 'Volvió a como estaba'), ('conservada', 'Se dejó como está')], default='', max_length=12, verbose_name='al deshacer')),
                ('motivo', models.CharField(blank=True, max_length=300, verbose_name='motivo')),
                ('constancia', models.JSONField(blank=True, default=dict)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalogo.item', verbose_name='elemento')),
                ('importacion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filas', to='ingesta.importacion')),
            ],
            options={
                'verbose_name': 'fila importada',
                'verbose_name_plural': 'filas importadas',
            },
        ),
        migrations.CreateModel(
            name='MapeoRecordado',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('huella', models.CharField(max_length=64)),
                ('tipo', models.CharField(blank=True, max_length=30)),
                ('mapeo', models.JSONField(default=list)),
                ('constantes', models.JSONField(blank=True, default=dict)),
                ('usado', models.DateTimeField(auto_now=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'mapeo recordado',
                'verbose_name_plural': 'mapeos recordados',
            },
        ),
        migrations.AddIndex(
            model_name='importacion',
            index=models.Index(fields=['actor', '-id'], name='importacion_actor'),
        ),
        migrations.AddIndex(
            model_name='filaimportada',
            index=models.Index(fields=['importacion', 'numero'], name='fila_importada_numero'),
        ),
        migrations.AddConstraint(
            model_name='mapeorecordado',
            constraint=models.UniqueConstraint(fields=('huella', 'tipo'), name='mapeo_por_encabezado_y_tipo'),
        ),
    ]

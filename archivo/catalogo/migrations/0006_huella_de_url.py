from django.db import migrations

import archivo.catalogo.direcciones
from archivo.catalogo.direcciones import huella_de_url

POR_LOTE = 1000


def calcular(apps, schema_editor):
    """Lo que ya estaba, por lotes y sin cargarlo entero."""
    Item = apps.get_model("catalogo", "Item")
    filas = Item.objects.exclude(url="").only("pk", "url").order_by("pk").iterator(chunk_size=POR_LOTE)
    lote = []
    for item in filas:
        item.huella_url = huella_de_url(item.url)
        lote.append(item)
        if len(lote) >= POR_LOTE:
            Item.objects.bulk_update(lote, ["huella_url"])
            lote = []
    Item.objects.bulk_update(lote, ["huella_url"])


class Migration(migrations.Migration):

    dependencies = [
        ('catalogo', '0005_nombres_y_vocabulario'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='huella_url',
            field=archivo.catalogo.direcciones.HuellaDeUrlField(blank=True, db_index=True, default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(calcular, migrations.RunPython.noop),
    ]

from django.db import migrations

from archivo.archivistica.disparadores import reglas_de_expedientes


class Migration(migrations.Migration):
    """Un documento integrado sin fojas las recibe después, una sola vez: la base lo admite así y de ningún otro modo."""

    dependencies = [
        ("archivistica", "0003_expedientes"),
    ]

    operations = [
        reglas_de_expedientes(),
    ]

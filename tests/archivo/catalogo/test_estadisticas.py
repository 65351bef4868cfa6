import pytest
from django.db import connection

from archivo.catalogo.puerta import actualizar_estadisticas
from tests import fabricas


@pytest.mark.django_db
def test_la_base_sabe_cuantas_filas_tiene():
    fabricas.boletin()
    actualizar_estadisticas()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'catalogo_item'")
            assert cursor.fetchone()[0] > 0

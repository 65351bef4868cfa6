"""Las estadísticas con que la base elige índices: sin ellas, una lista de un millón de filas tarda el doble."""

from django.db import connection


def actualizar_estadisticas() -> None:
    """Las rehace en SQLite, que no lo hace sola; PostgreSQL tiene su propio proceso."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

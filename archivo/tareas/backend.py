"""El backend de `django.tasks`: una fila en la transacción de quien encarga."""

from django_tasks_db.backend import DatabaseBackend


class BackendDeTareas(DatabaseBackend):
    """Encola en la misma transacción; el trabajador la toma después."""

"""El backend de `django.tasks`: una fila en la transacción de quien encarga.

También pasan por aquí las tareas de Wagtail, que usa la biblioteca `django_tasks` con el mismo ajuste TASKS.
"""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.tasks import Task, TaskResult
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.tasks.signals import task_enqueued
from django.utils import timezone
from django.utils.json import normalize_json


class BackendDeTareas(BaseTaskBackend):
    """Encola en la misma transacción; el trabajador la toma después. Si la transacción se deshace, no hubo encargo."""

    supports_async_task = True
    supports_get_result = True
    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Escribe la fila; lanza TypeError si los argumentos no caben en JSON."""
        self.validate_task(task)
        encargo = apps.get_model("tareas", "Encargo").objects.create(
            tarea=task.module_path,
            argumentos=normalize_json({"args": list(args), "kwargs": dict(kwargs)}),
            prioridad=task.priority,
            cola=task.queue_name,
            alias=self.alias,
            desde=task.run_after or timezone.now(),
        )
        resultado = encargo.como_resultado
        task_enqueued.send(type(self), task_result=resultado)
        return resultado

    def get_result(self, result_id: str) -> TaskResult:
        """El estado actual del encargo."""
        try:
            encargo = apps.get_model("tareas", "Encargo").objects.filter(pk=UUID(str(result_id))).first()
        except ValueError as error:
            raise TaskResultDoesNotExist(result_id) from error
        if encargo is None:
            raise TaskResultDoesNotExist(result_id)
        return encargo.como_resultado

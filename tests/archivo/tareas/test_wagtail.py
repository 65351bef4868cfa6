"""Las tareas de Wagtail (que usa la biblioteca `django_tasks`) pasan por la misma cola."""

import pytest
from django.tasks import TaskResultStatus
from django_tasks import task_backends as respaldos
from wagtail.tasks import delete_file_from_storage_task

from archivo.tareas.backend import BackendDeTareas
from archivo.tareas.puerta import Encargo, drenar

pytestmark = pytest.mark.django_db


def test_la_biblioteca_de_wagtail_usa_nuestro_backend():
    assert isinstance(respaldos["default"], BackendDeTareas)


def test_una_tarea_de_wagtail_corre(tmp_path):
    (tmp_path / "sobra.txt").write_text("x")
    almacen = ["django.core.files.storage.FileSystemStorage", [], {"location": str(tmp_path)}]
    Encargo.objects.all().delete()
    delete_file_from_storage_task.enqueue(almacen, "sobra.txt")
    assert drenar() == 1
    assert Encargo.objects.get().estado == TaskResultStatus.SUCCESSFUL
    assert not (tmp_path / "sobra.txt").exists()

"""Las pantallas de los datos que lleva quien integra: cada cambio queda en la bitácora."""

from typing import Any

from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from archivo.auditoria.puerta import SucesoNuevo, registrar
from memoria_anual.edicion.puerta import PlantillaDeCapitulo, ReglaDeRecordatorio

_NOMBRES = {PlantillaDeCapitulo: "plantilla_de_capitulo", ReglaDeRecordatorio: "regla_de_recordatorio"}


def _anotar(fila: Any, accion: str, usuario: Any) -> None:
    nombre = _NOMBRES[type(fila)]
    registrar(SucesoNuevo(f"{nombre}.{accion}", f"{nombre}:{fila.pk}", usuario, "", {"dice": str(fila)}))


class CrearView(CreateView):
    """Uno más, con su constancia."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        fila = super().save_instance()
        _anotar(fila, "creada", self.request.user)
        return fila


class CambiarView(EditView):
    """Corregirlo; lo que se corrige deja de ser de muestra si se dice."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        fila = super().save_instance()
        _anotar(fila, "cambiada", self.request.user)
        return fila


class QuitarView(DeleteView):
    """Quitarlo; lo que se hizo con él queda."""

    def delete_action(self) -> None:
        """Anota y quita."""
        _anotar(self.object, "quitada", self.request.user)
        super().delete_action()


class DatosViewSet(ModelViewSet):
    """Datos de las memorias que se escriben en la oficina."""

    add_to_admin_menu = False
    add_view_class = CrearView
    edit_view_class = CambiarView
    delete_view_class = QuitarView
    copy_view_enabled = False
    add_to_reference_index = False

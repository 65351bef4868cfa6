"""Lo que las memorias hacen solas: recordar lo que no se ha entregado. Nada se cierra ni se decide solo."""

from datetime import timedelta

from django.utils import timezone

from archivo.tareas.puerta import periodica
from memoria_anual.edicion.servicios.recordatorios import recordar_aportaciones, recordatorios_por_mandar
from memoria_anual.edicion.tasks import enviar_recordatorios


@periodica(cada=timedelta(minutes=5))
def recordatorios_de_aportaciones() -> None:
    """Se dejan por mandar los que tocan hoy, y se encargan ésos y los que no salieron."""
    recordar_aportaciones(timezone.localdate())
    enviar_recordatorios(recordatorios_por_mandar())

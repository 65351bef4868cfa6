"""Lo que la oficina hace cada tanto."""

from datetime import timedelta

from archivo.oficina.models import EnvioDeCaptura
from archivo.tareas.puerta import periodica


@periodica(cada=timedelta(hours=12))
def olvidar_envios() -> None:
    """Borra las fichas de envío que ya nadie puede repetir."""
    EnvioDeCaptura.objects.viejos().delete()

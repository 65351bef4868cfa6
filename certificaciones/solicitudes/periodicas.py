"""Lo que las solicitudes hacen solas: recordar y volver a intentar. Ninguna cierra ni decide nada."""

from datetime import timedelta

from django.utils import timezone

from archivo.tareas.puerta import periodica
from certificaciones.solicitudes.servicios.avisos import recordar_pagos, repasar_avisos
from certificaciones.solicitudes.servicios.plazos import recontar_todos


@periodica(cada=timedelta(hours=1))
def plazos_de_pago() -> None:
    """Los plazos siguen a su calendario, y se recuerda lo que está por vencer."""
    recontar_todos()
    recordar_pagos(timezone.localdate())


@periodica(cada=timedelta(minutes=5))
def avisos_que_no_salieron() -> None:
    """Se vuelven a encargar."""
    repasar_avisos()

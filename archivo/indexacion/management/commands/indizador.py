"""`manage.py indizador`: el único proceso que escribe en el índice mientras el archivo está en marcha."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error as ErrorDeBase
from django.db import close_old_connections

from archivo.indexacion.cola import vaciar_cola
from archivo.indexacion.fallas import anotar_falla
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.motor import motor
from archivo.indexacion.obreros import ConstruccionInterrumpida
from archivo.indexacion.servicios import asegurar
from search import IndexBusy, SearchError

registro = logging.getLogger("archivo.indexacion")
PAUSA = 0.2
PAUSA_TRAS_FALLA = 2.0
PAUSA_TRAS_CONSTRUIR = 300.0
"""Segundos: leer otra vez todo el catálogo para que lo rechacen igual no remedia nada."""


class Command(BaseCommand):
    """Vacía la cola de cambios en cuanto llegan; suelta el índice cuando no hay nada."""

    help = "Lleva al índice cada cambio del catálogo en cuanto ocurre. Termina con SIGTERM o Ctrl-C."

    def handle(self, *args: Any, **o: Any) -> None:
        """Da vueltas hasta que le piden terminar."""
        alto = threading.Event()
        for senal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(senal, lambda *_: alto.set())
        pausa = 0.0
        while not alto.wait(pausa):
            pausa = self._vuelta()

    def _vuelta(self) -> float:
        try:
            close_old_connections()
            if CambioIndice.objects.vencidos().exists():
                asegurar()
                with motor().writer(timeout=1.0) as escritor:
                    vaciar_cola(escritor)
        except IndexBusy:
            return PAUSA
        except ConstruccionInterrumpida as error:
            anotar_falla(registro, f"No se pudo rehacer el índice; se intenta de nuevo en {PAUSA_TRAS_CONSTRUIR:g} s", error)
            return PAUSA_TRAS_CONSTRUIR
        except (SearchError, ErrorDeBase, OSError) as error:
            anotar_falla(registro, f"No se pudo poner al día el índice; se intenta de nuevo cada {PAUSA_TRAS_FALLA:g} s", error)
            return PAUSA_TRAS_FALLA
        return PAUSA

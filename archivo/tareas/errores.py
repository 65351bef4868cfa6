"""Lo que puede pasarle a una tarea, con nombre."""

from datetime import timedelta


class TareaAbandonada(Exception):
    """Se intentó el máximo de veces y ningún trabajador llegó al final."""


class Reintentar(Exception):
    """La tarea no pudo ahora y quiere volver a intentarlo después de `en`. Dice por qué."""

    def __init__(self, motivo: str, en: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(motivo)
        self.en = en


class CederElTurno(Exception):
    """La tarea hizo una parte y deja pasar a las demás; sigue donde iba cuando le toque. El intento no cuenta."""


class AccionImposible(Exception):
    """El trabajo no está en un estado que admita lo que se pidió; el mensaje dice cuál."""

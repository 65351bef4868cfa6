"""Un servidor de búsqueda de una sola prueba, que se puede matar, congelar y volver a arrancar con sus datos."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.servidores.espera import hasta_que
from tests.servidores.motores import PLAZO_DE_ARRANQUE, Motor, encender, nodo_de, responde


class MotorPropio:
    """Un servidor de una sola prueba, que se puede matar, congelar y volver a arrancar con sus datos."""

    def __init__(self, nombre: str, carpeta: Path) -> None:
        self._carpeta, self._veces = carpeta, 0
        self._nodo = nodo_de(nombre, carpeta)
        self.motor = self._encender()
        self.esperar()

    def _encender(self) -> Motor:
        self._veces += 1
        guardia = self._carpeta / f"guardia-{self._veces}"
        (guardia / "usan").mkdir(parents=True)
        (guardia / "usan" / str(os.getpid())).touch()
        return encender(self._nodo, guardia)

    def esperar(self) -> None:
        """Hasta que atienda."""
        hasta_que(lambda: responde(self.motor.url), PLAZO_DE_ARRANQUE, "que el motor atienda")

    def matar(self) -> None:
        """SIGKILL, y no vuelve hasta que ya no vive."""
        os.kill(self.motor.pid, signal.SIGKILL)
        hasta_que(lambda: not _vive(self.motor.pid), 30, "que muera el motor")

    def revivir(self) -> None:
        """Otra vez en marcha, en el mismo puerto y con sus datos; atiende cuando pueda."""
        self.motor = self._encender()

    def congelar(self) -> None:
        """SIGSTOP: acepta conexiones y no contesta ninguna."""
        os.kill(self.motor.pid, signal.SIGSTOP)

    def descongelar(self) -> None:
        """SIGCONT."""
        os.kill(self.motor.pid, signal.SIGCONT)


def _vive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@contextmanager
def motor_propio(nombre: str) -> Iterator[MotorPropio]:
    """Un servidor sólo para quien lo pide; al salir no queda ni el proceso ni su carpeta.

    Raises:
        NoDisponible: falta algo en la máquina; el texto dice qué.
    """
    carpeta = Path(tempfile.mkdtemp(prefix="acervo-motor-"))
    propio = None
    try:
        propio = MotorPropio(nombre, carpeta)
        yield propio
    finally:
        if propio is not None and _vive(propio.motor.pid):
            propio.matar()
        hasta_que(lambda: not any(carpeta.glob("guardia-*")), 30, "que terminen sus guardianes")
        shutil.rmtree(carpeta, ignore_errors=True)

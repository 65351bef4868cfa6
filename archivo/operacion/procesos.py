"""Un proceso hijo del supervisor: cómo nace, cómo se sabe que vive y cómo se le pide terminar."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

PADRE = "ACERVO_PROCESO_PADRE"
PAUSA_MINIMA = 0.5
PAUSA_MAXIMA = 30.0
VIDA_SANA = 30.0
PLAZO_DE_HUERFANO = 15.0
PR_SET_PDEATHSIG = 1


def morir_con(padre: int) -> None:
    """En Linux, el núcleo manda SIGTERM a este proceso cuando muere quien lo creó, aunque lo maten con kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != padre:
            os.kill(os.getpid(), signal.SIGTERM)


def vigilar_padre(alto: Callable[[], None] | None = None, pausa: float = 1.0) -> None:
    """Termina este proceso si cambia su padre: sirve en cualquier sistema y también a los nietos."""
    padre = os.getppid()

    def vigilar() -> None:
        while os.getppid() == padre:
            time.sleep(pausa)
        (alto or (lambda: os.kill(os.getpid(), signal.SIGTERM)))()
        time.sleep(PLAZO_DE_HUERFANO)
        os._exit(1)

    threading.Thread(target=vigilar, name="vigia", daemon=True).start()


@dataclass
class Hijo:
    """Un hijo y su historia: si muere, se sabe cuánto esperar antes de volver a crearlo."""

    nombre: str
    orden: list[str]
    ambiente: Mapping[str, str] = field(default_factory=dict)
    proceso: subprocess.Popen | None = None
    nacido: float = 0.0
    caidas: int = 0
    renacer_en: float = 0.0

    def nacer(self) -> None:
        """Crea el proceso en su propio grupo, para que Ctrl-C llegue sólo al supervisor."""
        padre = os.getpid()
        self.nacido = time.monotonic()
        self.proceso = subprocess.Popen(
            [sys.executable, "-m", "archivo.operacion.hijo", *self.orden],
            cwd=settings.RAIZ,
            env={**os.environ, **self.ambiente},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=lambda: morir_con(padre),
        )

    @property
    def vive(self) -> bool:
        """¿Sigue corriendo?"""
        return self.proceso is not None and self.proceso.poll() is None

    def anotar_caida(self) -> float:
        """Cuenta la caída y devuelve los segundos que hay que esperar: más cada vez, hasta medio minuto."""
        ahora = time.monotonic()
        self.caidas = 1 if ahora - self.nacido > VIDA_SANA else self.caidas + 1
        pausa = min(PAUSA_MAXIMA, PAUSA_MINIMA * 2 ** (self.caidas - 1))
        self.renacer_en = ahora + pausa
        return pausa

    def pedir_fin(self) -> None:
        """SIGTERM al hijo."""
        if self.proceso is not None and self.vive:
            self.proceso.terminate()

    def esperar(self, plazo: float) -> bool:
        """Espera su fin hasta `plazo` segundos."""
        if self.proceso is None:
            return True
        try:
            self.proceso.wait(max(0.0, plazo))
        except subprocess.TimeoutExpired:
            return False
        return True

    def matar(self) -> None:
        """Mata lo que quede de su grupo: el hijo y sus propios hijos."""
        if self.proceso is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.proceso.pid, signal.SIGKILL)
        self.proceso.wait()

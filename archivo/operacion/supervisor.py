"""El supervisor embebido: crea a los hijos, repone al que muere y los termina en orden."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from archivo.operacion.procesos import Hijo

RONDA = 0.1
PLAZO_DE_LA_WEB = 4.0
PLAZO_TOTAL = 12.0
CAIDAS_TOLERADAS = 8


class NoArranca(Exception):
    """Un hijo muere siempre al nacer; el mensaje dice cuál y dónde mirar."""


class Supervisor:
    """Cuida a sus hijos hasta SIGTERM, SIGINT o SIGHUP. El primero de la lista es la web, que termina antes que los demás."""

    def __init__(self, hijos: list[Hijo], avisar: Callable[[str], None]) -> None:
        self.hijos = hijos
        self.avisar = avisar
        self.terminar = False
        self.con_prisa = False

    def al_recibir(self, senal: int, marco: FrameType | None) -> None:
        """Pide terminar; un segundo Ctrl-C, terminar ya."""
        self.con_prisa = self.terminar and senal == signal.SIGINT
        self.terminar = True

    def escuchar_senales(self) -> None:
        """Instala los manejadores."""
        for senal in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(senal, self.al_recibir)

    def correr(self, cada_ronda: Callable[[], None] = lambda: None) -> None:
        """Crea a los hijos y los cuida; vuelve cuando todos terminaron. `cada_ronda` se llama entre rondas."""
        try:
            for hijo in self.hijos:
                if not self.terminar:
                    hijo.nacer()
            while not self.terminar:
                self._ronda()
                cada_ronda()
                time.sleep(RONDA)
        finally:
            self._apagar()

    def _ronda(self) -> None:
        for hijo in self.hijos:
            if hijo.vive:
                continue
            if not hijo.renacer_en:
                codigo = hijo.proceso.returncode if hijo.proceso else "?"
                pausa = hijo.anotar_caida()
                if hijo.caidas > CAIDAS_TOLERADAS:
                    raise NoArranca(
                        f"{hijo.nombre} no se mantiene en marcha (salida {codigo}); el motivo está en las líneas anteriores."
                    )
                self.avisar(f"{hijo.nombre} terminó sin que se le pidiera (salida {codigo}); vuelve en {pausa:g} s.")
            elif time.monotonic() >= hijo.renacer_en:
                hijo.matar()
                hijo.nacer()
                hijo.renacer_en = 0.0

    def _apagar(self) -> None:
        limite = time.monotonic() + PLAZO_TOTAL
        web, resto = self.hijos[:1], self.hijos[1:]
        for grupo, plazo in ((web, PLAZO_DE_LA_WEB), (resto, PLAZO_TOTAL)):
            for hijo in grupo:
                hijo.pedir_fin()
            self._esperar(grupo, min(limite, time.monotonic() + plazo))
        for hijo in self.hijos:
            hijo.matar()

    def _esperar(self, hijos: list[Hijo], limite: float) -> None:
        while not self.con_prisa and time.monotonic() < limite:
            if all(hijo.esperar(0.05) for hijo in hijos):
                return

"""Ejecutar una función en un proceso con límites: así se abre todo archivo que vino de fuera.

`ejecutar("paquete.modulo:funcion", {…})` devuelve lo que la función devuelva (JSON) o lanza `FallaAislada` con su clase
(tiempo, memoria, caida, error) y una frase en español. La función vive en un módulo que no importa Django (`celda.py`).
"""

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archivo.objetos.deposito import SIN_ESPACIO, SinEspacio

RAIZ = Path(__file__).resolve().parents[2]
GUION = Path(__file__).with_name("celda.py")
MIB = 1024 * 1024
CELDAS = 2
MARGEN = 8


@dataclass(frozen=True)
class Limites:
    """Topes de un encargo: memoria y salida en bytes, cpu y tiempo en segundos, abiertos en archivos."""

    memoria: int = 960 * MIB
    cpu: int = 25
    tiempo: int = 30
    salida: int = 256 * MIB
    abiertos: int = 64


MOTIVOS = {
    "tiempo": "Abrir el archivo tarda más de lo permitido",
    "memoria": "Abrir el archivo ocupa más memoria de la permitida",
    "caida": "El lector se interrumpió al abrir el archivo",
    "error": "El lector no entiende el archivo",
}


class FallaAislada(Exception):
    """El encargo no terminó bien. `clase` es tiempo, memoria, caida o error; `motivo`, la frase para una persona."""

    def __init__(self, clase: str, detalle: str = "") -> None:
        self.clase = clase
        self.detalle = detalle
        self.motivo = MOTIVOS[clase] + (f" ({detalle})." if detalle else ".")
        super().__init__(self.motivo)


class Celda:
    """Una matriz viva y su conversación de un encargo a la vez."""

    def __init__(self) -> None:
        self.proceso = subprocess.Popen(
            [sys.executable, "-I", str(GUION), str(RAIZ)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"},
            cwd="/",
            start_new_session=True,
        )

    def pedir(self, encargo: dict[str, Any]) -> dict[str, Any]:
        """La respuesta de la matriz; si la matriz misma falla o se atrasa, una falla de clase caida o tiempo."""
        entrada = self.proceso.stdin
        assert entrada is not None  # noqa: S101 - se abrió con PIPE
        try:
            entrada.write(json.dumps(encargo).encode() + b"\n")
            entrada.flush()
        except OSError:
            return {"falla": "caida", "detalle": "el proceso aislado no está"}
        return self._respuesta(time.monotonic() + encargo["limites"]["tiempo"] + MARGEN)

    def _respuesta(self, plazo: float) -> dict[str, Any]:
        salida = self.proceso.stdout
        assert salida is not None  # noqa: S101 - se abrió con PIPE
        crudo = bytearray()
        with selectors.DefaultSelector() as espera:
            espera.register(salida, selectors.EVENT_READ)
            while not crudo.endswith(b"\n"):
                if not espera.select(max(plazo - time.monotonic(), 0)):
                    return {"falla": "tiempo", "detalle": "el proceso aislado no respondió"}
                parte = os.read(salida.fileno(), 1 << 16)
                if not parte:
                    return {"falla": "caida", "detalle": "el proceso aislado terminó"}
                crudo += parte
        respuesta: dict[str, Any] = json.loads(crudo)
        return respuesta

    def cerrar(self) -> None:
        """Le cierra la entrada: la matriz mata lo suyo y termina; si no, se la mata."""
        for canal in (self.proceso.stdin, self.proceso.stdout):
            if canal is not None:
                with contextlib.suppress(OSError):
                    canal.close()
        try:
            self.proceso.wait(2)
        except subprocess.TimeoutExpired:
            self.proceso.kill()
            self.proceso.wait()


class Celdas:
    """Hasta `CELDAS` matrices por proceso; una que falla no se vuelve a usar."""

    def __init__(self) -> None:
        self.libres: list[Celda] = []
        self.turno = threading.BoundedSemaphore(CELDAS)

    def pedir(self, encargo: dict[str, Any]) -> dict[str, Any]:
        """Toma una matriz libre (o abre otra), pide y la devuelve si quedó sana."""
        with self.turno:
            celda = self._tomar()
            respuesta = {"falla": "caida", "detalle": "se interrumpió el encargo"}
            try:
                respuesta = celda.pedir(encargo)
            finally:
                if respuesta.get("falla") in {None, "error", "espacio"}:
                    self.libres.append(celda)
                else:
                    celda.cerrar()
        return respuesta

    def _tomar(self) -> Celda:
        while self.libres:
            celda = self.libres.pop()
            if celda.proceso.poll() is None:
                return celda
            celda.cerrar()
        return Celda()

    def cerrar(self) -> None:
        """Termina las matrices libres."""
        while self.libres:
            self.libres.pop().cerrar()


_celdas = Celdas()


def _estrenar() -> None:
    """Tras una bifurcación, las matrices son del padre: el hijo abre las suyas."""
    global _celdas
    _celdas = Celdas()


os.register_at_fork(after_in_child=_estrenar)
atexit.register(lambda: _celdas.cerrar())


def ejecutar(funcion: str, argumentos: dict[str, Any], limites: Limites | None = None) -> Any:
    """Ejecuta `paquete.modulo:funcion` con esos argumentos JSON en un proceso aislado; lanza `FallaAislada` o `SinEspacio`."""
    encargo = {"funcion": funcion, "argumentos": argumentos, "limites": asdict(limites or Limites())}
    respuesta = _celdas.pedir(encargo)
    if respuesta.get("falla") == "espacio":
        raise SinEspacio(SIN_ESPACIO)
    if "falla" in respuesta:
        raise FallaAislada(respuesta["falla"], respuesta.get("detalle", ""))
    return respuesta["valor"]

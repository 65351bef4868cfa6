"""Apaga un servidor de pruebas cuando ya no vive ningún proceso que lo use. Corre suelto: `guardian.py CARPETA PID`."""

import os
import shutil
import signal
import sys
import time
from pathlib import Path

PAUSA = 0.3
PLAZO = 20.0


def vive(pid: int) -> bool:
    """¿Hay un proceso con ese número?"""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def matar(pid: int) -> None:
    """Pide terminar y, si no obedece, obliga."""
    for senal in (signal.SIGTERM, signal.SIGKILL):
        limite = time.monotonic() + PLAZO
        if vive(pid):
            os.kill(pid, senal)
        while vive(pid) and time.monotonic() < limite:
            time.sleep(0.1)


def main() -> None:
    """Se suelta de quien lo llamó y mira la carpeta `usan`: cada archivo es el número de un proceso."""
    carpeta, pid = Path(sys.argv[1]), int(sys.argv[2])
    if os.fork():
        return
    os.setsid()
    while vive(pid) and any(vive(int(archivo.name)) for archivo in carpeta.glob("usan/*")):
        time.sleep(PAUSA)
    if carpeta.exists():
        (carpeta / "usan").rename(carpeta / "apagado")  # quien quisiera sumarse ahora ya no puede
    matar(pid)
    shutil.rmtree(carpeta, ignore_errors=True)


if __name__ == "__main__":
    main()

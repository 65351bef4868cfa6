"""Funciones de prueba para el proceso aislado: no importan Django."""

import os
import signal
import subprocess
import sys
from pathlib import Path


def eco(valor):
    return {"valor": valor, "entorno": sorted(os.environ), "django": "django" in sys.modules, "pid": os.getpid()}


def girar():
    while True:
        pass


def colgarse(aviso):
    nieto = subprocess.Popen(["sleep", "300"])
    Path(aviso).write_text(str(nieto.pid))
    signal.pause()


def engordar():
    return len(b"x" * (4 * 1024**3))


def caer():
    os.abort()


def fallar():
    raise ValueError("no es un documento")


def llenar(destino):
    Path(destino).write_bytes(b"x" * 10_000_000)


def hablar():
    print("basura en la salida", flush=True)  # noqa: T201
    os.write(1, b"{}\n")
    return "bien"


def salir():
    os._exit(3)

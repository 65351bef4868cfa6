"""El proceso que abre archivos ajenos. Se ejecuta como guion (`python -I celda.py RAIZ`) y nunca importa Django.

La matriz no toca ningún archivo: importa la función pedida (código nuestro) y se bifurca una vez por encargo, así cada archivo
hostil se abre en un proceso propio, con límites propios y en un grupo propio que se mata al terminar. Lo que un lector en C
corrompa muere con ese proceso. Un encargo es un renglón JSON en la entrada; la respuesta, un renglón JSON en la salida.
"""

import contextlib
import errno
import importlib
import json
import os
import resource
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, BinaryIO

MAXIMO_DE_RESPUESTA = 64 * 1024 * 1024
ENTRADA = 0


def limitar(limites: dict[str, int]) -> None:
    """Pone los topes al proceso. macOS no sabe acotar la memoria virtual: ahí ese tope se omite y quedan los demás."""
    topes = {
        resource.RLIMIT_AS: limites["memoria"],
        resource.RLIMIT_CPU: limites["cpu"],
        resource.RLIMIT_FSIZE: limites["salida"],
        resource.RLIMIT_NOFILE: limites["abiertos"],
        resource.RLIMIT_CORE: 0,
    }
    for recurso, tope in topes.items():
        with contextlib.suppress(ValueError, OSError):
            # El tope duro de procesador va un poco después: con los dos iguales el núcleo mata sin decir que fue por tiempo.
            resource.setrlimit(recurso, (tope, tope + 2 if recurso == resource.RLIMIT_CPU else tope))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limites["tiempo"] + 5)


def _funcion(ruta: str) -> Callable[..., Any]:
    modulo, _, nombre = ruta.partition(":")
    funcion: Callable[..., Any] = getattr(importlib.import_module(modulo), nombre)
    return funcion


def _calcular(funcion: Callable[..., Any], argumentos: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"valor": funcion(**argumentos)}
    except MemoryError:
        return {"falla": "memoria", "detalle": "MemoryError"}
    except OSError as error:
        lleno = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return {"falla": "espacio" if lleno else "error", "detalle": f"{type(error).__name__}: {error}"[:500]}
    except Exception as error:  # noqa: BLE001 - frontera del proceso: todo lo que el lector lance es una respuesta
        return {"falla": "error", "detalle": f"{type(error).__name__}: {error}"[:500]}


def _hijo(encargo: dict[str, Any], funcion: Callable[..., Any], escritura: int) -> None:
    try:
        nulo = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nulo, descriptor)
        limitar(encargo["limites"])
        respuesta = _calcular(funcion, encargo["argumentos"])
        with os.fdopen(escritura, "wb") as canal:
            canal.write(json.dumps(respuesta).encode())
    finally:
        os._exit(0)


def _leer(lectura: int, limite: float) -> tuple[bytes, str]:
    """Lee hasta el fin del tubo, hasta el plazo o hasta que quien encargó se vaya. Devuelve (bytes, motivo de corte)."""
    partes: list[bytes] = []
    total = 0
    while total <= MAXIMO_DE_RESPUESTA:
        resta = limite - time.monotonic()
        listos, _, _ = select.select([lectura, ENTRADA], [], [], max(resta, 0))
        if not listos:
            return b"", "tiempo"
        if lectura not in listos:
            return b"", "abandono"
        parte = os.read(lectura, 1 << 16)
        if not parte:
            return b"".join(partes), ""
        partes.append(parte)
        total += len(parte)
    return b"", "memoria"


def _clase_de_muerte(estado: int) -> tuple[str, str]:
    if not os.WIFSIGNALED(estado):
        return "caida", "terminó sin responder"
    senal = os.WTERMSIG(estado)
    if senal in {signal.SIGXCPU, signal.SIGALRM}:
        return "tiempo", "agotó su tiempo de procesador"
    if senal == signal.SIGKILL:
        return "memoria", "el sistema lo detuvo"
    return "caida", f"señal {senal}"


def atender(encargo: dict[str, Any]) -> dict[str, Any]:
    """Bifurca, espera y mata lo que quede. Devuelve `{"valor"}` o `{"falla": tiempo|memoria|caida|error, "detalle"}`."""
    try:
        funcion = _funcion(encargo["funcion"])
    except (ImportError, AttributeError) as error:
        return {"falla": "error", "detalle": f"{type(error).__name__}: {error}"}
    lectura, escritura = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.close(lectura)
        _hijo(encargo, funcion, escritura)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)
    os.close(escritura)
    crudo, corte = _leer(lectura, time.monotonic() + encargo["limites"]["tiempo"])
    os.close(lectura)
    return _resultado(_terminar(pid, espera=0.0 if crudo or corte else 2.0), crudo, corte)


def _terminar(pid: int, espera: float) -> int:
    """Mata al grupo y devuelve de qué murió el proceso; si el tubo se cerró sin respuesta, antes espera a que muera solo."""
    plazo = time.monotonic() + espera
    recogido, estado = os.waitpid(pid, os.WNOHANG)
    while not recogido and time.monotonic() < plazo:
        time.sleep(0.005)
        recogido, estado = os.waitpid(pid, os.WNOHANG)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
    return estado if recogido else os.waitpid(pid, 0)[1]


def _resultado(estado: int, crudo: bytes, corte: str) -> dict[str, Any]:
    if corte == "abandono":
        sys.exit(0)
    if corte:
        return {"falla": corte, "detalle": "se detuvo al llegar al límite"}
    try:
        respuesta: dict[str, Any] = json.loads(crudo)
    except ValueError:
        clase, detalle = _clase_de_muerte(estado)
        return {"falla": clase, "detalle": detalle}
    return respuesta


def ciclo(entrada: BinaryIO, salida: BinaryIO) -> None:
    """Atiende encargos hasta que se cierre la entrada."""
    while renglon := entrada.readline():
        salida.write(json.dumps(atender(json.loads(renglon))).encode() + b"\n")
        salida.flush()


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    with os.fdopen(ENTRADA, "rb", buffering=0, closefd=False) as entrada_cruda:
        ciclo(entrada_cruda, sys.stdout.buffer)

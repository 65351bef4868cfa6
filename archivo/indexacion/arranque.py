"""Cómo arranca un proceso de los que preparan el índice: nace sin Django, y lo primero es tenerlo."""

from importlib import import_module
from multiprocessing.connection import Connection

import django


def arrancar(que: str, tubo: Connection) -> None:
    """Prepara Django y corre `modulo:función` con ese tubo."""
    django.setup()
    modulo, _, funcion = que.partition(":")
    getattr(import_module(modulo), funcion)(tubo)

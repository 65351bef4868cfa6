"""Cuántas consultas cuesta una página: las de una lista no crecen con sus renglones."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def consultas_de(cliente: Client, direccion: str) -> int:
    """Las consultas de pedir esa dirección, ya pedida una vez, con todo su contenido leído."""
    cliente.get(direccion)
    with CaptureQueriesContext(connection) as hechas:
        respuesta: Any = cliente.get(direccion)
        contenido = b"".join(respuesta.streaming_content) if respuesta.streaming else respuesta.content
    if respuesta.status_code != 200 or not contenido:
        raise AssertionError(f"{direccion} respondió {respuesta.status_code} con {len(contenido)} bytes")
    return len(hechas)


def las_que_crecen(cliente: Client, direcciones: dict[str, str], llenar: Callable[[int], None]) -> dict[str, tuple[int, int]]:
    """Las direcciones que con doce renglones cuestan más consultas que con tres: nombre → (con tres, con doce)."""
    llenar(3)
    con_tres = {nombre: consultas_de(cliente, d) for nombre, d in direcciones.items()}
    llenar(9)
    con_doce = {nombre: consultas_de(cliente, d) for nombre, d in direcciones.items()}
    return {n: (con_tres[n], con_doce[n]) for n in direcciones if con_doce[n] > con_tres[n]}

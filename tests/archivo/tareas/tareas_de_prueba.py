"""Tareas que usan las pruebas. Dejan su huella en `Area`, una tabla cualquiera con clave única."""

import os
from pathlib import Path

from django.db import OperationalError
from django.tasks import task

from archivo.identidad.puerta import Area
from archivo.tareas.puerta import Reintentar, anotar_fallas, avanzar, cancelado
from tests.servidores.espera import hasta_que


@task()
def anotar(clave: str, nombre: str = "x") -> dict:
    Area.objects.get_or_create(clave=clave, defaults={"nombre": nombre})
    return {"clave": clave}


@task(takes_context=True)
def con_contexto(context) -> int:
    return context.attempt


@task()
def romper() -> None:
    raise ValueError("no hay tal cosa")


@task()
def devolver_algo_raro() -> object:
    return object()


@task()
def aun_no() -> None:
    raise Reintentar("el servidor de sellos no contesta")


@task()
def base_ocupada() -> None:
    raise OperationalError("database is locked")


@task()
async def asincrona(numero: int) -> int:
    return numero * 2


@task(queue_name="pesada")
def contar(hasta: int) -> int:
    for n in range(hasta):
        avanzar(n, hasta, f"voy en {n}")
        if cancelado():
            return n
    avanzar(hasta, hasta, "listo")
    return hasta


@task()
def esperar_archivo(ruta: str, avisar_en: str) -> str:
    """Avisa que empezó y no termina hasta que aparezca `ruta`."""
    Path(avisar_en).write_text(str(os.getpid()))
    hasta_que(Path(ruta).exists, plazo=60)
    return "visto"


@task()
def sumar_una(clave: str) -> None:
    """Cuenta cuántas veces corrió: `nombre` es el contador."""
    area, _ = Area.objects.get_or_create(clave=clave, defaults={"nombre": "0"})
    Area.objects.filter(pk=area.pk).update(nombre=str(int(area.nombre) + 1))


@task()
def a_medias(cuantas: int) -> int:
    """Cuenta hasta diez y no puede con las primeras `cuantas`."""
    anotar_fallas((f"fila {n}", "=falta la fecha") for n in range(1, cuantas + 1))
    avanzar(10, 10)
    return 10 - cuantas

"""Cortar como trabajo: con avance a la vista y sin que nadie espere."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Reintentar
from memoria_anual.cortes.comparadas import guardar_comparacion
from memoria_anual.cortes.congelar import cortar
from memoria_anual.cortes.models import Corte
from memoria_anual.indicadores.puerta import leer_periodo
from search import SearchError

ENTRE_INTENTOS = timedelta(minutes=2)


@contextmanager
def con_buscador() -> Iterator[None]:
    """Si un indicador propio pregunta al buscador y no contesta, se intenta otra vez: no se corta ni se compara a medias."""
    try:
        yield
    except SearchError as error:
        raise Reintentar("Un indicador propio pregunta al buscador y no contestó. No se guardó nada.", ENTRE_INTENTOS) from error


@task(queue_name="pesada")
def cortar_periodo(periodo: str, actor_id: int, motivo: str = "") -> dict[str, Any]:
    """Congela las cifras del periodo a nombre de esa persona. Repetirla hace otro corte: los cortes no se pisan."""
    with con_buscador():
        corte = cortar(leer_periodo(periodo), Usuario.objects.get(pk=actor_id), motivo)
    return {"corte": corte.pk, "hash": corte.hash, "elementos": corte.elementos_total}


@task(queue_name="pesada")
def comparar_corte(pk: int, con: int | None) -> dict[str, Any]:
    """Compara un corte con otro, o con lo de ahora, y guarda lo hallado. Puede correr dos veces: queda la última."""
    corte = Corte.objects.get(pk=pk)
    with con_buscador():
        hecha = guardar_comparacion(corte, Corte.objects.get(pk=con) if con else None)
    return {"corte": corte.pk, "cifras_que_cambiaron": len(hecha.cifras), "cambios": hecha.cambios.count()}

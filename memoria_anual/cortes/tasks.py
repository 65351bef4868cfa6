"""Cortar como trabajo: con avance a la vista y sin que nadie espere."""

from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from memoria_anual.cortes.comparadas import guardar_comparacion
from memoria_anual.cortes.congelar import cortar
from memoria_anual.cortes.models import Corte
from memoria_anual.indicadores.puerta import leer_periodo


@task(queue_name="pesada")
def cortar_periodo(periodo: str, actor_id: int, motivo: str = "") -> dict[str, Any]:
    """Congela las cifras del periodo a nombre de esa persona. Repetirla hace otro corte: los cortes no se pisan."""
    corte = cortar(leer_periodo(periodo), Usuario.objects.get(pk=actor_id), motivo)
    return {"corte": corte.pk, "hash": corte.hash, "elementos": corte.elementos_total}


@task(queue_name="pesada")
def comparar_corte(pk: int, con: int | None) -> dict[str, Any]:
    """Compara un corte con otro, o con lo de ahora, y guarda lo hallado. Puede correr dos veces: queda la última."""
    corte = Corte.objects.get(pk=pk)
    hecha = guardar_comparacion(corte, Corte.objects.get(pk=con) if con else None)
    return {"corte": corte.pk, "cifras_que_cambiaron": len(hecha.cifras), "cambios": hecha.cambios.count()}

"""Cortar como trabajo: con avance a la vista y sin que nadie espere."""

from typing import Any

from django.tasks import task

from archivo.identidad.puerta import Usuario
from memoria_anual.cortes.congelar import cortar
from memoria_anual.indicadores.puerta import leer_periodo


@task(queue_name="pesada")
def cortar_periodo(periodo: str, actor_id: int, motivo: str = "") -> dict[str, Any]:
    """Congela las cifras del periodo a nombre de esa persona. Repetirla hace otro corte: los cortes no se pisan."""
    corte = cortar(leer_periodo(periodo), Usuario.objects.get(pk=actor_id), motivo)
    return {"corte": corte.pk, "hash": corte.hash, "elementos": corte.elementos_total}

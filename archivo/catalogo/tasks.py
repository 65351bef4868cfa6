"""Timbres: reciben una llave y llaman al servicio."""

from django.tasks import task

from archivo.catalogo.models import CambioEnLote
from archivo.catalogo.servicios import en_lote
from archivo.catalogo.servicios.autoridades_parecidas import buscar_duplicados
from archivo.tareas.puerta import avanzar


@task(queue_name="pesada")
def comparar_autoridades(clase: str) -> int:
    """Busca posibles duplicados entre las autoridades de una clase; puede correr dos veces. Devuelve las parejas por revisar."""
    avanzar(0, None, "Comparando nombres…")
    return buscar_duplicados(clase, lambda parejas: avanzar(mensaje=f"{parejas:,} parejas parecidas hasta ahora"))


@task(queue_name="pesada")
def aplicar_en_lote(pk: int) -> dict[str, int]:
    """Aplica lo pendiente de un cambio en lote; puede correr dos veces. Devuelve el recuento por estado."""
    return en_lote.aplicar_cambio(CambioEnLote.objects.get(pk=pk))


@task(queue_name="pesada")
def deshacer_en_lote(pk: int) -> dict[str, int]:
    """Deshace lo aplicado que nadie tocó después; puede correr dos veces."""
    return en_lote.deshacer_cambio(CambioEnLote.objects.get(pk=pk))

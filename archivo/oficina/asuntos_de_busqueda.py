"""Lo que aporta a la bandeja el índice de búsqueda: los elementos que no aceptó, para quien administra."""

from collections.abc import Collection, Iterator
from typing import Any

from django.urls import reverse

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import rechazados
from archivo.oficina.asuntos import COLUMNAS, POR_LEER, como_se_nombra
from archivo.oficina.vistas.ingresos import enlace_a
from archivo.registros import Asunto, asuntos


@asuntos("busqueda", "La búsqueda no los halla", orden=25)
def sin_hallar(lector: Lector, usuario: Any, de: Collection[int]) -> Iterator[Asunto]:
    """Los elementos que el índice no aceptó, con el motivo y la hora del siguiente intento."""
    if usuario.pk not in de or not lector.tiene_en_todo("administracion"):
        return
    filas = rechazados()[:POR_LEER]
    visibles = Item.objects.visibles_para(lector).filter(pk__in=[f.item_id for f in filas]).only(*COLUMNAS)
    items = {item.pk: item for item in visibles.prefetch_related("nombradas")}
    for fila in filas:
        item = items.get(fila.item_id)
        yield Asunto(
            clave=f"indice:{fila.item_id}",
            titulo=como_se_nombra(item) if item else "Un elemento que usted no puede abrir",
            que_hacer=_que_hacer(fila.motivo if item else ""),
            desde=fila.creado,
            direccion=enlace_a(item, usuario) if item else reverse("oficina_bandeja"),
            de_quien=usuario.pk,
            urgencia=2,
        )


def _que_hacer(motivo: str) -> str:
    """Con el motivo tal como lo dio el motor, que es lo que soporte necesita; de lo que no se puede abrir, sin él: puede citarlo."""
    con_el = f" con este motivo: «{motivo}»" if motivo else ""
    return f"El índice no lo acepta. Corrija el dato o avise a soporte{con_el}. Se intentará otra vez solo."

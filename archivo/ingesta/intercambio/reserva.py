"""Qué clases de un fondo recibido no puede ver una persona: su acceso vino con ellas, y el cuadro se lee en la oficina."""

from archivo.archivistica.puerta import CuadroClasificacion
from archivo.catalogo.puerta import NIVELES, senas
from archivo.identidad.puerta import Lector
from archivo.ingesta.intercambio.recoleccion import area_que_recibio
from archivo.ingesta.models import UnidadRecibida


def clases_ocultas(cuadro: CuadroClasificacion, lector: Lector) -> frozenset[int]:
    """Las llaves de las clases de ese cuadro que esa persona no puede ver; ninguna, si es un cuadro propio.

    El acceso de una unidad ya lleva el de todas las que la contienen: si se oculta una clase, se ocultan las de adentro.
    """
    filas = UnidadRecibida.objects.filter(instrumento__cuadro=cuadro, nivel__isnull=False).exclude(
        acceso__in=["publico", "restringido_derechos", "interno"]
    )
    cerradas = list(filas.values_list("nivel_id", "acceso"))
    if not cerradas:
        return frozenset()
    area = area_que_recibio(cuadro)
    suyas = lector.fichas()
    return frozenset(pk for pk, acceso in cerradas if not senas(NIVELES[acceso].ficha, area) & suyas)

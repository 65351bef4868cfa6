"""Sin motor de búsqueda: el folio y las palabras del título, preguntados a la base. No hay facetas, ni texto, ni relevancia."""

from django.db.models import Q

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import por_titulo
from archivo.portal.puerta import leer_consulta
from buscador import hallazgos
from buscador.folios import folio_de
from buscador.respuesta import Resultado

CUANTOS = 20


def por_folio_y_titulo(texto: str, lector: Lector) -> list[Resultado]:
    """Hasta veinte elementos que esa persona puede ver, con ese folio o esas palabras en el título; lo más nuevo primero."""
    visibles = Item.objects.visibles_para(lector)
    claves = list(visibles.filter(_del_folio(texto)).order_by("-pk").values_list("clave", flat=True)[:CUANTOS])
    claves += [c for c in por_titulo(visibles, texto, CUANTOS) if c not in claves]
    return hallazgos.resultados(claves[:CUANTOS], {}, leer_consulta(texto), lector)


def _del_folio(texto: str) -> Q:
    limpio = " ".join(texto.split())
    pedido = Q(folio=limpio) | Q(clave=limpio.lower()) if limpio else Q(pk__in=[])
    leido = folio_de(limpio)
    if leido is None:
        return pedido
    numero, anio = leido
    return pedido | (Q(numero=numero, anio_numero=anio) if anio else Q(numero=numero))

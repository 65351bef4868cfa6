"""«Resultado 3 de 128»: de la dirección de un elemento a su lugar en la búsqueda de la que se viene.

El estado viaja entero en la dirección (la búsqueda y `resultado`, el lugar desde 1): ni sesión ni galleta. La búsqueda se
repite con los permisos de quien mira, así que sólo cuenta y ofrece lo que hoy puede ver.
"""

import logging

from django.http import HttpRequest

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector, lector_de
from archivo.indexacion.puerta import anotar_falla, motor
from archivo.portal.puerta import entero
from archivo.registros import Recorrido, recorrido
from buscador import direcciones
from buscador.peticion import Peticion
from buscador.servicios import pedido_entero
from search import Place, SearchError, place_of

bitacora = logging.getLogger("archivo.busqueda")

PARAMETRO = "resultado"


def cola_de(peticion: Peticion, posicion: int) -> str:
    """Los parámetros que llevan a un elemento sabiendo de qué búsqueda viene y en qué lugar estaba."""
    return direcciones.cola(peticion, pagina=1, **{PARAMETRO: str(posicion)})


@recorrido
def recorrido_de(request: HttpRequest, clave: str) -> Recorrido | None:
    """El lugar del elemento y sus vecinos; sin lugar si la lista cambió o el motor no está, y None si no se viene de una búsqueda."""
    posicion = entero(request.GET.get(PARAMETRO), 0)
    if not posicion:
        return None
    datos = request.GET.copy()
    datos.pop(PARAMETRO)
    peticion = direcciones.leer(datos).peticion
    lector = lector_de(request.user)
    try:
        hallado = place_of(motor(), pedido_entero(peticion, lector), clave, hint=posicion)
    except SearchError as error:
        anotar_falla(bitacora, "No se pudo ubicar un documento en su búsqueda", error)
        return Recorrido(_lista_en(peticion, posicion), cola_de(peticion, posicion), sin_motor=True)
    return _paseo(peticion, lector, hallado or Place(0, 0, "", ""), posicion)


def _lista_en(peticion: Peticion, posicion: int) -> str:
    """La dirección de la página de resultados que tiene ese lugar."""
    return direcciones.direccion(peticion, pagina=(posicion - 1) // peticion.tamano + 1, tras="")


def _paseo(peticion: Peticion, lector: Lector, hallado: Place, posicion: int) -> Recorrido:
    """El lugar, con los vecinos que la base confirma que esa persona puede ver."""
    visibles = Item.objects.visibles_para(lector).filter(clave__in=[hallado.previous, hallado.following]).only("clave")
    hacia = {i.clave: i.get_absolute_url() for i in visibles}
    aqui = hallado.position or posicion
    return Recorrido(
        _lista_en(peticion, aqui),
        cola_de(peticion, aqui),
        hallado.position,
        hallado.total,
        hacia[hallado.previous] + cola_de(peticion, aqui - 1) if hallado.previous in hacia else "",
        hacia[hallado.following] + cola_de(peticion, aqui + 1) if hallado.following in hacia else "",
    )

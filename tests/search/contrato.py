"""Lo que todo motor cumple. No tiene motor propio: cada prueba de motor hereda de `ContratoDelMotor` y dice cómo abrir el suyo.

Lo que ve un lector se compara con el motor de referencia lleno *sólo* de lo que ese lector puede ver: así, cualquier número,
sugerencia o corrección que delate algo ajeno es una diferencia.
"""

from tests.search.contrato_base import PUBLICO, claves, nodo, publico
from tests.search.contrato_cercania import Cercania
from tests.search.contrato_escritura import Escritura
from tests.search.contrato_exactitud import Exactitud
from tests.search.contrato_lectura import Lectura
from tests.search.contrato_orden import Orden
from tests.search.contrato_paginas import Paginas
from tests.search.contrato_sinonimos import Sinonimos
from tests.search.contrato_tramos import Tramos

__all__ = ["PUBLICO", "ContratoDelMotor", "claves", "nodo", "publico"]


class ContratoDelMotor(Cercania, Exactitud, Lectura, Orden, Paginas, Sinonimos, Tramos, Escritura):
    """Heredar y definir `abrir`."""

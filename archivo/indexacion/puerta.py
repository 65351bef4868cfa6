"""La puerta de indexacion: lo único que los demás usan de aquí."""

from archivo.indexacion.esquema import campos_de_consulta, dicho, es_filtro, esquema, etiquetas, reservados
from archivo.indexacion.models import GrupoDeSinonimos
from archivo.indexacion.motor import ambito_de, ambito_publico, con_plazo, motor
from archivo.indexacion.parecidos import posibles_duplicados
from archivo.indexacion.servicios import EstadoDelIndice, IndiceOcupado, asegurar, estado, poner_al_dia, reconstruir, verificar
from archivo.indexacion.sinonimos import con_sinonimos

__all__ = [
    "EstadoDelIndice",
    "GrupoDeSinonimos",
    "IndiceOcupado",
    "ambito_de",
    "ambito_publico",
    "asegurar",
    "campos_de_consulta",
    "con_plazo",
    "con_sinonimos",
    "dicho",
    "es_filtro",
    "esquema",
    "estado",
    "etiquetas",
    "motor",
    "poner_al_dia",
    "posibles_duplicados",
    "reconstruir",
    "reservados",
    "verificar",
]

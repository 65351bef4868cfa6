"""La puerta de indexacion: lo único que los demás usan de aquí."""

from archivo.indexacion.consulta import LARGO_DE_CONSULTA, leer_consulta
from archivo.indexacion.esquema import campos_de_consulta, dicho, es_filtro, esquema, etiquetas, reservados
from archivo.indexacion.fallas import anotar_falla
from archivo.indexacion.models import GrupoDeSinonimos
from archivo.indexacion.motor import ambito_de, ambito_publico, con_plazo, motor
from archivo.indexacion.parecidos import posibles_duplicados
from archivo.indexacion.rechazos import rechazados
from archivo.indexacion.respaldo import por_titulo
from archivo.indexacion.servicios import EstadoDelIndice, IndiceOcupado, asegurar, estado, poner_al_dia, reconstruir, verificar

__all__ = [
    "LARGO_DE_CONSULTA",
    "EstadoDelIndice",
    "GrupoDeSinonimos",
    "IndiceOcupado",
    "ambito_de",
    "ambito_publico",
    "anotar_falla",
    "asegurar",
    "campos_de_consulta",
    "con_plazo",
    "dicho",
    "es_filtro",
    "esquema",
    "estado",
    "etiquetas",
    "leer_consulta",
    "motor",
    "poner_al_dia",
    "por_titulo",
    "posibles_duplicados",
    "rechazados",
    "reconstruir",
    "reservados",
    "verificar",
]

"""La puerta del portal: lo que el buscador reutiliza para leer, marcar y dibujar igual que las páginas de elemento."""

from archivo.portal.errores import servicio_no_disponible, sin_servicio_para_programas
from archivo.portal.lectura import LecturaSinConstancia, Visita
from archivo.portal.marcas import LARGO_DE_CONSULTA, Segmentos, leer_consulta, segmentos
from archivo.portal.palabras import miles
from archivo.portal.portada import tiene_imagen
from archivo.portal.seguridad import sin_indexar
from archivo.portal.views.peticion import con_constancia, entero, visita_de

__all__ = [
    "LARGO_DE_CONSULTA",
    "LecturaSinConstancia",
    "Segmentos",
    "Visita",
    "con_constancia",
    "entero",
    "leer_consulta",
    "miles",
    "segmentos",
    "servicio_no_disponible",
    "sin_indexar",
    "sin_servicio_para_programas",
    "tiene_imagen",
    "visita_de",
]

"""Freno a quien pide o prueba códigos muchas veces seguidas desde un lugar."""

from archivo.identidad.puerta import Freno

AL_PEDIR = Freno("pedir", tope=10, ventana=60 * 60)
"""Solicitudes hechas desde el sitio."""
AL_SEGUIR = Freno("seguir", tope=12, ventana=15 * 60)
"""Códigos de seguimiento equivocados."""

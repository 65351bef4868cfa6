"""La puerta de la operación: lo que el lanzador usa para hablarle a una persona."""

from archivo.operacion.frases import INUTILIZABLE, de_base, sin_preparar

__all__ = ["INUTILIZABLE", "de_base", "sin_preparar"]

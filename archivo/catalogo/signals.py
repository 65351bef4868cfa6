"""Avisos hacia arriba. Se envían dentro de la transacción que cambia las filas."""

from django.dispatch import Signal

elementos_cambiados = Signal()
"""`ids`: claves primarias de Item cuyo contenido, acceso o estado cambió (también borrados); `revoca`: alguien dejó de verlos."""

"""Aviso hacia arriba de todo cambio en lo que alguien puede hacer; se envía dentro de la transacción que lo cambia."""

from django.dispatch import Signal

permiso_cambiado = Signal()
"""`clase` (`nombramiento.dado`), `usuario` (a quién), `actor` (quién, o None: el sistema), `motivo` y `detalle` (dict para JSON)."""
permiso_negado = Signal()
"""Los mismos argumentos: alguien quiso cambiar un permiso y no procedía; `detalle["razon"]` lo dice."""

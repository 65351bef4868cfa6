"""La puerta de reglas: lo único que los demás pisos usan de aquí."""

__all__: list[str] = []

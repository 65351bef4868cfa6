"""La puerta de solicitudes: lo único que los demás pisos usan de aquí."""

__all__: list[str] = []

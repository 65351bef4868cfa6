"""Búsquedas guardadas y avisos por correo de lo nuevo que responde a ellas."""

"""Copias certificadas: de la solicitud a la verificación pública."""

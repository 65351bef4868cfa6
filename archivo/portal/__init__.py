"""Las páginas públicas: portada, elemento, descargas y errores."""

"""Las vistas públicas: cada una lee la petición, llama a un servicio y dibuja."""

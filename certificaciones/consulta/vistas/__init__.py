"""Las páginas públicas de las copias certificadas."""

"""Las páginas públicas: pedir una copia, verificarla, leer el registro."""

"""Los indicadores: reglas de conteo declaradas y la lista exacta que cada una cuenta."""

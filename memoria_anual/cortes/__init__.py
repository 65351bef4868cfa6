"""Los cortes: cifras congeladas con la lista de lo que las forma."""

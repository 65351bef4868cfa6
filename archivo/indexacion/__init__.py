"""Del elemento al índice de búsqueda: qué se indexa, para quién, y la cola de cambios."""

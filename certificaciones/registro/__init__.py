"""El registro de lo expedido: asientos encadenados, árbol de Merkle y puntos de control."""

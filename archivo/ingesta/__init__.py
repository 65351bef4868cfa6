"""El camino de un archivo al catálogo: detectar, inspeccionar, extraer, describir, catalogar."""

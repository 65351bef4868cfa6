"""Búsqueda pública y de la oficina: formularios, resultados, facetas, sugerencias y canales."""

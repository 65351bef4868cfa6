"""Instrumentos de descripción de otros archivos: ISAD(G) en CSV de AtoM, EAD 2002 y EAD3, de entrada y de salida."""

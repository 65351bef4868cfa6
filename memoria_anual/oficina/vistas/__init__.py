"""Las pantallas de las cifras: indicadores, cortes, metas, mediciones e indicadores propios."""

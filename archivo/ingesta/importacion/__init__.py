"""Importar filas: leer, traducir, catalogar por lotes. Repetir no duplica; interrumpir no deja nada a medias."""

"""Funciones que abren originales para hacer derivados. Corren en el proceso aislado: no importan Django."""

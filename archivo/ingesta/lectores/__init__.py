"""Funciones que abren lo que llegó de fuera. Corren en el proceso aislado: no importan Django."""

"""Trabajo de fondo que no se pierde: cola en la base de datos y su avance a la vista."""

"""Composición del proyecto: sólo cadenas, para que nada dependa de quien compone."""

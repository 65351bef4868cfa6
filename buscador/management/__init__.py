"""Órdenes del buscador."""

"""Sacar una búsqueda entera: CSV, hoja de cálculo, JSON Lines, BibTeX y RIS."""

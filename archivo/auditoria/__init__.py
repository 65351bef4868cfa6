"""Sucesos que sólo se agregan, sellados en una cadena: quién hizo, vio o fue rechazado."""

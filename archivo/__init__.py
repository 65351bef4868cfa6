"""Acervo: el archivo documental de una oficina de comunicación social."""

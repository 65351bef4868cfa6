"""Las pantallas de la oficina dentro de Wagtail."""

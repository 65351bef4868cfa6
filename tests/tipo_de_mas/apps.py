from django.apps import AppConfig


class TipoDeMasConfig(AppConfig):
    """Las maquetas, un tipo de elemento de prueba."""

    name = "tests.tipo_de_mas"
    label = "tipo_de_mas"

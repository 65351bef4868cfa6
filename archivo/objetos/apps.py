from django.apps import AppConfig


class ObjetosConfig(AppConfig):
    """Originales inmutables por SHA-256, sus derivados y la verificación de que siguen íntegros."""

    name = "archivo.objetos"
    label = "objetos"
    default_auto_field = "django.db.models.BigAutoField"

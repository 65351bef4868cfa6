from django.apps import AppConfig


class IdentidadConfig(AppConfig):
    """Quién es quién: institución, áreas, roles con vigencia y enlaces de acceso."""

    name = "archivo.identidad"
    label = "identidad"
    default_auto_field = "django.db.models.BigAutoField"

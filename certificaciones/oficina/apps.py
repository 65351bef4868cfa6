from django.apps import AppConfig


class OficinaDeCertificacionesConfig(AppConfig):
    """Las pantallas de quien solicita, coteja y certifica, dentro de la oficina."""

    name = "certificaciones.oficina"
    label = "oficina_de_certificaciones"
    default_auto_field = "django.db.models.BigAutoField"

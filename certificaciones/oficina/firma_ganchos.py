"""Las direcciones de la firma con e.firma."""

from django.urls import URLPattern, path
from wagtail import hooks

from certificaciones.oficina.vistas import firma


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """La página, lo que pregunta y la copia que se está por firmar."""
    base = "certificaciones/firma/"
    return [
        path(base, firma.pagina, name="certificaciones_firma"),
        path(f"{base}una/<slug:clave>/", firma.una, name="oficina_certificacion_firmar"),
        path(f"{base}certificado/", firma.certificado, name="certificaciones_firma_certificado"),
        path(f"{base}preparar/", firma.preparar, name="certificaciones_firma_preparar"),
        path(f"{base}completar/", firma.completar, name="certificaciones_firma_completar"),
        path(f"{base}abandonar/", firma.abandonar, name="certificaciones_firma_abandonar"),
        path(f"{base}copia/<slug:testigo>/", firma.copia, name="certificaciones_firma_copia"),
    ]

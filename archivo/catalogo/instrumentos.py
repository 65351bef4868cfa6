"""Los instrumentos con que nace un catálogo. Son datos: se editan después en la oficina."""

from archivo.catalogo.models import Item, SerieDeNumeracion

SERIES = {
    "boletin": "Boletín",
    "comunicado": "Comunicado",
    "tarjeta-informativa": "Tarjeta informativa",
    "invitacion": "Invitación",
    "fe-de-erratas": "Fe de erratas",
    "conferencia-prensa": "Conferencia de prensa",
    "version-estenografica": "Versión estenográfica",
    "discurso": "Discurso",
    "entrevista": "Entrevista",
}


def series_de_numeracion() -> None:
    """Las series de numeración de una oficina de comunicación social. Las que ya existen no se tocan."""
    for clave, nombre in SERIES.items():
        SerieDeNumeracion.objects.get_or_create(clave=clave, defaults={"nombre": nombre})


def serie_de(clave: str) -> SerieDeNumeracion:
    """La serie con esa clave; si no existe se da de alta con su nombre conocido, o con el que dice la clave."""
    nombre = SERIES.get(clave, clave.replace("-", " ").capitalize())
    return SerieDeNumeracion.objects.get_or_create(clave=clave, defaults={"nombre": nombre})[0]


def cuantos_elementos() -> int:
    """Cuántos elementos hay en el archivo."""
    return Item.objects.count()

"""Cómo se llaman, para las personas, las opciones de una lista: las claves son del producto; los nombres, de cada oficina."""

from django.apps import apps

PREDETERMINADOS: dict[str, tuple[tuple[str, str], ...]] = {
    "valoracion": (("positiva", "Positiva"), ("informativa", "Informativa"), ("negativa", "Negativa")),
}


def rotulos(lista: str) -> list[tuple[str, str]]:
    """Las opciones de una lista con el nombre que esta oficina les dio. Una consulta."""
    propios = dict(apps.get_model("catalogo", "Rotulo").objects.filter(lista=lista).values_list("clave", "nombre"))
    return [(clave, propios.get(clave, nombre)) for clave, nombre in PREDETERMINADOS[lista]]


def claves_con_nombre() -> list[tuple[str, str]]:
    """Las claves que se pueden renombrar, con su nombre de fábrica; las de cada lista, juntas."""
    return [(clave, nombre) for opciones in PREDETERMINADOS.values() for clave, nombre in opciones]


def rotulo(lista: str, clave: str) -> str:
    """Cómo se llama aquí una opción."""
    return dict(rotulos(lista)).get(clave, clave)

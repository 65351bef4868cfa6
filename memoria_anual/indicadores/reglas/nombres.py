"""Cómo se llaman las porciones que se guardan por su fila."""

from collections.abc import Collection, Mapping

from archivo.catalogo.puerta import Autoridad


def nombres_de_medios(claves: Collection[str]) -> Mapping[str, str]:
    """El nombre de cada medio, por su fila como texto. Una consulta."""
    llaves = [int(c) for c in claves if c]
    nombres = Autoridad.objects.filter(pk__in=llaves).values_list("pk", "nombre")
    return {"": "Sin medio"} | {str(pk): nombre for pk, nombre in nombres}

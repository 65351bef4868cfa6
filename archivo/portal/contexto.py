"""Lo que toda plantilla pública necesita saber."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from archivo.identidad.puerta import institucion as la_institucion
from archivo.portal.identidad_grafica import hoja_de_identidad, version_de


def institucion(request: HttpRequest) -> dict[str, Any]:
    """La institución dueña del archivo, para cabecera y pie; su identidad gráfica y la veda. Una consulta, si se usa."""
    duena = SimpleLazyObject(la_institucion)
    return {
        "institucion": duena,
        "en_veda": SimpleLazyObject(lambda: bool(duena.identidad.get("veda"))),
        "version_de_identidad": SimpleLazyObject(lambda: version_de(hoja_de_identidad(duena.identidad))),
    }

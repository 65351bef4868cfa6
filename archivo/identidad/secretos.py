"""Lo que una dirección lleva en secreto: quien la lee puede abrir lo que abre, y la bitácora no la dice entera."""

import logging
import re
from typing import Any

from django.urls.converters import StringConverter

CUBIERTO = "…"
_SECRETOS = re.compile(r"<secreto:(\w+)>")


class SecretoConverter(StringConverter):
    """`<secreto:codigo>`: un tramo de la dirección que abre algo a quien lo tiene (enlace de acceso, de auditoría, de entrega)."""


class SinSecretos(logging.Filter):
    """Cubre, en lo que se anota de una petición, los tramos que sus direcciones declaran secretos."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Siempre se escribe; sólo cambia lo que dice."""
        if secretos := _secretos_de(getattr(record, "request", None)):
            record.msg, record.args = _cubierto(record.getMessage(), secretos), ()
        return True


def _secretos_de(peticion: Any) -> list[str]:
    dada = getattr(peticion, "resolver_match", None)
    return [str(dada.kwargs[nombre]) for nombre in _SECRETOS.findall(dada.route)] if dada else []


def _cubierto(dicho: str, secretos: list[str]) -> str:
    for secreto in secretos:
        dicho = dicho.replace(secreto, CUBIERTO)
    return dicho

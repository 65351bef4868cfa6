"""La misma dirección escrita de otro modo: con rastreo, con `www.`, con ancla o con la diagonal de más."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from courlan import normalize_url
from django.db import models


def direccion_llana(url: str) -> str:
    """La dirección sin lo que no cambia a dónde lleva: protocolo, `www.`, parámetros de rastreo, ancla y diagonal final."""
    try:
        partes = urlsplit(normalize_url(url.strip()))
        servidor = (partes.hostname or "").removeprefix("www.").removeprefix("m.")
        puerto = f":{partes.port}" if partes.port and partes.port not in {80, 443} else ""
    except ValueError:
        return url.strip()
    consulta = f"?{partes.query}" if partes.query else ""
    return f"{servidor}{puerto}{partes.path.rstrip('/')}{consulta}"


def huella_de_url(url: str) -> str:
    """SHA-256 de la dirección llana; vacía si no hay dirección."""
    return hashlib.sha256(direccion_llana(url).encode()).hexdigest() if url.strip() else ""


class HuellaDeUrlField(models.CharField):
    """La huella de `url`, calculada al guardar, también por lotes: para hallar la misma nota con un índice corto."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"max_length": 64, "blank": True, "editable": False, "db_index": True} | kwargs))

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 - la firma es de Django
        """La huella de la dirección que se guarda."""
        huella = huella_de_url(model_instance.url)
        setattr(model_instance, self.attname, huella)
        return huella

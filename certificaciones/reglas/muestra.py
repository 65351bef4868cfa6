"""Los tabuladores y los modelos de texto con que llega el producto: de muestra, y señalados así hasta que alguien los revise."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from certificaciones.reglas.models import Tabulador, Tarifa, TextoDeCertificacion, ValorUma

CARPETA = Path(__file__).parent / "datos"
_EN_DECIMAL = ("monto", "factor_uma")


def _leer(nombre: str) -> dict[str, Any]:
    return tomllib.loads((CARPETA / nombre).read_text(encoding="utf-8"))


@transaction.atomic
def cargar_reglas_de_muestra() -> None:
    """Carga lo que falte: los tabuladores si no hay ninguno, los textos si no hay ninguno. Lo que ya hay no se toca."""
    if not Tabulador.objects.exists():
        _cargar_tabuladores(_leer("tabuladores_de_muestra.toml"))
    if not TextoDeCertificacion.objects.exists():
        _cargar_textos(_leer("textos_de_muestra.toml"))


def _cargar_tabuladores(datos: Mapping[str, Any]) -> None:
    for fila in datos["tabuladores"]:
        propio = {c: v for c, v in fila.items() if c != "tarifas"}
        tabulador = Tabulador.objects.create(**propio, es_muestra=True)
        for tarifa in fila["tarifas"]:
            en_decimal = {c: Decimal(tarifa[c]) for c in _EN_DECIMAL if c in tarifa}
            Tarifa.objects.create(tabulador=tabulador, **(tarifa | en_decimal))
    for fila in datos["uma"]:
        ValorUma.objects.create(**(fila | {"valor": Decimal(fila["valor"])}), es_muestra=True)


def _cargar_textos(datos: Mapping[str, Any]) -> None:
    for fila in datos["textos"]:
        propio = {c: v for c, v in fila.items() if c != "que"}
        cuerpo = "\n\n".join(parte.strip() for parte in (datos["encabezado"], fila["que"], datos["cierre"]))
        TextoDeCertificacion.objects.create(**propio, cuerpo=cuerpo, vigente_desde=datos["vigente_desde"], es_muestra=True)

"""Los tabuladores, los calendarios y los textos con que llega el producto: de muestra, y señalados así hasta que alguien los revise."""

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from certificaciones.reglas.models import (
    Calendario,
    DescansoAnual,
    Tabulador,
    Tarifa,
    TextoDeAviso,
    TextoDeCertificacion,
    ValorUma,
)

CARPETA = Path(__file__).parent / "datos"
_EN_DECIMAL = ("monto", "factor_uma")


def _leer(nombre: str) -> dict[str, Any]:
    return tomllib.loads((CARPETA / nombre).read_text(encoding="utf-8"))


@transaction.atomic
def cargar_reglas_de_muestra() -> None:
    """Carga lo que falte: los tabuladores si no hay ninguno, y así los textos, los calendarios y los avisos. Lo que ya hay no se toca."""
    if not Tabulador.objects.exists():
        _cargar_tabuladores(_leer("tabuladores_de_muestra.toml"))
    if not TextoDeCertificacion.objects.exists():
        _cargar_textos(_leer("textos_de_muestra.toml"))
    if not Calendario.objects.exists():
        _cargar_calendarios(_leer("calendarios_de_muestra.toml"))
    if not TextoDeAviso.objects.exists():
        TextoDeAviso.objects.bulk_create(avisos_de_muestra())


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


def _cargar_calendarios(datos: Mapping[str, Any]) -> None:
    for fila in datos["calendarios"]:
        propio = {c: v for c, v in fila.items() if c != "descansos"}
        calendario = Calendario.objects.create(**propio, es_muestra=True)
        for descanso in fila["descansos"]:
            DescansoAnual.objects.create(calendario=calendario, **({"vigente_desde": date(2000, 1, 1)} | descanso))


def avisos_de_muestra() -> list[TextoDeAviso]:
    """Los textos de aviso con que llega el producto, sin guardar."""
    datos = _leer("avisos_de_muestra.toml")
    comun = {"vigente_desde": datos["vigente_desde"], "es_muestra": True}
    return [TextoDeAviso(**(fila | comun | {"cuerpo": fila["cuerpo"].strip()})) for fila in datos["avisos"]]

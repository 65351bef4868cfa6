"""La forma canónica de un corte y su huella: el mismo contenido da siempre los mismos bytes, en cualquier base y máquina.

Un renglón JSON por cosa (claves en orden, sin espacios, UTF-8): primero el corte, después sus cifras en orden, después sus
elementos en orden. La huella es el SHA-256 de esos renglones unidos con saltos de línea.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC
from decimal import Decimal
from typing import Any

from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.indicadores.puerta import Renglon

_DE_CIFRA = (
    "orden", "clave", "nombre", "unidad", "semantica", "medida", "regla", "elementos", "anterior_capturado", "capturada", "nota",
    "desgloses", "lista", "pesos",
)  # fmt: skip
_DE_ELEMENTO = ("clase", "objeto_id", "clave", "tipo", "titulo", "folio", "estado", "area", "acceso")
CENTESIMOS, DIEZMILESIMOS = Decimal("0.01"), Decimal("0.0001")


type Congelado = Renglon | ElementoDeCorte
"""Lo que se congela, al cortar y ya guardado."""


def huella(corte: Corte, cifras: Iterable[CifraDeCorte], elementos: Iterable[bytes]) -> str:
    """El SHA-256, en hexadecimal, de la forma canónica. Los elementos llegan ya como `linea_de_elemento`, en orden."""
    suma = hashlib.sha256(_linea(_de_corte(corte)))
    for cifra in cifras:
        suma.update(b"\n" + _linea(_de_cifra(cifra)))
    for linea in elementos:
        suma.update(b"\n" + linea)
    return suma.hexdigest()


def linea_de_elemento(lugar: int, elemento: Congelado) -> bytes:
    """El renglón de una cosa contada. Su lugar es `n`."""
    dicho = {campo: getattr(elemento, campo) for campo in _DE_ELEMENTO}
    return _linea(dicho | {"n": lugar, "fecha": elemento.fecha.isoformat() if elemento.fecha else None})


_codificar = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _linea(dato: dict[str, Any]) -> bytes:
    return _codificar(dato).encode()


def _de_corte(corte: Corte) -> dict[str, Any]:
    return {
        "formato": corte.formato, "periodo": corte.periodo, "desde": corte.desde.isoformat(), "hasta": corte.hasta.isoformat(),
        "momento": corte.momento.astimezone(UTC).isoformat(timespec="microseconds"), "motivo": corte.motivo,
        "elementos_total": corte.elementos_total,
    }  # fmt: skip


def _de_cifra(cifra: CifraDeCorte) -> dict[str, Any]:
    numeros = {
        "valor": fijo(cifra.valor, CENTESIMOS), "anterior": fijo(cifra.anterior, CENTESIMOS),
        "numerador": fijo(cifra.numerador, DIEZMILESIMOS), "denominador": fijo(cifra.denominador, DIEZMILESIMOS),
    }  # fmt: skip
    return numeros | {campo: getattr(cifra, campo) for campo in _DE_CIFRA}


def fijo(numero: Decimal | None, escala: Decimal) -> str | None:
    """Un número con sus decimales fijos, para que `3`, `3.0` y `3.00` sean el mismo."""
    return None if numero is None else str(numero.quantize(escala))

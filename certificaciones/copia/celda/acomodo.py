"""Dónde queda cada página original en la página nueva, y cuánto ocupa su franja."""

from dataclasses import dataclass

FRANJA = 34.0
ANCHO_MINIMO = 468.0
PLIEGO = 1_010.0
CARTA = (612.0, 792.0)
BORDE_DE_CARTA = 12.0


@dataclass(frozen=True)
class Acomodo:
    """Dónde queda el original en la página nueva: medida de ésta, lugar y escala del original, escala y borde de la franja."""

    ancho: float
    alto: float
    x: float
    y: float
    escala: float
    k: float
    pie: float


def acomodar(ancho: float, alto: float, papel: str) -> Acomodo:
    """El lugar de un original de `ancho` por `alto` puntos. En `foja` no cambia de tamaño; en `carta` cabe en la hoja impresa."""
    if papel == "carta":
        hoja = CARTA if alto >= ancho else CARTA[::-1]
        escala = min(1.0, hoja[0] / ancho, (hoja[1] - FRANJA - BORDE_DE_CARTA) / alto)
        return Acomodo(*hoja, (hoja[0] - ancho * escala) / 2, hoja[1] - alto * escala, escala, 1.0, BORDE_DE_CARTA)
    total = max(ancho, ANCHO_MINIMO)
    k = max(1.0, total / PLIEGO)
    return Acomodo(round(total, 4), round(alto + FRANJA * k, 4), (total - ancho) / 2, FRANJA * k, 1.0, round(k, 4), 0.0)

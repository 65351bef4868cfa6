"""El árbol en piezas de tamaño fijo, como las pide un espejo: los formatos `tile` y `tile/entries` de `tlog-tiles` (C2SP)."""

from certificaciones.registro.constancias import punto_de_control
from certificaciones.registro.errores import ErrorDeRegistro
from certificaciones.registro.models import Asiento, NodoDelArbol

ANCHO = 256
"""Huellas de una tesela llena."""
ALTURA = 8
"""Niveles del árbol que abarca una tesela."""


def _tramo(registro: str, altura: int, numero: int, ancho: int) -> dict[str, object]:
    """Qué filas son; `ErrorDeRegistro` si el árbol firmado no llega ahí."""
    punto, desde = punto_de_control(registro), numero * ANCHO
    if not 0 < ancho <= ANCHO or punto is None or punto.tamano >> altura < desde + ancho:
        raise ErrorDeRegistro("El registro todavía no llega ahí: pida sólo las piezas del tamaño que dice su punto de control.")
    return {"registro": registro, "indice__gte": desde, "indice__lt": desde + ancho}


def tesela(registro: str, nivel: int, numero: int, ancho: int = ANCHO) -> bytes:
    """Las huellas (32 bytes cada una) de la tesela `numero` del nivel; `ancho` menor que 256 es la parcial de ese tamaño."""
    altura = nivel * ALTURA
    tramo = _tramo(registro, altura, numero, ancho)
    if altura:
        nodos = NodoDelArbol.objects.filter(nivel=altura, **tramo).order_by("indice").values_list("huella", flat=True)
        return b"".join(map(bytes.fromhex, nodos))
    hojas = Asiento.objects.filter(**tramo).order_by("indice").values_list("huella_de_hoja", flat=True)
    return b"".join(map(bytes.fromhex, hojas))


def hojas_de_tesela(registro: str, numero: int, ancho: int = ANCHO) -> bytes:
    """Las hojas de la tesela de nivel 0, cada una tras su largo en dos bytes, el mayor primero."""
    tramo = _tramo(registro, 0, numero, ancho)
    hojas = (hoja.encode() for hoja in Asiento.objects.filter(**tramo).order_by("indice").values_list("hoja", flat=True))
    return b"".join(len(hoja).to_bytes(2, "big") + hoja for hoja in hojas)

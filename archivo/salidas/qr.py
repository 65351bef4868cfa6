"""Códigos QR como matriz de puntos, para que la plantilla los dibuje como vectores."""

import segno


def matriz_qr(texto: str) -> list[str]:
    """Renglones de «0» y «1» del código QR del texto (corrección M), con su margen de cuatro puntos."""
    codigo = segno.make(texto, error="m", micro=False)
    return ["".join("1" if punto else "0" for punto in fila) for fila in codigo.matrix_iter(border=4)]

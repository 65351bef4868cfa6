"""Freno a quien prueba códigos al azar: por dirección de red y por copia."""

from django.http import HttpRequest

from archivo.identidad.puerta import Freno, lugar_de

VENTANA = 15 * 60
CODIGOS = Freno("codigos", tope=40, ventana=VENTANA)
"""Códigos de verificación y huellas que no existen."""
SEGUNDOS_POR_LUGAR = Freno("segundos", tope=12, ventana=VENTANA)
SEGUNDOS_POR_COPIA = Freno("segundos_de_una_copia", tope=8, ventana=VENTANA)
"""Segundos códigos equivocados: también por copia, aunque cambie la dirección de red."""


def segundos_frenados(request: HttpRequest, copia: str) -> bool:
    """¿Ya falló demasiadas veces ese lugar, o demasiados lugares con esa copia?"""
    return SEGUNDOS_POR_LUGAR.puesto(lugar_de(request)) or SEGUNDOS_POR_COPIA.puesto(copia)


def anotar_segundo(request: HttpRequest, copia: str) -> None:
    """Cuenta un segundo código equivocado."""
    SEGUNDOS_POR_LUGAR.contar(lugar_de(request))
    SEGUNDOS_POR_COPIA.contar(copia)

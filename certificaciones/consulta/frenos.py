"""Freno a quien prueba códigos al azar: por dirección de red y por copia, en la memoria compartida de los procesos."""

from dataclasses import dataclass

from django.http import HttpRequest

from archivo.identidad.puerta import contar, cuentas_de

VENTANA = 15 * 60


@dataclass(frozen=True)
class Freno:
    """Cuántas fallas se toleran en quince minutos, por dirección de red y por cada cosa que se intenta."""

    nombre: str
    por_direccion: int
    por_objeto: int = 0

    def _llaves(self, request: HttpRequest, objeto: str) -> list[tuple[str, int]]:
        direccion = request.META.get("REMOTE_ADDR", "")
        llaves = [(f"freno:{self.nombre}:ip:{direccion}", self.por_direccion)]
        return [*llaves, (f"freno:{self.nombre}:de:{objeto}", self.por_objeto)] if objeto and self.por_objeto else llaves

    def puesto(self, request: HttpRequest, objeto: str = "") -> bool:
        """¿Ya falló demasiadas veces?"""
        llaves = self._llaves(request, objeto)
        cuentas = cuentas_de([llave for llave, _ in llaves])
        return any(cuenta >= tope for cuenta, (_, tope) in zip(cuentas, llaves, strict=True))

    def anotar(self, request: HttpRequest, objeto: str = "") -> None:
        """Cuenta una falla."""
        for llave, _ in self._llaves(request, objeto):
            contar(llave, VENTANA)


CODIGOS = Freno("codigos", por_direccion=40)
"""Códigos de verificación y huellas que no existen."""
SEGUNDOS_CODIGOS = Freno("segundos", por_direccion=12, por_objeto=8)
"""Segundos códigos equivocados: también por copia, aunque cambie la dirección de red."""

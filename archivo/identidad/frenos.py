"""Freno a quien repite demasiado algo caro, molesto o adivinable, en la memoria compartida de los procesos."""

import hashlib
from dataclasses import dataclass

from django.http import HttpRequest

from archivo.identidad.cuentas_de_fallas import contar, cuentas_de


class DemasiadosIntentos(Exception):
    """Se hizo demasiadas veces seguidas desde el mismo lugar."""

    def __init__(self) -> None:
        """Su mensaje dice a la persona qué hacer."""
        super().__init__("Hizo muchas consultas seguidas. Espere unos minutos y vuelva a intentar.")


def lugar_de(request: HttpRequest) -> str:
    """La dirección de red de quien pide."""
    return str(request.META.get("REMOTE_ADDR", ""))


@dataclass(frozen=True)
class Freno:
    """Hasta `tope` veces en `ventana` segundos por lugar: una dirección de red o de correo, una copia. No se guarda en claro."""

    nombre: str
    tope: int
    ventana: int

    def _llave(self, lugar: str) -> str:
        return f"freno:{self.nombre}:{hashlib.sha256(lugar.encode()).hexdigest()[:32]}"

    def puesto(self, lugar: str) -> bool:
        """¿Ya llegó al tope?"""
        return cuentas_de([self._llave(lugar)])[0] >= self.tope

    def exigir(self, lugar: str) -> None:
        """Lanza `DemasiadosIntentos` si ese lugar ya llegó al tope."""
        if self.puesto(lugar):
            raise DemasiadosIntentos

    def contar(self, lugar: str) -> int:
        """Cuenta una vez más y dice cuántas van."""
        return contar(self._llave(lugar), self.ventana)

    def rebasado(self, lugar: str) -> bool:
        """Cuenta una vez más y dice si ya son demasiadas."""
        return self.contar(lugar) > self.tope

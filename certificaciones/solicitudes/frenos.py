"""Freno a quien hace lo mismo muchas veces seguidas desde un lugar, en la memoria compartida de los procesos."""

import hashlib
from dataclasses import dataclass

from archivo.identidad.puerta import contar, cuentas_de
from certificaciones.solicitudes.errores import DemasiadosIntentos


@dataclass(frozen=True)
class Freno:
    """Hasta `tope` veces en `ventana` segundos por lugar (la dirección de quien llama, que no se guarda en claro)."""

    nombre: str
    tope: int
    ventana: int

    def _llave(self, lugar: str) -> str:
        return f"freno:{self.nombre}:{hashlib.sha256(lugar.encode()).hexdigest()[:32]}"

    def exigir(self, lugar: str) -> None:
        """Lanza `DemasiadosIntentos` si ese lugar ya llegó al tope."""
        if cuentas_de([self._llave(lugar)])[0] >= self.tope:
            raise DemasiadosIntentos

    def contar(self, lugar: str) -> None:
        """Cuenta una vez más."""
        contar(self._llave(lugar), self.ventana)


AL_PEDIR = Freno("pedir", tope=10, ventana=60 * 60)
"""Solicitudes hechas desde el sitio."""
AL_SEGUIR = Freno("seguir", tope=12, ventana=15 * 60)
"""Códigos de seguimiento equivocados."""

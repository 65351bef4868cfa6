"""Cuántas veces puede pedirse algo caro o molesto desde un mismo lugar, en la memoria compartida de los procesos."""

import hashlib
from dataclasses import dataclass

from archivo.identidad.puerta import contar


@dataclass(frozen=True)
class Freno:
    """Hasta `tope` veces en `ventana` segundos. El lugar (una dirección de red o de correo) no se guarda en claro."""

    nombre: str
    tope: int
    ventana: int

    def rebasado(self, lugar: str) -> bool:
        """Cuenta una vez más y dice si ya son demasiadas."""
        huella = hashlib.sha256(lugar.encode()).hexdigest()[:32]
        return contar(f"freno:buscador:{self.nombre}:{huella}", self.ventana) > self.tope


AL_AVISAR = Freno("avisar", tope=10, ventana=60 * 60)
"""Avisos pedidos, por dirección de red."""
POR_CORREO = Freno("correo", tope=3, ventana=24 * 60 * 60)
"""Confirmaciones mandadas a un mismo correo: nadie llena el buzón de otro."""
AL_EXPORTAR = Freno("exportar", tope=30, ventana=60 * 60)
"""Descargas directas y exportaciones encargadas, por dirección de red."""
AL_ABRIR_CUADERNO = Freno("cuaderno", tope=20, ventana=60 * 60)
"""Cuadernos nuevos, por dirección de red."""

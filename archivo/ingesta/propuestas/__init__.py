"""Lo que el propio documento dice de sí: título, fecha y número. Son propuestas; una persona las confirma."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from archivo.ingesta.propuestas.fechas import proponer_fecha
from archivo.ingesta.propuestas.numeros import proponer_numero
from archivo.ingesta.propuestas.titulos import proponer_titulo

PORTADA = 4000


@dataclass(frozen=True)
class Propuesta:
    """Lo propuesto y de dónde salió. `fecha` es EDTF (`2026-11-22`, `1987-11`, `1987`) o vacía; `*_cita`, lo leído."""

    titulo: str = ""
    titulo_de: str = ""
    fecha: str = ""
    fecha_cita: str = ""
    numero: str = ""
    numero_cita: str = ""

    def con_la_toma(self, toma: Mapping[str, Any]) -> "Propuesta":
        """Lo que una foto dice de sí vale más que su nombre de archivo: su título y el día en que se tomó."""
        dia = str(toma.get("fecha") or "")[:10]
        del_titulo = {"titulo": toma["titulo"][:200], "titulo_de": "metadatos"} if toma.get("titulo") else {}
        return replace(self, **del_titulo, **({"fecha": dia, "fecha_cita": f"la cámara: {toma['fecha']}"} if dia else {}))

    def como_dict(self) -> dict[str, str]:
        """Para guardarla con el ingreso."""
        return asdict(self)


def proponer(*, nombre: str, titulo: str = "", renglones: Sequence[tuple[str, float]] = (), texto: str = "") -> Propuesta:
    """Propuestas a partir del nombre del archivo, el título de sus metadatos, sus primeros renglones y su primera página.

    `renglones`: (texto, alto de la letra en puntos). Nunca falla: lo que no se encuentra queda vacío, salvo el título.
    """
    portada = texto[:PORTADA]
    lineas = list(renglones) or [(r.strip(), 0.0) for r in portada.splitlines() if r.strip()][:40]
    propuesto, origen = proponer_titulo(nombre, titulo, lineas)
    fecha, cita_de_fecha = proponer_fecha(portada)
    numero, cita_de_numero = proponer_numero(portada)
    return Propuesta(propuesto, origen, fecha, cita_de_fecha, numero, cita_de_numero)

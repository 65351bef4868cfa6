"""Guardar y leer originales."""

from pathlib import Path
from typing import BinaryIO

from archivo.objetos.deposito import Escrito, deposito
from archivo.objetos.models import ObjetoDigital

SIN_FORMATO = "application/octet-stream"


def guardar(origen: BinaryIO | Path, *, mime: str = SIN_FORMATO, paginas: int | None = None) -> ObjetoDigital:
    """Guarda un contenido y devuelve su objeto; el mismo contenido es siempre el mismo objeto.

    Los bytes quedan completos en disco antes de que exista la fila. `mime` y `paginas` son los que vio el lector real;
    en un objeto que ya existía no se cambian. Lanza `SinEspacio` si el disco se llena (sin dejar restos).
    """
    return dar_fila(depositar(origen), mime=mime, paginas=paginas)


def depositar(origen: BinaryIO | Path) -> Escrito:
    """Los bytes, completos en el depósito y todavía sin fila: mientras nadie se la dé (`dar_fila`), `integridad` los dice huérfanos."""
    if isinstance(origen, Path):
        with origen.open("rb") as abierto:
            return deposito().guardar(abierto)
    return deposito().guardar(origen)


def dar_fila(escrito: Escrito, *, mime: str = SIN_FORMATO, paginas: int | None = None) -> ObjetoDigital:
    """El objeto de unos bytes ya depositados."""
    datos = {"bytes": escrito.bytes, "mime": mime, "paginas": paginas}
    objeto, _ = ObjetoDigital.objects.get_or_create(sha256=escrito.sha256, defaults=datos)
    return objeto


def abrir(objeto: ObjetoDigital) -> BinaryIO:
    """El original, abierto para leer. Lanza `ObjetoAusente`."""
    return deposito().abrir(objeto.sha256)


def ruta_local(objeto: ObjetoDigital) -> Path:
    """Una ruta de sólo lectura del original, para otro proceso. Lanza `ObjetoAusente`."""
    return deposito().ruta_local(objeto.sha256)


def espacio_libre() -> int:
    """Bytes libres en el disco de los originales."""
    return deposito().espacio_libre()

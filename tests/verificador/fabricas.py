"""Una copia, su prueba y la llave de un registro, hechos sin base de datos."""

import hashlib
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificaciones.registro.arbol import camino_de_inclusion
from verificador.arbol import huella_de_hoja, raiz_de
from verificador.nota import Llave, PuntoDeControl, linea_de_firma
from verificador.prueba import Prueba


def _pdf() -> bytes:
    destino = io.BytesIO()
    with pikepdf.new() as obra:
        obra.add_blank_page()
        obra.save(destino, deterministic_id=True)
    return destino.getvalue()


COPIA = _pdf()
PRIVADA = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@dataclass(frozen=True)
class Caso:
    """Lo que un juzgado tiene en la mano."""

    copia: Path
    prueba: Prueba
    llave: Llave
    hojas: list[str]


def nota_de(punto: PuntoDeControl, privada: Ed25519PrivateKey = PRIVADA) -> str:
    llave = Llave(punto.origen, privada.public_key().public_bytes_raw())
    return f"{punto.como_texto()}\n{linea_de_firma(llave, privada.sign(punto.como_texto().encode()))}"


def hojas_de(cuantas: int, copia: bytes) -> list[str]:
    hojas = []
    for n in range(cuantas):
        huella = hashlib.sha256(copia if n == 4 else b"%d" % n).hexdigest()
        hojas.append(
            json.dumps({"emitido": "2026-11-21", "fojas": 3, "folio": f"CC/{n:05d}/2026", "sha256": huella, "t": "emision"})
        )
    return hojas


def caso(carpeta: Path, registro: str = "expedidas") -> Caso:
    """La copia es la hoja 4 de nueve."""
    hojas = hojas_de(9, COPIA)
    huellas = [huella_de_hoja(hoja.encode()) for hoja in hojas]
    punto = PuntoDeControl(f"archivo.ejemplo.mx/registro/{registro}", 9, raiz_de(huellas))
    camino = [raiz_de(huellas[desde:hasta]) for desde, hasta in camino_de_inclusion(4, 9)]
    ruta = carpeta / "copia.pdf"
    ruta.write_bytes(COPIA)
    llave = Llave(punto.origen, PRIVADA.public_key().public_bytes_raw())
    return Caso(ruta, Prueba(hojas[4].encode(), 4, tuple(camino), nota_de(punto)), llave, hojas)


def con_prueba(dado: Caso, **cambios: object) -> Caso:
    return replace(dado, prueba=replace(dado.prueba, **cambios))

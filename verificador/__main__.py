"""Orden `python -m verificador`: comprobar una copia certificada sin red."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from verificador.dictamen import Dictamen, Medios, examinar
from verificador.nota import Llave, TextoInvalido, leer_llave
from verificador.prueba import leer_prueba

try:
    from verificador.sello import leer_certificados
except ImportError:
    leer_certificados = None  # type: ignore[assignment]

SIGNOS = {"bien": "✓", "mal": "✗", "sin_comprobar": "·"}
VEREDICTOS = {
    "autentica": "AUTÉNTICA: el archivo es el que se registró.",
    "alterada": "ALTERADA: el archivo no es el que se registró.",
    "sin_prueba": "SIN PRUEBA: la prueba no demuestra que esté en el registro.",
}


class Inservible(Exception):
    """Falta un archivo o no es lo que debe; el mensaje dice cuál y qué hacer."""


def _leer(ruta: str, que: str) -> bytes:
    try:
        return Path(ruta).read_bytes()
    except OSError as error:
        raise Inservible(f"No se puede leer {que} ({ruta}): {error.strerror}. Revise el nombre y la carpeta.") from error


def _texto(ruta: str, que: str) -> str:
    try:
        return _leer(ruta, que).decode()
    except UnicodeDecodeError as error:
        raise Inservible(f"{que.capitalize()} ({ruta}) no es un archivo de texto.") from error


def _llave(dada: str, origen: str) -> Llave:
    """La llave escrita o la de un archivo, que puede traer varias: se usa la del registro de la prueba."""
    texto = dada if "+" in dada and not Path(dada).exists() else _texto(dada, "la llave")
    llaves = [leer_llave(linea) for linea in texto.splitlines() if linea.strip()]
    if not llaves:
        raise Inservible("El archivo de la llave está vacío.")
    return next((llave for llave in llaves if llave.nombre == origen), llaves[0])


def _raices(rutas: Sequence[str]) -> list[Any]:
    if rutas and leer_certificados is None:
        raise Inservible("Para usar --confianza instale asn1crypto y cryptography.")
    try:
        return [c for ruta in rutas for c in leer_certificados(_leer(ruta, "el certificado"))]
    except (ValueError, TypeError) as error:
        raise Inservible(f"Un certificado de --confianza no se puede leer: {error}") from error


def _en_palabras(dictamen: Dictamen) -> str:
    renglones = [f"  {SIGNOS[c.salida]} {c.detalle}" for c in dictamen.comprobaciones]
    ensayo = ["  ENSAYO SIN VALIDEZ: esta copia es de prueba."] if dictamen.ensayo else []
    return "\n".join([f"{dictamen.folio}: {VEREDICTOS[dictamen.resultado]}", *ensayo, *renglones])


def _opciones() -> argparse.ArgumentParser:
    opciones = argparse.ArgumentParser(prog="verificador", description="Comprueba una copia certificada con archivos solamente.")
    opciones.add_argument("copia", help="el PDF de la copia")
    opciones.add_argument("--prueba", required=True, help="la prueba que se descarga de la página de verificación")
    opciones.add_argument("--llave", required=True, help="la llave pública del registro, o un archivo con ella")
    opciones.add_argument("--confianza", action="append", default=[], help="certificados raíz (PEM o DER) en que se confía")
    opciones.add_argument("--hojas", help="un espejo de las hojas del registro (hojas.jsonl), para saber si se canceló")
    opciones.add_argument("--json", action="store_true", dest="en_json", help="sólo JSON en la salida")
    return opciones


def _examinar(opciones: argparse.Namespace) -> Dictamen:
    prueba = leer_prueba(_texto(opciones.prueba, "la prueba"))
    hojas = _texto(opciones.hojas, "el espejo de hojas").splitlines() if opciones.hojas else []
    medios = Medios(_llave(opciones.llave, prueba.punto.origen), _raices(opciones.confianza), hojas)
    copia = Path(opciones.copia)
    if not copia.is_file():
        raise Inservible(f"No hay un archivo en {copia}. Revise el nombre y la carpeta.")
    return examinar(copia, prueba, medios)


def main(argumentos: Sequence[str] | None = None) -> int:
    """0: todo lo comprobado está bien · 1: algo no coincide · 2: falta un archivo o no sirve."""
    opciones = _opciones().parse_args(argumentos)
    try:
        dictamen = _examinar(opciones)
    except (Inservible, TextoInvalido) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    salida = json.dumps(dictamen.como_dict(), ensure_ascii=False) if opciones.en_json else _en_palabras(dictamen)
    sys.stdout.write(f"{salida}\n")
    return 0 if dictamen.resultado == "autentica" else 1


if __name__ == "__main__":
    sys.exit(main())

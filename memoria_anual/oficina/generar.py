"""`manage.py memoria generar`: los archivos de la memoria de un periodo, en una carpeta."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.salidas import ErrorDeImpreso
from memoria_anual.cortes.puerta import CorteImposible
from memoria_anual.edicion.puerta import archivos_de, corte_de, documento_actual, memoria_del_periodo
from memoria_anual.indicadores.puerta import PeticionInutilizable
from memoria_anual.oficina.acciones import Accion, periodo_de
from search import SearchError


def _argumentos(partes: argparse.ArgumentParser) -> None:
    partes.add_argument("--periodo", required=True, help="AAAA, AAAA-Tn, AAAA-G o DESDE..HASTA.")
    partes.add_argument("--salida", required=True, metavar="CARPETA", help="Dónde dejar los archivos; se crea si no existe.")


def hacer_generar(orden: BaseCommand, o: dict[str, Any]) -> None:
    """Escribe PDF, DOCX, XLSX, CSV y resumen. Sin memoria abierta usa los capítulos de la plantilla; sin corte, corta."""
    periodo, carpeta = periodo_de(o), Path(o["salida"])
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"No se puede escribir en «{carpeta}»: {error.strerror}. Elija otra carpeta.", returncode=2) from error
    try:
        memoria = memoria_del_periodo(periodo)
        documento = documento_actual(memoria)
        hechos = [_escribir(carpeta, a.nombre, a.contenido) for a in archivos_de(documento, corte_de(memoria), _avance(orden))]
    except (ErrorDeImpreso, CorteImposible, SearchError, PeticionInutilizable) as error:
        raise CommandError(f"La memoria no se pudo generar: {error}", returncode=2) from error
    avisos = documento.get("avisos", [])
    if o["json"]:
        dicho = {"archivos": hechos, "periodo": periodo.clave, "corte": documento["corte"]["numero"], "avisos": avisos}
        orden.stdout.write(json.dumps(dicho, ensure_ascii=False))
    else:
        orden.stdout.write("\n".join([*hechos, *(f"Aviso: {a}" for a in avisos)]))


def _escribir(carpeta: Path, nombre: str, contenido: bytes) -> str:
    ruta = carpeta / nombre
    try:
        ruta.write_bytes(contenido)
    except OSError as error:
        raise CommandError(
            f"No se pudo escribir «{ruta}»: {error.strerror}. Revise el disco y los permisos.", returncode=2
        ) from error
    return str(ruta)


def _avance(orden: BaseCommand) -> Any:
    def decir(hechos: int, total: int, mensaje: str) -> None:
        if sys.stderr.isatty():
            orden.stderr.write(f"\r{hechos}/{total} {mensaje}…", ending="")

    return decir


GENERAR = Accion(
    "generar", "Los archivos de la memoria de un periodo: PDF, DOCX, XLSX, CSV y resumen.", _argumentos, hacer_generar
)

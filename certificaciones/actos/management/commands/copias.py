"""Orden `copias`: ensayar la copia certificada de un elemento y verificar si un archivo es una copia expedida aquí."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from archivo.catalogo.puerta import CambioRechazado, Item
from archivo.objetos.puerta import escribir_parcial, ruta_local
from certificaciones.actos.models import Certificacion
from certificaciones.actos.paginas import leer_paginas
from certificaciones.actos.servicios.constancias import prueba_de_certificacion
from certificaciones.actos.servicios.ensayo import EnsayoHecho, ensayar, resumen, ruta_de_prueba
from certificaciones.actos.servicios.verificacion import VIGENTE, Veredicto, verificar_archivo
from certificaciones.firma import ErrorDeFirma
from certificaciones.registro.puerta import ErrorDeRegistro

FRASES = {
    "vigente": "Es una copia expedida aquí, sin cambios y vigente.",
    "cancelada": "Es una copia expedida aquí, pero fue CANCELADA.",
    "sustituida": "Es una copia expedida aquí, pero otra la SUSTITUYE.",
    "alterada": "NO es la copia que se expidió: está ALTERADA.",
    "desconocida": "No hay registro de que este archivo se haya expedido aquí.",
}


class Command(BaseCommand):
    """`copias ensayo --elemento CLAVE [--paginas 1-10] --salida COPIA.pdf` y `copias verificar ARCHIVO.pdf [--prueba F]`."""

    help = "Ensaya y verifica copias certificadas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Las dos acciones, cada una con sus opciones."""
        acciones = parser.add_subparsers(dest="accion", required=True)
        ensayo = acciones.add_parser("ensayo", help="toda la copia, con claves de prueba y marcada SIN VALIDEZ")
        ensayo.add_argument("--elemento", required=True, metavar="CLAVE", help="clave del elemento que se copia")
        ensayo.add_argument("--paginas", default="", metavar="1-10", help="sólo esas páginas: 1-10 o 1-3, 7")
        ensayo.add_argument("--salida", required=True, type=Path, metavar="COPIA.pdf", help="dónde se deja la copia")
        verificar = acciones.add_parser("verificar", help="¿es un archivo una copia expedida aquí, sin cambios?")
        verificar.add_argument("archivo", type=Path, metavar="ARCHIVO.pdf")
        verificar.add_argument("--prueba", type=Path, metavar="F", help="la prueba del registro que acompañó a la copia")
        for accion in (ensayo, verificar):
            accion.add_argument("--json", action="store_true", dest="en_json", help="la respuesta como un objeto JSON")

    def handle(self, *args: Any, accion: str, en_json: bool, **opciones: Any) -> None:
        """Sale con 1 si la copia no está vigente o no se pudo hacer, y con 2 si lo que se dio no sirve."""
        if accion == "ensayo":
            self._ensayar(opciones["elemento"], opciones["paginas"], opciones["salida"], en_json=en_json)
        else:
            self._verificar(opciones["archivo"], opciones["prueba"], en_json=en_json)

    def _ensayar(self, clave: str, paginas: str, salida: Path, *, en_json: bool) -> None:
        inicio = time.perf_counter()
        item = Item.objects.filter(clave=clave).first()
        if item is None:
            raise CommandError(f"No hay un elemento con la clave «{clave}». Búsquela con «buscar».", returncode=2)
        if not salida.parent.is_dir():
            raise CommandError(f"No existe la carpeta {salida.parent}: créela o elija otra salida.", returncode=2)
        try:
            rango = leer_paginas(paginas)
        except CambioRechazado as rechazo:
            raise CommandError(str(rechazo), returncode=2) from rechazo
        try:
            hecho = ensayar(item, rango)
        except (CambioRechazado, ErrorDeFirma, ErrorDeRegistro) as rechazo:
            raise CommandError(str(rechazo), returncode=1) from rechazo
        _dejar(hecho.certificacion, salida)
        self._decir_ensayo(hecho, salida, time.perf_counter() - inicio, en_json=en_json)

    def _decir_ensayo(self, hecho: EnsayoHecho, salida: Path, segundos: float, *, en_json: bool) -> None:
        datos = resumen(hecho, salida, segundos)
        if en_json:
            self.stdout.write(json.dumps(datos, ensure_ascii=False))
            return
        self.stdout.write(f"Ensayo {datos['folio']} SIN VALIDEZ: {datos['fojas']} fojas en {salida} ({datos['segundos']} s).")
        self.stdout.write(f"SHA-256 {datos['sha256']}")
        self.stdout.write(f"Prueba del registro: {datos['prueba']}")

    def _verificar(self, archivo: Path, prueba: Path | None, *, en_json: bool) -> None:
        try:
            texto = prueba.read_text("utf-8", "replace") if prueba else ""
            veredicto = verificar_archivo(archivo, texto)
        except OSError as error:
            raise CommandError(f"No se puede abrir {error.filename or archivo}: {error.strerror}.", returncode=2) from error
        self._decir_veredicto(veredicto, en_json=en_json)
        if veredicto.resultado != VIGENTE:
            sys.exit(1)

    def _decir_veredicto(self, veredicto: Veredicto, *, en_json: bool) -> None:
        if en_json:
            self.stdout.write(json.dumps(veredicto.como_dict(), ensure_ascii=False))
            return
        ensayo = " Es un ensayo SIN VALIDEZ." if veredicto.como_dict()["ensayo"] else ""
        self.stdout.write(f"{veredicto.folio or 'Sin folio'}: {FRASES[veredicto.resultado]}{ensayo}")
        for motivo in veredicto.motivos:
            self.stdout.write(f"  · {motivo}")


def _dejar(certificacion: Certificacion, salida: Path) -> None:
    """La copia, sus demás tomos y la prueba del registro, cada una completa o nada."""
    for ruta, origen in _archivos(certificacion, salida):
        with origen.open("rb") as abierto:
            escribir_parcial(abierto, salida.parent).ruta.replace(ruta)
    ruta_de_prueba(salida).write_text(prueba_de_certificacion(certificacion))


def _archivos(certificacion: Certificacion, salida: Path) -> list[tuple[Path, Path]]:
    assert certificacion.objeto is not None  # noqa: S101 - la base exige archivo en toda expedida
    demas = [
        (salida.with_name(f"{salida.stem}-tomo-{n}{salida.suffix}"), ruta_local(objeto))
        for n, objeto in enumerate(certificacion.objetos_de_tomos()[1:], 2)
    ]
    return [(salida, ruta_local(certificacion.objeto)), *demas]

"""`manage.py importar`: filas a elementos. El contrato está en `docs/ordenes.md`."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.catalogo.puerta import TipoDesconocido
from archivo.identidad.puerta import persona_llamada
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.importacion.gestion import abrir_orden, cerrar
from archivo.ingesta.importacion.opciones import Detallador, OpcionesDeImportacion, Resultado, sin_detalle
from archivo.ingesta.importacion.origen import Origen
from archivo.ingesta.importacion.registro import Registro
from archivo.ingesta.importacion.servicio import Corrida
from archivo.ingesta.models import Importacion


class Command(BaseCommand):
    """Importa un archivo de filas por lotes; repetirlo no duplica y se puede deshacer con `importaciones deshacer`."""

    help = "Importa filas (.csv, .xlsx, .jsonl, .jsonl.gz) como elementos. Repetir no duplica; interrumpir no deja nada a medias."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Los argumentos del contrato."""
        parser.add_argument("archivo", help="Archivo .csv, .xlsx, .jsonl o .jsonl.gz")
        parser.add_argument("--ensayo", action="store_true", help="Dice qué pasaría, sin escribir nada.")
        parser.add_argument("--publicar", action="store_true", help="Lleva cada fila al estado visible de su tipo.")
        parser.add_argument("--acceso", default="interno", help="Nivel de acceso; la fila puede decir uno menor.")
        parser.add_argument("--tipo", default="", help="Tipo de elemento de todas las filas.")
        parser.add_argument("--como", default="", help="Nombre de la persona usuaria que importa.")
        parser.add_argument("--todo-o-nada", action="store_true", help="Si una sola fila se rechaza, no importa ninguna.")
        parser.add_argument("--detalle", default="", help="Archivo .jsonl donde dejar el resultado de cada fila.")
        parser.add_argument("--json", action="store_true", help="Responde con un objeto JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Importa y responde; sale con 1 si hubo filas rechazadas y con 2 si no se pudo empezar."""
        try:
            opciones = OpcionesDeImportacion.de(
                tipo=o["tipo"], acceso=o["acceso"], ensayo=o["ensayo"], publicar=o["publicar"], actor=persona_llamada(o["como"])
            )
            with _detalle(o["detalle"]) as detallar:
                resultado, importacion = self._importar(Path(o["archivo"]), opciones, detallar, todo_o_nada=o["todo_o_nada"])
        except (TipoDesconocido, ArchivoInutilizable, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error
        if o["json"]:
            numero = {"importacion": importacion.pk} if importacion else {}
            self.stdout.write(json.dumps(resultado.como_dict() | numero, ensure_ascii=False))
        else:
            self.stdout.write(_resumen(resultado, importacion))
        if resultado.errores:
            sys.exit(1)

    def _importar(
        self, ruta: Path, opciones: OpcionesDeImportacion, detallar: Detallador, *, todo_o_nada: bool
    ) -> tuple[Resultado, Importacion | None]:
        origen = Origen.de(ruta, opciones.tipo.codigo if opciones.tipo else "")
        if todo_o_nada and not opciones.ensayo:
            ensayo = Corrida(origen, opciones.solo_ensayo()).correr()
            if ensayo.rechazadas:
                return ensayo.sin_efecto(), None
        origen.encabezado()
        importacion = None if opciones.ensayo else abrir_orden(ruta, opciones, todo_o_nada=todo_o_nada)
        corrida = Corrida(origen, opciones, Registro(importacion))
        corrida.detallar = detallar
        try:
            resultado = corrida.correr(self._progreso)
        except Exception as error:
            if importacion is not None:
                Importacion.objects.filter(pk=importacion.pk).update(estado=Importacion.Estado.INTERRUMPIDA, motivo=str(error))
            raise
        if importacion is not None:
            cerrar(importacion, resultado, problemas=len({e["fila"] for e in resultado.errores if e["campo"] == "archivos"}))
        return resultado, importacion

    def _progreso(self, resultado: Resultado) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{resultado.filas:,} filas…", ending="")


@contextmanager
def _detalle(ruta: str) -> Iterator[Detallador]:
    """Dónde va el resultado de cada fila: un renglón JSON por fila, o ninguna parte."""
    if not ruta:
        yield sin_detalle
        return
    try:
        archivo = Path(ruta).open("w", encoding="utf-8")  # noqa: SIM115 - se cierra abajo; sólo abrirlo puede fallar aquí
    except OSError as error:
        raise ArchivoInutilizable(f"No se puede escribir el detalle en «{ruta}»: {error.strerror}. Elija otra ruta.") from error
    with archivo:
        yield lambda renglon: print(json.dumps(renglon, ensure_ascii=False), file=archivo)


def _encabezado(r: Resultado, importacion: Importacion | None) -> str:
    if importacion is None:
        return (
            "No se importó nada: hay filas rechazadas y se pidió todo o nada."
            if r.sin_importar
            else "Ensayo: no se escribió nada."
        )
    if r.errores:
        return f"La importación {importacion.pk} entró en parte: {len({e['fila'] for e in r.errores}):,} filas con errores."
    return f"Importación {importacion.pk} terminada."


def _resumen(r: Resultado, importacion: Importacion | None) -> str:
    renglones = [_encabezado(r, importacion)]
    renglones.append(
        f"{r.filas:,} filas: {r.creadas:,} creadas, {r.actualizadas:,} actualizadas, {r.sin_cambio:,} sin cambio, "
        f"{r.rechazadas:,} rechazadas ({r.segundos} s)."
    )
    renglones += [f"  fila {e['fila']} ({e['id']}) {e['campo']}: {e['motivo']}" for e in r.errores[:20]]
    if len(r.errores) > 20:
        renglones.append(f"  … y {len(r.errores) - 20:,} más; con --json salen todas.")
    if importacion and (r.creadas or r.actualizadas):
        renglones.append(f"Para deshacerla: manage.py importaciones deshacer {importacion.pk}")
    return "\n".join(renglones)

"""`manage.py descripciones`: instrumentos de descripción de otros archivos (AtoM, EAD), de entrada y de salida."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.archivistica.puerta import CuadroClasificacion, Expediente
from archivo.identidad.puerta import ANONIMO, Area, lector_de, persona_llamada
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.intercambio.exportacion import (
    FORMATOS,
    Exportacion,
    NadaQueExportar,
    PedidoDeExportacion,
    exportar_cuadro,
    exportar_expediente,
)
from archivo.ingesta.intercambio.opciones import Opciones, SinFacultad
from archivo.ingesta.intercambio.servicio import ResultadoDeDescripciones, importar_descripciones

_EN_RESUMEN = 20
_SOLO_EN_PANTALLA = {"muestra"}


class Command(BaseCommand):
    """Importa y exporta instrumentos de descripción."""

    help = "Importa un fondo descrito en CSV de AtoM, EAD 2002 o EAD3, o exporta un cuadro o un expediente en esos formatos."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Dos órdenes: importar y exportar."""
        ordenes = parser.add_subparsers(dest="orden", required=True)
        entra = ordenes.add_parser("importar", help="Importa un instrumento: entra entero o no entra nada. Repetirlo no duplica.")
        entra.add_argument("archivo", help="CSV o XLSX con las columnas de AtoM, o XML de EAD 2002 o EAD3")
        entra.add_argument("--ensayo", action="store_true", help="Dice qué pasaría, sin escribir nada.")
        entra.add_argument(
            "--acceso", default="interno", help="Lo más abierto que entra; las condiciones de acceso pueden cerrarlo."
        )
        entra.add_argument("--publicar", action="store_true", help="Publica los documentos que el archivo da por publicados.")
        entra.add_argument("--area", default="", help="Clave del área que recibe el fondo.")
        entra.add_argument("--fuente", default="", help="Nombre del instrumento, si el archivo no lo trae o para reconocerlo.")
        entra.add_argument("--parcial", action="store_true", help="Deja fuera lo que no cabe e importa lo demás.")
        entra.add_argument("--como", default="", help="Persona usuaria que lo recibe; responsable de sus expedientes.")
        entra.add_argument("--json", action="store_true", help="Responde con un objeto JSON.")
        sale = ordenes.add_parser("exportar", help="Exporta lo que puede ver quien lo pide; sin --como, lo público.")
        que = sale.add_mutually_exclusive_group(required=True)
        que.add_argument("--cuadro", type=int, help="Número del cuadro de clasificación.")
        que.add_argument("--expediente", help="Clave o código del expediente.")
        sale.add_argument("--formato", required=True, choices=sorted(FORMATOS))
        sale.add_argument("--salida", default="", help="Archivo donde escribir; sin él, a la pantalla.")
        sale.add_argument("--como", default="", help="Persona usuaria que lo pide.")
        sale.add_argument("--json", action="store_true", help="Con --salida, responde con un objeto JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Sale con 1 si algo no entró y con 2 si no se pudo empezar."""
        orden: Callable[[dict[str, Any]], None] = self._importar if o["orden"] == "importar" else self._exportar
        try:
            orden(o)
        except (ArchivoInutilizable, NadaQueExportar, SinFacultad, ValueError) as error:
            raise CommandError(str(error), returncode=2) from error

    def _importar(self, o: dict[str, Any]) -> None:
        opciones = Opciones(
            acceso=o["acceso"],
            publicar=o["publicar"],
            area=_area(o["area"]),
            fuente=o["fuente"],
            actor=persona_llamada(o["como"]),
            ensayo=o["ensayo"],
            parcial=o["parcial"],
        )
        resultado = importar_descripciones(Path(o["archivo"]), opciones)
        if o["json"]:
            datos = {c: v for c, v in resultado.como_dict().items() if c not in _SOLO_EN_PANTALLA}
            self.stdout.write(json.dumps(datos, ensure_ascii=False))
        else:
            self.stdout.write(_resumen(resultado, ensayo=o["ensayo"]))
        if resultado.errores:
            sys.exit(1)

    def _exportar(self, o: dict[str, Any]) -> None:
        persona = persona_llamada(o["como"])
        pedido = PedidoDeExportacion(o["formato"], lector_de(persona) if persona else ANONIMO, persona)
        hecha = _pedida(o, pedido)
        if not o["salida"]:
            self.stdout.write(hecha.contenido.decode(), ending="")
            return
        try:
            Path(o["salida"]).write_bytes(hecha.contenido)
        except OSError as error:
            raise ValueError(f"No se pudo escribir «{o['salida']}»: {error.strerror}. Elija otra ruta.") from error
        if o["json"]:
            self.stdout.write(json.dumps({"archivo": o["salida"], "unidades": hecha.unidades, "bytes": len(hecha.contenido)}))
        else:
            self.stdout.write(f"{hecha.unidades:,} unidades en «{o['salida']}».")


def _pedida(o: dict[str, Any], pedido: PedidoDeExportacion) -> Exportacion:
    if o["cuadro"] is not None:
        cuadro = CuadroClasificacion.objects.filter(pk=o["cuadro"]).first()
        if cuadro is None:
            raise NadaQueExportar(f"No existe el cuadro {o['cuadro']}.")
        return exportar_cuadro(cuadro, pedido)
    dicho = o["expediente"]
    expediente = Expediente.objects.filter(clave=dicho).first() or Expediente.objects.filter(codigo=dicho).first()
    if expediente is None:
        raise NadaQueExportar("No encontramos ese expediente.")
    return exportar_expediente(expediente, pedido)


def _area(clave: str) -> Area | None:
    if not clave:
        return None
    area = Area.objects.filter(clave=clave).first()
    if area is None:
        raise ValueError(f"No existe el área «{clave}». Escriba su clave tal como está en el catálogo de áreas.")
    return area


def _resumen(r: ResultadoDeDescripciones, *, ensayo: bool) -> str:
    if r.rechazadas and not (r.creadas or r.actualizadas or r.sin_cambio):
        cabeza = "No se importó nada: un instrumento entra entero o no entra."
    else:
        cabeza = "Ensayo: no se escribió nada." if ensayo else f"Importado en el cuadro {r.cuadro}: «{r.titulo}»."
    cuentas = f"{r.creadas:,} creadas, {r.actualizadas:,} actualizadas, {r.sin_cambio:,} sin cambio, {r.rechazadas:,} rechazadas"
    renglones = [cabeza, f"{r.filas:,} unidades: {cuentas} ({r.segundos} s)."]
    for titulo, problemas in (("", r.errores), ("Avisos:", r.avisos)):
        renglones += [titulo] if titulo and problemas else []
        renglones += [f"  fila {p['fila']} ({p['id']}) {p['campo']}: {p['motivo']}" for p in problemas[:_EN_RESUMEN]]
        if len(problemas) > _EN_RESUMEN:
            renglones.append(f"  … y {len(problemas) - _EN_RESUMEN:,} más; con --json salen todos.")
    return "\n".join(renglones)

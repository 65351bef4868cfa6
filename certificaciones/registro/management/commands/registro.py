"""Orden `registro`: comprobar los registros de copias y decir su llave pública."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from certificaciones.registro.llaves import llave_publica
from certificaciones.registro.models import Registro
from certificaciones.registro.sellos import sellar_y_renovar
from certificaciones.registro.verificacion import Informe, verificar_registros


class Command(BaseCommand):
    """`registro verificar` rehace cadena, árbol, puntos de control y sellos; `registro llaves` imprime las públicas."""

    help = "Verifica los registros de copias certificadas, sella su último punto de control o dice sus llaves públicas."

    def add_arguments(self, parser: CommandParser) -> None:
        """Qué hacer y cómo contarlo."""
        parser.add_argument("accion", choices=["verificar", "llaves", "sellar"])
        parser.add_argument("--json", action="store_true", dest="en_json", help="Sólo JSON en la salida.")

    def handle(self, *args: Any, accion: str, en_json: bool, **opciones: Any) -> None:
        """Sale con 1 si algún registro no es como se firmó."""
        datos, palabras = getattr(self, f"_{accion}")()
        self.stdout.write(json.dumps(datos, ensure_ascii=False) if en_json else palabras)
        if datos.get("fallas"):
            sys.exit(1)

    def _verificar(self) -> tuple[dict[str, Any], str]:
        informe = verificar_registros()
        return informe.como_dict(), self._en_palabras(informe)

    def _en_palabras(self, informe: Informe) -> str:
        if informe.integro:
            return (
                f"Registros íntegros: {informe.asientos} asientos, con su cadena, su árbol, sus puntos de control y sus sellos."
            )
        lugares = ((f"{f.registro} {f.indice}" if f.indice is not None else f.registro, f.motivo) for f in informe.fallas)
        return "\n".join(f"FALLA {lugar}: {motivo}" for lugar, motivo in lugares)

    def _llaves(self) -> tuple[dict[str, Any], str]:
        llaves = {registro: llave_publica(registro) for registro in Registro.values}
        return llaves, "\n".join(f"{nombre}: {llave}" for nombre, llave in llaves.items())

    def _sellar(self) -> tuple[dict[str, Any], str]:
        hecho = sellar_y_renovar()
        return hecho, f"Sellos nuevos: {hecho['sellados']}; renovados: {hecho['renovados']}."

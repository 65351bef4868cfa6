"""Orden `costos`: un precio, explicado."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificaciones.reglas.costos import Cantidad, Presupuesto, presupuestar
from certificaciones.reglas.errores import SinTarifa
from certificaciones.reglas.models import Tabulador, Tarifa


class Command(BaseCommand):
    """`costos calcular --tarifa T --concepto C --hojas N --fecha F`: cuánto cuesta y por qué."""

    help = "Calcula y explica un precio con un tabulador y una fecha."

    def add_arguments(self, parser: CommandParser) -> None:
        """`calcular --tarifa CLAVE --concepto CONCEPTO --hojas N --fecha AAAA-MM-DD [--json]`."""
        parser.add_argument("accion", choices=["calcular"])
        parser.add_argument("--tarifa", required=True, help="clave del tabulador, como LFD-2025")
        parser.add_argument("--concepto", required=True, help=f"uno de: {', '.join(Tarifa.Concepto.values)}")
        parser.add_argument("--hojas", required=True, type=int, help="cuántas unidades, de 1 en adelante")
        parser.add_argument("--fecha", required=True, help="el día que se cobra, AAAA-MM-DD")
        parser.add_argument("--json", action="store_true", dest="en_json", help="la respuesta como un objeto JSON")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Escribe el total y sus renglones; sale con 2 si con esos datos no hay precio."""
        tabulador = _tabulador(opciones["tarifa"])
        if opciones["hojas"] < 1:
            raise CommandError("--hojas lleva un número de 1 en adelante.", returncode=2)
        try:
            costo = presupuestar([Cantidad(opciones["concepto"], opciones["hojas"])], _dia(opciones["fecha"]), tabulador)
        except SinTarifa as razon:
            raise CommandError(str(razon), returncode=2) from razon
        if opciones["en_json"]:
            self.stdout.write(json.dumps(costo.como_dict(), ensure_ascii=False))
        else:
            self._en_palabras(costo)

    def _en_palabras(self, costo: Presupuesto) -> None:
        for renglon in costo.renglones:
            self.stdout.write(f"{renglon.nombre}: {renglon.explicacion} = ${renglon.importe:,.2f}")
        self.stdout.write(f"Suma ${costo.suma:,.2f}; total ${costo.total:,.2f} ({Tabulador.Redondeo(costo.redondeo).label}).")
        if costo.es_muestra:
            self.stdout.write("Valores de muestra: nadie de la institución los ha revisado.")


def _tabulador(clave: str) -> Tabulador:
    tabulador = Tabulador.objects.filter(clave__iexact=clave).first()
    if tabulador is None:
        hay = ", ".join(Tabulador.objects.values_list("clave", flat=True)) or "ninguno; corra «preparar»"
        raise CommandError(f"No hay un tabulador «{clave}». Los que hay: {hay}.", returncode=2)
    return tabulador


def _dia(texto: str) -> date:
    try:
        return date.fromisoformat(texto)
    except ValueError as error:
        raise CommandError(f"«{texto}» no es una fecha. Escríbala AAAA-MM-DD.", returncode=2) from error

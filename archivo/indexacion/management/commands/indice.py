"""`manage.py indice estado|poner-al-dia|verificar|reconstruir|diagnostico`."""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.indexacion import servicios
from archivo.indexacion.diagnostico import Diagnostico, diagnosticar
from archivo.indexacion.obreros import ConstruccionInterrumpida
from archivo.indexacion.rechazos import reintentar
from search import EngineAbsent, IndexBusy, IndexOutdated, SearchUnavailable

_REHACER = "El índice no se puede usar: {error} Rehágalo con: manage.py indice reconstruir"
_OCUPADO = "Otro proceso está escribiendo en el índice. Espere a que termine y repita la orden."
_FALLAS: dict[type[Exception], str] = {
    EngineAbsent: "El motor de búsqueda no contesta: {error} Los cambios esperan en la cola; repita la orden cuando conteste.",
    ConstruccionInterrumpida: "{error} Si había un índice en uso, sigue igual; repita la orden.",
    SearchUnavailable: _REHACER,
    IndexOutdated: _REHACER,
    IndexBusy: _OCUPADO,
    servicios.IndiceOcupado: _OCUPADO,
    OSError: "El índice no se puede leer o escribir: {error}. Revise el espacio y los permisos de la carpeta de datos.",
}
"""Lo que se dice de cada falla; gana la primera que le toca."""
ACCIONES = ("estado", "poner-al-dia", "verificar", "reconstruir", "diagnostico")


class Command(BaseCommand):
    """El índice de búsqueda: su estado, ponerlo al día, compararlo con la base y rehacerlo."""

    help = "Estado del índice de búsqueda, ponerlo al día, compararlo con la base o rehacerlo aparte y cambiarlo de una vez."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """La acción y la forma de la respuesta."""
        parser.add_argument("accion", choices=ACCIONES)
        parser.add_argument("--json", action="store_true", help="Responde con un objeto JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Hace lo pedido; 1 si hay diferencias, 2 si el índice no se puede usar."""
        try:
            estado = self._hacer(o["accion"])
        except tuple(_FALLAS) as error:
            frase = next(frase for tipo, frase in _FALLAS.items() if isinstance(error, tipo))
            raise CommandError(frase.format(error=error), returncode=2) from error
        if isinstance(estado, Diagnostico) and not o["json"]:
            self.stdout.write(_lo_hallado(estado))
        elif o["json"]:
            self.stdout.write(json.dumps(estado.como_dict(), ensure_ascii=False))
        else:
            self.stdout.write(_frase(estado))
        if estado.diferencias:
            sys.exit(1)

    def _hacer(self, accion: str) -> servicios.EstadoDelIndice:
        if accion == "poner-al-dia":
            reintentar()
            servicios.poner_al_dia()
        if accion == "verificar":
            return servicios.verificar()
        if accion == "reconstruir":
            return servicios.reconstruir(self._avance)
        if accion == "diagnostico":
            return diagnosticar()
        return servicios.estado()

    def _avance(self, hechos: int, total: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{hechos:,} de {total:,}…", ending="")


def _lo_hallado(d: Diagnostico) -> str:
    motor = f"{d.motor} {d.version}".strip()
    if not d.diferencias:
        return f"El motor {motor} contestó igual que la referencia a {d.preguntas} peticiones (mediana, {d.milisegundos} ms)."
    renglones = [
        f"El motor {motor} contestó distinto que la referencia: {d.diferencias} diferencias en {d.preguntas} peticiones."
    ]
    return "\n".join([*renglones, *d.detalle])


def _frase(e: servicios.EstadoDelIndice) -> str:
    frase = f"Motor {e.motor}, generación {e.generacion}: {e.elementos:,} elementos y {e.paginas:,} páginas; {e.pendientes:,} cambios pendientes."
    if e.rechazados:
        frase += f" El índice no aceptó {e.rechazados:,} elementos: su motivo está en la bandeja de quien administra."
    if e.diferencias is not None:
        frase += f" Diferencias con la base: {e.diferencias:,}."
    return frase

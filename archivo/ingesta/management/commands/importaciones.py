"""`manage.py importaciones listar|deshacer`: las cargas hechas y cómo echarlas atrás."""

import argparse
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.identidad.puerta import DatoInutilizable, persona_llamada
from archivo.ingesta.importacion.deshacer import deshacer, prever
from archivo.ingesta.models import Importacion

_SUERTES = {
    "quitada": "quitadas",
    "retirada": "retiradas del sitio",
    "restaurada": "vueltas a como estaban",
    "conservada": "dejadas como están",
}


class Command(BaseCommand):
    """Lista las importaciones y deshace una entera."""

    help = "Lista las importaciones, o deshace una: quita lo que creó y nadie tocó, y devuelve lo que cambió a como estaba."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """`listar [--ultimas N]` y `deshacer NUMERO [--ensayo] [--como USUARIO] [--motivo TEXTO]`."""
        acciones = parser.add_subparsers(dest="accion", required=True)
        listar = acciones.add_parser("listar", help="Las importaciones, de la última a la primera.")
        listar.add_argument("--ultimas", type=int, default=20, help="Cuántas (20).")
        echar = acciones.add_parser("deshacer", help="Deshace una importación entera.")
        echar.add_argument("numero", type=int, help="El número que da `listar`.")
        echar.add_argument("--ensayo", action="store_true", help="Dice qué pasaría, sin escribir nada.")
        echar.add_argument("--como", default="", help="Nombre de la persona usuaria que la deshace.")
        echar.add_argument("--motivo", default="", help="Por qué; queda en la bitácora.")
        for accion in (listar, echar):
            accion.add_argument("--json", action="store_true", help="Responde con un objeto JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Responde; `deshacer` sale con 1 si algo se quedó como está y con 2 si no hay nada que deshacer."""
        if o["accion"] == "listar":
            self._listar(o["ultimas"], en_json=o["json"])
            return
        try:
            self._deshacer(o)
        except DatoInutilizable as error:
            raise CommandError(str(error), returncode=2) from error

    def _listar(self, ultimas: int, *, en_json: bool) -> None:
        filas = [_como_dict(i) for i in Importacion.objects.select_related("actor").order_by("-pk")[: max(0, ultimas)]]
        if en_json:
            self.stdout.write(json.dumps({"importaciones": filas}, ensure_ascii=False))
            return
        for f in filas:
            cifras = f"{f['creadas']:,} creadas, {f['actualizadas']:,} actualizadas, {f['rechazadas']:,} rechazadas"
            self.stdout.write(f"{f['numero']:>6}  {f['momento'][:16]}  {f['estado']:<18} {cifras}  {f['archivo']}")
        if not filas:
            self.stdout.write("No se ha importado nada.")

    def _deshacer(self, o: dict[str, Any]) -> None:
        importacion = Importacion.objects.filter(pk=o["numero"]).first()
        if importacion is None:
            raise CommandError(
                f"No hay una importación {o['numero']}. Vea cuáles hay con: manage.py importaciones listar", returncode=2
            )
        if o["ensayo"]:
            previsto = prever(importacion)
            cuentas = {s: previsto[s] for s in _SUERTES}
        elif importacion.se_deshace or importacion.abandonada:
            cuentas = deshacer(importacion.pk, persona_llamada(o["como"]), o["motivo"])
        else:
            raise CommandError(
                f"La importación {importacion.pk} está «{importacion.get_estado_display()}»: no hay qué deshacer.", returncode=2
            )
        if o["json"]:
            self.stdout.write(json.dumps({"importacion": importacion.pk, "ensayo": o["ensayo"], **cuentas}))
        else:
            inicio = "Pasaría esto" if o["ensayo"] else "Hecho"
            self.stdout.write(f"{inicio}: {', '.join(f'{cuentas[s]:,} {nombre}' for s, nombre in _SUERTES.items())}.")
        if cuentas["conservada"]:
            sys.exit(1)


def _como_dict(i: Importacion) -> dict[str, Any]:
    cifras = {c: i.recuento.get(c, 0) for c in ("filas", "creadas", "actualizadas", "sin_cambio", "rechazadas")}
    quien = i.actor.get_username() if i.actor else None
    return {"numero": i.pk, "archivo": i.nombre, "momento": i.momento.isoformat(), "estado": i.estado, "quien": quien, **cifras}

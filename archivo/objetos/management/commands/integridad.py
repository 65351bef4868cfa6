"""`manage.py integridad verificar`: que los originales sigan siendo los mismos bytes."""

import json
import sys
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from archivo.objetos.deposito import deposito
from archivo.objetos.integridad import en_lotes, huerfanos, por_revisar, verificar
from archivo.objetos.models import ObjetoDigital

HUERFANOS_MOSTRADOS = 1000
CADA = 200


class Command(BaseCommand):
    """Recorre los originales, los lee completos y dice cuáles faltan, están cortados o cambiaron."""

    help = "Verifica la integridad de los originales."

    def add_arguments(self, parser: CommandParser) -> None:
        """`verificar [--todo] [--json]`."""
        parser.add_argument("accion", choices=["verificar"])
        parser.add_argument("--todo", action="store_true", help="todos, no sólo los que nadie ha revisado en 90 días")
        parser.add_argument("--json", action="store_true", help="la respuesta como un objeto JSON")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Sale con 1 si hubo fallas."""
        todos = ObjetoDigital.objects.count()
        escribir_falla = self._renglon_json() if opciones["json"] else self._renglon_llano
        revisados, fallas = 0, 0
        for revision in verificar(en_lotes(por_revisar(todo=opciones["todo"]))):
            revisados += 1
            if revision.motivo:
                fallas += 1
                escribir_falla({"sha256": revision.sha256, "ruta": revision.ruta, "motivo": revision.motivo})
            self._avance(revisados, todos)
        sueltos = list(islice(huerfanos(), HUERFANOS_MOSTRADOS))
        resumen = {
            "revisados": revisados,
            "correctos": revisados - fallas,
            "sin_revisar": max(todos - revisados, 0),
            "huerfanos": sueltos,
        }
        self._cerrar(resumen, fallas, como_json=opciones["json"])
        if fallas:
            sys.exit(1)

    def _renglon_json(self) -> Any:
        """Las fallas se escriben conforme aparecen, dentro de un solo objeto: la memoria no crece con ellas."""
        self.stdout.write('{"fallas":[', ending="")
        separador = ""

        def escribir(falla: dict[str, str]) -> None:
            nonlocal separador
            self.stdout.write(separador + json.dumps(falla, ensure_ascii=False), ending="")
            separador = ","

        return escribir

    def _renglon_llano(self, falla: dict[str, str]) -> None:
        self.stdout.write(f"FALLA {falla['ruta']}: {falla['motivo']}")

    def _avance(self, revisados: int, todos: int) -> None:
        if revisados % CADA == 0 and sys.stderr.isatty():
            self.stderr.write(f"\r{revisados} de {todos}", ending="")

    def _cerrar(self, resumen: dict[str, Any], fallas: int, *, como_json: bool) -> None:
        if como_json:
            self.stdout.write("]," + json.dumps(resumen, ensure_ascii=False)[1:])
            return
        frase = f"{resumen['revisados']} revisados, {resumen['correctos']} correctos, {resumen['sin_revisar']} sin revisar."
        self.stdout.write(frase)
        for suelto in resumen["huerfanos"]:
            self.stdout.write(f"Sin registro: {suelto} (resto de un ingreso interrumpido o archivo ajeno)")
        if fallas:
            self.stderr.write(
                f"{fallas} originales con falla en {deposito().raiz}: restáurelos del respaldo y vuelva a verificar."
            )

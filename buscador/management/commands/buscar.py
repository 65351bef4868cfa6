"""`manage.py buscar`: lo mismo que contesta la página a ese lector. El contrato está en `docs/ordenes.md`."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archivo.identidad.puerta import ANONIMO, Lector, Usuario, lector_de
from archivo.portal.puerta import LARGO_DE_CONSULTA, LecturaSinConstancia
from buscador.peticion import MODOS, ORDENES, Peticion, PeticionInutilizable, leer_filtros, peticion_de
from buscador.respuesta import Respuesta
from buscador.servicios import buscar
from search import EngineAbsent, InvalidRequest, SearchError


class Command(BaseCommand):
    """Busca como la página. Sin `--como` responde a una persona anónima."""

    help = "Busca en el archivo. Un texto que empieza con guion va después de «--»."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Los argumentos del contrato."""
        parser.add_argument("texto", nargs="*", help="Lo que se busca; vacío, todo.")
        parser.add_argument("--filtro", action="append", default=[], metavar="CAMPO=VALOR", help="Se puede repetir.")
        parser.add_argument("--orden", default="relevancia", help=f"Uno de: {', '.join(ORDENES)}.")
        parser.add_argument("--pagina", type=int, default=1, help="Desde 1.")
        parser.add_argument("--tamano", type=int, default=20, help="Resultados por página, hasta 100.")
        parser.add_argument("--modo", default="auto", help=f"Cuántas palabras se exigen: {', '.join(MODOS)}.")
        parser.add_argument("--como", default="", help="Nombre de la persona usuaria que lee.")
        parser.add_argument(
            "--lote", default="", metavar="ARCHIVO", help="Una petición JSON por renglón; responde JSONL en orden."
        )
        parser.add_argument("--json", action="store_true", help="Responde con un objeto JSON.")

    def handle(self, *args: Any, **o: Any) -> None:
        """Responde una petición o un lote; sale con 2 si algo no se entiende o el índice no sirve."""
        try:
            if o["lote"]:
                self._lote(Path(o["lote"]))
                return
            respuesta = buscar(_peticion(o), _lector(o["como"]))
        except PeticionInutilizable as error:
            raise CommandError(str(error), returncode=2) from error
        except InvalidRequest as error:
            raise CommandError(f"La petición no se puede atender: {error}", returncode=2) from error
        except LecturaSinConstancia as error:
            raise CommandError(
                "No se pudo anotar la consulta de algo reservado, y por eso no se muestra.", returncode=2
            ) from error
        except SearchError as error:
            raise CommandError(_que_hacer(error), returncode=2) from error
        self.stdout.write(_en_json(respuesta) if o["json"] else _en_palabras(respuesta))

    def _lote(self, archivo: Path) -> None:
        for peticion, lector in list(_renglones(archivo)):
            self.stdout.write(_en_json(buscar(peticion, lector)))


def _peticion(o: dict[str, Any]) -> Peticion:
    return Peticion(
        texto=" ".join(o["texto"])[:LARGO_DE_CONSULTA],
        filtros=leer_filtros(o["filtro"]),
        orden=o["orden"],
        pagina=o["pagina"],
        tamano=o["tamano"],
        modo=o["modo"],
    )


def _lector(nombre: str) -> Lector:
    if not nombre:
        return ANONIMO
    persona = Usuario.objects.filter(username=nombre).first()
    if persona is None:
        raise PeticionInutilizable(
            f"No existe la persona usuaria «{nombre}». Créela con: manage.py usuarios crear {nombre} --rol ROL"
        )
    return lector_de(persona)


def _renglones(archivo: Path) -> Iterator[tuple[Peticion, Lector]]:
    """Las peticiones del lote, todas revisadas antes de contestar la primera."""
    lectores: dict[str, Lector] = {}
    try:
        texto = archivo.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PeticionInutilizable(f"No se puede leer «{archivo}»: revise la ruta y que sea texto UTF-8.") from error
    for n, renglon in enumerate(texto.split("\n"), 1):
        if renglon.strip():
            yield _renglon(n, renglon, lectores)


def _renglon(n: int, renglon: str, lectores: dict[str, Lector]) -> tuple[Peticion, Lector]:
    try:
        dato = json.loads(renglon)
        if not isinstance(dato, dict):
            raise PeticionInutilizable("no es un objeto JSON.")
        peticion = peticion_de(dato)
        peticion.filtros_del_motor()
        como = str(dato.get("como") or "")
        if como not in lectores:
            lectores[como] = _lector(como)
    except (json.JSONDecodeError, PeticionInutilizable) as error:
        raise PeticionInutilizable(f"Renglón {n} del lote: {error}") from error
    return peticion, lectores[como]


def _que_hacer(error: SearchError) -> str:
    if isinstance(error, EngineAbsent):
        return f"El motor de búsqueda no contesta ({error}). Revise que esté en marcha y lo que dice ACERVO_BUSQUEDA."
    return f"El índice no puede contestar ({error}). Póngalo al día con: manage.py indice reconstruir"


def _en_json(respuesta: Respuesta) -> str:
    return json.dumps(respuesta.como_dict(), ensure_ascii=False)


def _en_palabras(respuesta: Respuesta) -> str:
    renglones = [f"{respuesta.total:,} resultados (con {respuesta.modo} las palabras) en {respuesta.milisegundos} ms"]
    if respuesta.correccion:
        renglones.append(f"¿Quizás quiso decir «{respuesta.correccion}»?")
    for r in respuesta.resultados:
        renglones.append(f"\n{r.item.titulo}\n  {r.item.get_absolute_url()}  {r.item.folio}")
        renglones += [f"  página {p.n}: {p.fragmento.text}" for p in r.paginas] or [f"  {r.fragmento.text}"]
    return "\n".join(renglones)

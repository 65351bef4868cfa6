"""Empezar una memoria desde la anterior: las cifras se vuelven a ligar solas; cada párrafo queda «sin revisar»."""

import difflib
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from archivo.identidad.puerta import Usuario
from archivo.salidas import arbol_de_html, textos
from memoria_anual.edicion.models import Capitulo, Memoria
from memoria_anual.edicion.servicios.memorias import QUIEN_EDITA, MemoriaNueva, abrir_memoria
from memoria_anual.edicion.servicios.permisos import anotar, exigir, puede_editar
from memoria_anual.indicadores.puerta import Periodo

DE_UN_SOLO_PERIODO = frozenset({"galeria", "destacado", "cronologia", "cita"})
"""Son hechos de aquel periodo: no pasan al siguiente."""


@transaction.atomic
def duplicar(memoria: Memoria, periodo: Periodo, actor: Usuario | None) -> Memoria:
    """Abre la memoria de otro periodo con los capítulos de ésta. No se lleva fotografías, destacados, cronología, citas ni ajustes.

    Raises:
        CambioDeMemoriaRechazado: ya hay una de ese periodo, o no le toca.
    """
    exigir(actor, procede=lambda lector: puede_editar(lector, memoria), dicho=QUIEN_EDITA)
    nueva = abrir_memoria(MemoriaNueva(periodo, memoria.tipo, memoria.titulo, memoria.area), actor)
    nueva.viene_de, nueva.editor_responsable = memoria, memoria.editor_responsable
    nueva.save(update_fields=["viene_de", "editor_responsable"])
    nueva.capitulos.all().delete()
    Capitulo.objects.bulk_create(
        Capitulo(
            memoria=nueva, orden=c.orden, titulo=c.titulo, entradilla=c.entradilla, origen=c.origen, responsable=c.responsable,
            cuerpo=[_de_otro_periodo(b) for b in c.cuerpo.get_prep_value() if b["type"] not in DE_UN_SOLO_PERIODO],
        )
        for c in memoria.capitulos.all()
    )  # fmt: skip
    anotar("memoria.duplicada", nueva.objeto, actor, viene_de=memoria.pk, periodo=periodo.clave)
    return nueva


def _de_otro_periodo(bloque: dict[str, Any]) -> dict[str, Any]:
    """El mismo bloque, con identidad propia; si es párrafo, sin revisar."""
    copia = {"type": bloque["type"], "value": bloque["value"]}
    return copia | {"value": {**bloque["value"], "revisado": False}} if bloque["type"] == "parrafo" else copia


def texto_de(capitulo: Capitulo) -> list[str]:
    """Lo que quien escribe teclea para que se lea, renglón por renglón, con sus referencias sin resolver."""
    renglones = [capitulo.titulo, capitulo.entradilla]
    for bloque in capitulo.cuerpo:
        if bloque.block_type == "parrafo":
            renglones += textos(arbol_de_html(bloque.value["texto"].source))
        elif bloque.block_type == "subtitulo":
            renglones.append(str(bloque.value))
        else:
            renglones += [str(bloque.value[c]) for c in ("titulo", "texto") if bloque.value.get(c)]
    return [r for r in renglones if r]


def lo_escrito(capitulo: Capitulo) -> list[str]:
    """Todo lo que un capítulo dice, también lo que sus bloques escogen (claves, fotografías, hechos): un renglón por bloque."""
    renglones = [capitulo.titulo, capitulo.entradilla]
    for bloque in capitulo.cuerpo:
        if bloque.block_type == "parrafo":
            renglones += textos(arbol_de_html(bloque.value["texto"].source))
        else:
            dicho = " · ".join(_valores(bloque.block.get_prep_value(bloque.value)))
            renglones.append(dicho if bloque.block_type == "subtitulo" else f"[{bloque.block.label}: {dicho}]")
    return [r for r in renglones if r]


def _valores(crudo: Any) -> Iterator[str]:
    """Lo que guarda un bloque, valor por valor, sin los identificadores que Wagtail pone a cada renglón de una lista."""
    if isinstance(crudo, list):
        for renglon in crudo:
            yield from _valores(renglon["value"] if isinstance(renglon, dict) and "value" in renglon else renglon)
    elif isinstance(crudo, dict):
        for valor in crudo.values():
            yield from _valores(valor)
    elif crudo not in (None, ""):
        yield str(crudo)


def diferencias(antes: Capitulo, despues: Capitulo) -> list[tuple[str, str]]:
    """`(signo, renglón)`: «-» lo que se quitó, «+» lo que se agregó, « » lo que sigue igual."""
    return [(r[:1], r[2:]) for r in difflib.ndiff(lo_escrito(antes), lo_escrito(despues)) if not r.startswith("?")]

"""Armar el árbol de un instrumento y decir qué unidades no caben en él, con su fila y su razón."""

from collections.abc import Iterator

from django.utils.text import slugify

from archivo.ingesta.intercambio.niveles import DOCUMENTO, EXPEDIENTE, ORDEN, nivel_de, nivel_supuesto
from archivo.ingesta.intercambio.unidad import Instrumento, Unidad

PROFUNDIDAD_MAXIMA = 20
LARGO_DEL_ID = 250


def armar(instrumento: Instrumento) -> None:
    """Cuelga cada unidad de la suya, decide su nivel y deja las raíces en `instrumento.raices`.

    Lo que no cabe (huérfanas, ciclos, niveles al revés) se rechaza con su descendencia, y no queda en el árbol.
    """
    por_id = {u.id: u for u in instrumento.unidades}
    _por_slug(instrumento, por_id)
    for unidad in instrumento.unidades:
        unidad.hijas.clear()
    for unidad in instrumento.unidades:
        madre = por_id.get(unidad.madre)
        if madre is not None and madre is not unidad:
            madre.hijas.append(unidad)
    _rechazar_sueltas(instrumento, por_id)
    raices = [u for u in instrumento.unidades if not u.madre]
    _rechazar_ciclos(instrumento, raices)
    _nivelar(instrumento, raices)
    rechazadas = {e.id for e in instrumento.errores if e.id}
    instrumento.raices = [r for r in raices if r.id not in rechazadas]
    for unidad in list(recorrer(raices)):
        unidad.hijas = [h for h in unidad.hijas if h.id not in rechazadas]


def recorrer(unidades: list[Unidad]) -> Iterator[Unidad]:
    """Cada unidad y enseguida las que contiene."""
    pila = list(reversed(unidades))
    while pila:
        unidad = pila.pop()
        yield unidad
        pila.extend(reversed(unidad.hijas))


def _por_slug(instrumento: Instrumento, por_id: dict[str, Unidad]) -> None:
    """`qubitParentSlug` nombra a la unidad superior por el «slug» de su título o de su código."""
    if not any(u.slug_de_madre and not u.madre for u in instrumento.unidades):
        return
    slugs: dict[str, Unidad] = {}
    for unidad in instrumento.unidades:
        for texto in (unidad.titulo, unidad.codigo, unidad.id):
            slugs.setdefault(slugify(texto), unidad)
    for unidad in instrumento.unidades:
        hallada = slugs.get(unidad.slug_de_madre)
        if unidad.slug_de_madre and not unidad.madre and hallada is not None and hallada is not unidad:
            unidad.madre = hallada.id


def _rechazar_sueltas(instrumento: Instrumento, por_id: dict[str, Unidad]) -> None:
    for unidad in instrumento.unidades:
        if len(unidad.id) > LARGO_DEL_ID:
            motivo = f"El identificador pasa de {LARGO_DEL_ID} caracteres."
            instrumento.rechazar(unidad.linea, unidad.id[:60], "legacyId", motivo)
        if unidad.madre and unidad.madre not in por_id:
            motivo = f"Depende de «{unidad.madre}», que no está en el archivo o se rechazó. Agregue esa unidad o corrija de quién depende."
            _rechazar_con_todo(instrumento, unidad, "parentId", motivo)
        elif not unidad.madre and unidad.slug_de_madre:
            instrumento.avisar(
                unidad.linea,
                unidad.id,
                "qubitParentSlug",
                f"«{unidad.slug_de_madre}» no está en el archivo: la unidad queda al principio del árbol y se conserva el dato.",
            )


def _rechazar_ciclos(instrumento: Instrumento, raices: list[Unidad]) -> None:
    alcanzadas = {u.id for u in recorrer(raices)} | {e.id for e in instrumento.errores}
    for unidad in instrumento.unidades:
        if unidad.id not in alcanzadas:
            motivo = f"Depende de «{unidad.madre}» y, subiendo, de sí misma. Corrija de quién depende."
            instrumento.rechazar(unidad.linea, unidad.id, "parentId", motivo)


def _rechazar_con_todo(instrumento: Instrumento, unidad: Unidad, campo: str, motivo: str) -> None:
    rechazadas = {e.id for e in instrumento.errores}
    if unidad.id not in rechazadas:
        instrumento.rechazar(unidad.linea, unidad.id, campo, motivo)
    for dentro in recorrer(unidad.hijas):
        if dentro.id not in rechazadas:
            instrumento.rechazar(dentro.linea, dentro.id, campo, f"Depende de «{unidad.id}», que no entra.")


def _nivelar(instrumento: Instrumento, raices: list[Unidad]) -> None:
    pila = [(raiz, "", 1) for raiz in reversed(raices)]
    while pila:
        unidad, madre, profundidad = pila.pop()
        _decidir_nivel(instrumento, unidad, madre)
        razon = _no_cabe(unidad, madre, profundidad)
        if razon:
            _rechazar_con_todo(instrumento, unidad, "levelOfDescription", razon)
        else:
            pila.extend((hija, unidad.nivel, profundidad + 1) for hija in reversed(unidad.hijas))


def _decidir_nivel(instrumento: Instrumento, unidad: Unidad, madre: str) -> None:
    if unidad.nivel:
        return
    unidad.nivel = nivel_de(unidad.nivel_original, es_hoja=not unidad.hijas)
    if not unidad.nivel:
        unidad.nivel = nivel_supuesto(madre, es_hoja=not unidad.hijas)
        dicho = f"El nivel «{unidad.nivel_original}» no se conoce" if unidad.nivel_original else "No dice su nivel"
        motivo = f"{dicho}: por su lugar en el árbol entra como {unidad.nivel}. El nombre se conserva."
        instrumento.avisar(unidad.linea, unidad.id, "levelOfDescription", motivo)


def _no_cabe(unidad: Unidad, madre: str, profundidad: int) -> str:
    """Por qué una unidad no puede colgar de donde cuelga, o «»."""
    if profundidad > PROFUNDIDAD_MAXIMA:
        return f"Está a más de {PROFUNDIDAD_MAXIMA} niveles de la raíz."
    if not madre and unidad.nivel in (EXPEDIENTE, DOCUMENTO):
        return f"Es {unidad.nivel} y no depende de nadie: hace falta al menos el fondo o la serie a que pertenece."
    if madre and ORDEN[unidad.nivel] < ORDEN[madre]:
        return f"Es {unidad.nivel} y depende de {madre}, que es un nivel más estrecho. Corrija el nivel o de quién depende."
    if madre == DOCUMENTO and unidad.nivel != DOCUMENTO:
        return "Depende de un documento, que sólo contiene partes suyas."
    return ""

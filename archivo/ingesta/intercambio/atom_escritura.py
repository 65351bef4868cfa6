"""Escribir descripciones como CSV de AtoM."""

import csv
import io
from collections.abc import Iterator

from archivo.ingesta.intercambio.atom import COLUMNAS, DE_EVENTOS, DE_ISAD, DE_PUNTOS, EN_ATOM, celda
from archivo.ingesta.intercambio.niveles import nombre_para_atom
from archivo.ingesta.intercambio.unidad import Instrumento, Unidad
from archivo.salidas import con_guarda


def escribir_atom(instrumento: Instrumento) -> bytes:
    """El CSV, en UTF-8: cada unidad después de la que la contiene, y las traducciones después de la suya."""
    unidades = list(_en_orden(instrumento.raices))
    ajenas = sorted({c for u in unidades for c in u.otros} - set(COLUMNAS))
    salida = io.StringIO(newline="")
    tabla = csv.DictWriter(salida, [*COLUMNAS, *ajenas], restval="", lineterminator="\r\n")
    tabla.writeheader()
    for unidad in unidades:
        tabla.writerow(_guardada(_fila(unidad)))
        for cultura, textos in unidad.traducciones.items():
            tabla.writerow(_guardada(_traduccion(unidad, cultura, textos)))
    return salida.getvalue().encode()


def _guardada(fila: dict[str, str]) -> dict[str, str]:
    """Ninguna celda se abre como fórmula en una hoja de cálculo (CWE-1236); al leerla se le quita la guarda."""
    return {columna: con_guarda(valor) for columna, valor in fila.items()}


def _en_orden(unidades: list[Unidad]) -> Iterator[Unidad]:
    pila = list(reversed(unidades))
    while pila:
        unidad = pila.pop()
        yield unidad
        pila.extend(reversed(unidad.hijas))


def _fila(unidad: Unidad) -> dict[str, str]:
    direcciones = [o.ruta for o in unidad.objetos if "://" in o.ruta]
    rutas = [o.ruta for o in unidad.objetos if "://" not in o.ruta]
    propias = {
        "legacyId": unidad.id,
        "parentId": unidad.madre,
        "qubitParentSlug": "" if unidad.madre else unidad.slug_de_madre,
        "identifier": unidad.codigo,
        "title": unidad.titulo,
        "levelOfDescription": nombre_para_atom(unidad.nivel, unidad.nivel_original),
        "digitalObjectPath": celda(rutas),
        "digitalObjectURI": celda(direcciones),
        "publicationStatus": EN_ATOM.get(unidad.publicacion, ""),
        "alternativeIdentifiers": celda([codigo for _, codigo in unidad.alternos]),
        "alternativeIdentifierLabels": celda([rotulo for rotulo, _ in unidad.alternos]),
        "culture": unidad.cultura,
    }
    isad = {columna: unidad.isad[clave] for columna, clave in DE_ISAD.items() if clave in unidad.isad}
    return unidad.otros | isad | _puntos(unidad) | _eventos(unidad) | propias


def _puntos(unidad: Unidad) -> dict[str, str]:
    columnas = {clase: columna for columna, clase in DE_PUNTOS.items()}
    por_columna: dict[str, list[str]] = {}
    for punto in unidad.puntos:
        por_columna.setdefault(columnas.get(punto.clase, "nameAccessPoints"), []).append(punto.nombre)
    return {columna: celda(nombres) for columna, nombres in por_columna.items()}


def _eventos(unidad: Unidad) -> dict[str, str]:
    columnas = {columna: [getattr(e, parte) for e in unidad.eventos] for columna, parte in DE_EVENTOS.items()}
    historia = unidad.isad.get("historia_institucional", "")
    if historia and not any(columnas["eventActorHistories"]):
        columnas["eventActorHistories"] = [historia, *columnas["eventActorHistories"][1:]]
    return {columna: celda(valores) for columna, valores in columnas.items()}


def _traduccion(unidad: Unidad, cultura: str, textos: dict[str, str]) -> dict[str, str]:
    propias = {"legacyId": unidad.id, "parentId": unidad.madre, "title": textos.get("titulo", ""), "culture": cultura}
    nivel = {"levelOfDescription": nombre_para_atom(unidad.nivel, unidad.nivel_original)}
    return propias | nivel | {columna: textos[clave] for columna, clave in DE_ISAD.items() if clave in textos}

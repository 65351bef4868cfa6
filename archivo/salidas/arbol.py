"""El árbol de texto de los impresos: lo único que las plantillas saben componer.

Un bloque es un diccionario con `tipo`: `parrafo`, `subtitulo` (con `nivel` 2 a 4), `cita`, `lista`,
`enumeracion`, `tabla` o `foto`. El `texto` es una cadena o una lista de trozos: cadenas o
`{"t", "negrita"?, "cursiva"?, "url"?, "nota"?}`. Los `puntos` de una lista son textos, o
`{"texto", "bloques"}` si llevan otra lista adentro.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .errores import ArbolInvalido

Trozo = str | dict[str, Any]
Texto = str | list[Trozo]
Bloque = dict[str, Any]

TIPOS = frozenset({"parrafo", "subtitulo", "cita", "lista", "enumeracion", "tabla", "foto"})
_RENGLON_VACIO = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def texto_llano(texto: Texto | dict[str, Any]) -> str:
    """Lo que se lee en un texto del árbol, sin formato."""
    if isinstance(texto, str):
        return texto
    if isinstance(texto, dict):
        return texto_llano(texto["texto"] if "texto" in texto else texto["t"])
    return "".join(trozo if isinstance(trozo, str) else str(trozo["t"]) for trozo in texto)


def _textos_del_bloque(bloque: Bloque) -> Iterator[str]:
    if "texto" in bloque:
        yield texto_llano(bloque["texto"])
    if "quien" in bloque:
        yield str(bloque["quien"])
    for punto in bloque.get("puntos", ()):
        yield texto_llano(punto)
        if isinstance(punto, dict):
            yield from textos(punto["bloques"])
    if bloque["tipo"] == "tabla":
        yield from (str(columna["t"]) for columna in bloque["columnas"])
        yield from (str(celda) for fila in bloque["filas"] for celda in fila)


def textos(bloques: Iterable[Bloque]) -> Iterator[str]:
    """Cada texto del árbol, en orden de lectura; sirve para buscar y para comparar con lo que salió en el PDF."""
    for bloque in bloques:
        yield from _textos_del_bloque(bloque)


def arbol_de_texto(plano: str) -> list[Bloque]:
    """Párrafos de un texto sin formato.

    Si hay renglones en blanco, ellos separan los párrafos y los demás saltos se conservan dentro; si no los hay,
    cada renglón es un párrafo.
    """
    texto = plano.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    partes = _RENGLON_VACIO.split(texto) if _RENGLON_VACIO.search(texto) else texto.split("\n")
    parrafos = ("\n".join(renglon.strip() for renglon in parte.split("\n")).strip() for parte in partes)
    return [{"tipo": "parrafo", "texto": parrafo} for parrafo in parrafos if parrafo]


def _subtitulo(bloque: Bloque, anterior: int) -> Bloque:
    nivel = max(2, min(int(bloque.get("nivel", 2)), 4, anterior + 1))
    return {**bloque, "nivel": nivel}


def normalizar(bloques: Sequence[Bloque]) -> list[Bloque]:
    """El árbol listo para componer: sin bloques vacíos y sin saltos de nivel, que PDF/UA-1 no admite.

    Lanza `ArbolInvalido` si un bloque no es de los tipos conocidos.
    """
    nivel, listos = 1, []
    for bloque in bloques:
        if bloque.get("tipo") not in TIPOS:
            conocidos = ", ".join(sorted(TIPOS))
            raise ArbolInvalido(f"El texto trae un bloque «{bloque.get('tipo')}» que no se puede imprimir. Use: {conocidos}.")
        if bloque["tipo"] in {"lista", "enumeracion"} and not bloque["puntos"]:
            continue
        if bloque["tipo"] == "subtitulo":
            if not texto_llano(bloque["texto"]).strip():
                continue
            bloque = _subtitulo(bloque, nivel)
            nivel = bloque["nivel"]
        listos.append(bloque)
    return listos

"""Del HTML saneado del editor al árbol de texto.

Se entiende: p, h2, h3, h4, ul, ol, li, blockquote, strong/b, em/i, a y br. De cualquier otra etiqueta queda
su texto; de `script` y `style`, nada.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from .arbol import Bloque, Texto, Trozo, normalizar, texto_llano

_ESPACIOS = re.compile(r"[ \t\r\n\f]+")
_ENLACE_SEGURO = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SUBTITULOS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
_LISTAS = {"ul": "lista", "ol": "enumeracion"}
_BLOQUES = {"p", "blockquote", "li", "div", *_SUBTITULOS, *_LISTAS}
_MUDAS = {"script", "style"}
_PROFUNDIDAD = 60


@dataclass(slots=True)
class _Nodo:
    etiqueta: str
    url: str | None = None
    hijos: list["_Nodo | str"] = field(default_factory=list)


class _Lector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.raiz = _Nodo("raiz")
        self._pila = [self.raiz]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        nodo = _Nodo(tag, dict(attrs).get("href"))
        self._pila[-1].hijos.append(nodo)
        if tag not in {"br", "hr", "img"} and len(self._pila) < _PROFUNDIDAD:
            self._pila.append(nodo)

    def handle_endtag(self, tag: str) -> None:
        abiertas = [nodo.etiqueta for nodo in self._pila[1:]]
        if tag in abiertas:
            while self._pila.pop().etiqueta != tag:
                continue

    def handle_data(self, data: str) -> None:
        self._pila[-1].hijos.append(data)


def _formato(nodo: _Nodo, formato: dict[str, object]) -> dict[str, object]:
    if nodo.etiqueta in {"strong", "b"}:
        return {**formato, "negrita": True}
    if nodo.etiqueta in {"em", "i"}:
        return {**formato, "cursiva": True}
    if nodo.etiqueta == "a" and nodo.url and _ENLACE_SEGURO.match(nodo.url.strip()):
        return {**formato, "url": nodo.url.strip()}
    return formato


def _trozos(nodos: list[_Nodo | str], formato: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    for nodo in nodos:
        if isinstance(nodo, str):
            yield _ESPACIOS.sub(" ", nodo), formato
        elif nodo.etiqueta == "br":
            yield "\n", formato
        elif nodo.etiqueta not in _MUDAS:
            if nodo.etiqueta in _BLOQUES:
                yield "\n", formato
            yield from _trozos(nodo.hijos, _formato(nodo, formato))


def _unir(pares: Iterator[tuple[str, dict[str, object]]]) -> list[tuple[str, dict[str, object]]]:
    unidos: list[tuple[str, dict[str, object]]] = []
    final = "\n"
    for texto, formato in pares:
        if final[-1] in " \n":
            texto = texto.lstrip(" ")
        if texto == "\n" and final == "\n":
            continue
        if not texto:
            continue
        final = texto
        if unidos and unidos[-1][1] == formato:
            unidos[-1] = (unidos[-1][0] + texto, formato)
        else:
            unidos.append((texto, formato))
    return unidos


def _texto(nodos: list[_Nodo | str]) -> Texto:
    """Trozos con su formato, sin blancos sobrantes; una cadena si no hay formato."""
    unidos = _unir(_trozos(nodos, {}))
    while unidos and not unidos[-1][0].rstrip():
        unidos.pop()
    if unidos:
        unidos[-1] = (unidos[-1][0].rstrip(), unidos[-1][1])
    trozos: list[Trozo] = [texto if not formato else {"t": texto, **formato} for texto, formato in unidos]
    if all(isinstance(trozo, str) for trozo in trozos):
        return texto_llano(trozos)
    return trozos


def _punto(nodo: _Nodo) -> Texto | dict[str, object]:
    listas = [h for h in nodo.hijos if isinstance(h, _Nodo) and h.etiqueta in _LISTAS]
    texto = _texto([h for h in nodo.hijos if not any(h is lista for lista in listas)])
    bloques = [bloque for lista in listas for bloque in _lista(lista)]
    return {"texto": texto, "bloques": bloques} if bloques else texto


def _lista(nodo: _Nodo) -> list[Bloque]:
    elementos = [h for h in nodo.hijos if isinstance(h, _Nodo) and h.etiqueta == "li"]
    puntos = [punto for punto in map(_punto, elementos) if punto]
    return [{"tipo": _LISTAS[nodo.etiqueta], "puntos": puntos}] if puntos else []


def _con_texto(bloque: Bloque, nodos: list[_Nodo | str]) -> list[Bloque]:
    texto = _texto(nodos)
    return [{**bloque, "texto": texto}] if texto_llano(texto).strip() else []


def _con_autor(bloque: Bloque) -> Bloque:
    """Si la cita termina con un renglón «— Alguien», ese renglón dice de quién es."""
    texto = bloque["texto"]
    if not isinstance(texto, str) or "\n" not in texto:
        return bloque
    dicho, _, quien = texto.rpartition("\n")
    return {**bloque, "texto": dicho, "quien": quien[1:].strip()} if quien.startswith("—") else bloque


def _cita(nodo: _Nodo) -> list[Bloque]:
    bloques = [_con_autor(b) for b in _con_texto({"tipo": "cita"}, nodo.hijos)]
    for bloque in bloques:
        if texto_llano(bloque["texto"])[:1] in '«“"—':
            bloque["comillas"] = False
    return bloques


def _bloque(nodo: _Nodo) -> list[Bloque]:
    if nodo.etiqueta in _SUBTITULOS:
        nivel = _SUBTITULOS[nodo.etiqueta]
        return _con_texto({"tipo": "subtitulo", "nivel": nivel}, nodo.hijos)
    if nodo.etiqueta in _LISTAS:
        return _lista(nodo)
    if nodo.etiqueta == "blockquote":
        return _cita(nodo)
    if any(isinstance(h, _Nodo) and h.etiqueta in _BLOQUES for h in nodo.hijos):
        return _bloques(nodo.hijos)
    return _con_texto({"tipo": "parrafo"}, nodo.hijos)


def _bloques(nodos: list[_Nodo | str]) -> list[Bloque]:
    listos: list[Bloque] = []
    sueltos: list[_Nodo | str] = []
    for nodo in nodos:
        if isinstance(nodo, _Nodo) and nodo.etiqueta in _BLOQUES:
            listos += _con_texto({"tipo": "parrafo"}, sueltos)
            sueltos = []
            listos += _bloque(nodo)
        else:
            sueltos.append(nodo)
    return listos + _con_texto({"tipo": "parrafo"}, sueltos)


def arbol_de_html(html: str) -> list[Bloque]:
    """Árbol de texto del HTML de un editor. Lo que no se entiende se queda en su texto; nada se interpreta."""
    lector = _Lector()
    lector.feed(html)
    lector.close()
    return normalizar(_bloques(lector.raiz.hijos))

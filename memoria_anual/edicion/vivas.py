"""Las cifras que van dentro del texto: `{{cifra:BOL}}` es una referencia al corte, nunca un número tecleado.

`{{cifra:CLAVE}}` el valor · `{{cifra:CLAVE:anterior}}` el del año antes · `{{cifra:CLAVE:variacion}}` «10.7 % más» ·
`{{cifra:CLAVE:elementos}}` cuántos renglones tiene su lista · `{{corte}}` el día del corte.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from archivo.salidas import Bloque, Texto, texto_llano
from memoria_anual.edicion.cifras import SIN_DATO, CifraDesconocida, CifrasDeMemoria, en_palabras

_VIVA = re.compile(r"\{\{\s*(?:cifra\s*:\s*([A-Za-z0-9_-]+)\s*(?::\s*([a-z]+)\s*)?|(corte))\s*\}\}")
_TECLEADA = re.compile(r"(?<![\d/-])\d[\d,.]*\d(?![\d/-])")
_ANIO = re.compile(r"(1[5-9]|20|21)\d\d\Z")
_PARTES = frozenset({"", "valor", "anterior", "variacion", "elementos"})


def avivar(bloques: Iterable[Bloque], cifras: CifrasDeMemoria) -> list[Bloque]:
    """Los mismos bloques con cada referencia puesta en cifra, con su enlace y su nota.

    Raises:
        CifraDesconocida: nombran un indicador que el corte no tiene, o una parte que no existe.
    """
    return [_bloque(b, cifras) for b in bloques]


def _bloque(bloque: Bloque, cifras: CifrasDeMemoria) -> Bloque:
    vivo = dict(bloque)
    if "texto" in vivo:
        vivo["texto"] = _texto(vivo["texto"], cifras)
    if "puntos" in vivo:
        vivo["puntos"] = [_punto(p, cifras) for p in vivo["puntos"]]
    return vivo


def _punto(punto: Any, cifras: CifrasDeMemoria) -> Any:
    if isinstance(punto, dict) and "bloques" in punto:
        return {**punto, "texto": _texto(punto["texto"], cifras), "bloques": avivar(punto["bloques"], cifras)}
    return _texto(punto, cifras)


def _texto(texto: Texto, cifras: CifrasDeMemoria) -> Texto:
    trozos = [texto] if isinstance(texto, str) else texto
    vivos = [v for t in trozos for v in _trozos(t, cifras)]
    return texto_llano(vivos) if all(isinstance(v, str) for v in vivos) else vivos


def _trozos(trozo: Any, cifras: CifrasDeMemoria) -> Iterator[Any]:
    dicho, formato = (trozo, {}) if isinstance(trozo, str) else (trozo["t"], {c: v for c, v in trozo.items() if c != "t"})
    fin = 0
    for hallada in _VIVA.finditer(dicho):
        if antes := dicho[fin : hallada.start()]:
            yield {"t": antes, **formato} if formato else antes
        yield {**formato, **_viva(hallada, cifras)}
        fin = hallada.end()
    if resto := dicho[fin:]:
        yield {"t": resto, **formato} if formato else resto


def _viva(hallada: re.Match[str], cifras: CifrasDeMemoria) -> dict[str, Any]:
    if hallada[3]:
        return {"t": date_format(timezone.localtime(cifras.corte.momento), r"j \d\e F \d\e Y")}
    clave, parte = hallada[1].upper(), hallada[2] or ""
    if parte not in _PARTES:
        raise CifraDesconocida(f"«{hallada[0]}» pide «{parte}»; una cifra da su valor, anterior, variacion o elementos.")
    cifra = cifras[clave]
    if parte == "anterior":
        return {"t": en_palabras(cifra.anterior, cifra.unidad)}
    if parte == "variacion":
        return {"t": cifra.variacion or SIN_DATO}
    vivo: dict[str, Any] = {"cifra": clave, "url": cifras.enlace(clave)}
    if parte == "elementos":
        return vivo | {"t": f"{cifra.elementos:,}"}
    return vivo | {"t": cifra.dicha} | ({"nota": cifra.nota} if cifra.nota else {})


def referencias(texto: str) -> list[str]:
    """Las claves que ese texto nombra, sin repetir."""
    return list(dict.fromkeys(h[1].upper() for h in _VIVA.finditer(texto) if h[1]))


def tecleadas(texto: str) -> list[str]:
    """Los números de dos o más dígitos escritos a mano, sin años ni fechas: deberían ser referencias."""
    limpio = _VIVA.sub(" ", texto)
    return [n for n in _TECLEADA.findall(limpio) if not _ANIO.match(n)]

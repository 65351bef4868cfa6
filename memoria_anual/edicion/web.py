"""Un capítulo resuelto, puesto para una página: el texto en HTML, las notas numeradas y cada cifra con el enlace a su lista."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Bloque = Mapping[str, Any]


@dataclass
class Pliego:
    """Lo que se va juntando al poner un capítulo. `base`: la dirección relativa de la memoria, con su diagonal final; cada lista está en `base/ruta/CLAVE/`."""

    base: str
    ruta: str = "cifra"
    notas: list[str] = field(default_factory=list)
    graficas: int = 0
    tablas: int = 0

    def anotar(self, nota: str) -> int:
        """El número de esa nota; repetida, el mismo."""
        if nota not in self.notas:
            self.notas.append(nota)
        return self.notas.index(nota) + 1

    def enlace(self, clave: str) -> str:
        """La lista de esa cifra."""
        return f"{self.base}{self.ruta}/{clave}/"


def capitulo_para_web(capitulo: Bloque, base: str, ruta: str = "cifra") -> dict[str, Any]:
    """`{n, titulo, entradilla, bloques, notas}`; los bloques llevan `html` donde hay texto. El SVG lo hizo el sistema."""
    pliego = Pliego(base, ruta)
    bloques = [_bloque(b, capitulo["n"], pliego) for b in capitulo["bloques"]]
    return {**capitulo, "bloques": bloques, "notas": list(enumerate(pliego.notas, 1))}


def _bloque(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    poner = _PONEN.get(bloque["tipo"])
    return {**bloque, **(poner(bloque, n, pliego) if poner else {})}


def _con_texto(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    return {"html": _texto(bloque["texto"], pliego)}


def _con_lista(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    return {"html": _lista(bloque, pliego)}


def _cifras(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    puestas = [
        {**c, "enlace": pliego.enlace(c["clave"]), "n_nota": pliego.anotar(c["nota"]) if c["nota"] else 0}
        for c in bloque["cifras"]
    ]
    return {"cifras": puestas}


def _aportacion(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    return {"html": _parrafos(bloque.get("texto", ()), pliego)}


def _texto(texto: Any, pliego: Pliego) -> SafeString:
    trozos = [texto] if isinstance(texto, str) else texto
    return format_html_join("", "{}", ((_trozo(t, pliego),) for t in trozos))


def _trozo(trozo: Any, pliego: Pliego) -> SafeString | str:
    if isinstance(trozo, str):
        return _renglones(trozo)
    dicho: Any = _renglones(trozo["t"])
    if trozo.get("negrita"):
        dicho = format_html("<strong>{}</strong>", dicho)
    if trozo.get("cursiva"):
        dicho = format_html("<em>{}</em>", dicho)
    if trozo.get("cifra"):
        oculto = format_html('<span class="oculto">: abrir la lista de {}</span>', trozo["cifra"])
        dicho = format_html('<a href="{}">{}{}</a>', pliego.enlace(trozo["cifra"]), dicho, oculto)
    elif trozo.get("url"):
        dicho = format_html('<a href="{}">{}</a>', trozo["url"], dicho)
    return format_html("{}{}", dicho, _llamada(trozo["nota"], pliego)) if trozo.get("nota") else dicho


def _llamada(nota: str, pliego: Pliego) -> SafeString:
    numero = pliego.anotar(nota)
    return format_html('<sup><a href="#nota-{}"><span class="oculto">Nota </span>{}</a></sup>', numero, numero)


def _renglones(texto: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((r,) for r in texto.split("\n")))


def _lista(bloque: Bloque, pliego: Pliego) -> SafeString:
    etiqueta = "ul" if bloque["tipo"] == "lista" else "ol"
    puntos = format_html_join("", "<li>{}</li>", ((_punto(p, pliego),) for p in bloque["puntos"]))
    return format_html("<{}>{}</{}>", etiqueta, puntos, etiqueta)


def _punto(punto: Any, pliego: Pliego) -> SafeString:
    if isinstance(punto, dict) and "bloques" in punto:
        adentro = format_html_join("", "{}", ((_lista(b, pliego),) for b in punto["bloques"]))
        return format_html("{}{}", _texto(punto["texto"], pliego), adentro)
    return _texto(punto, pliego)


def _parrafos(bloques: Sequence[Bloque], pliego: Pliego) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((_texto(b["texto"], pliego),) for b in bloques if "texto" in b))


def _grafica(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    pliego.graficas += 1
    tabla = bloque["tabla"]
    filas = [
        {"celdas": fila, "enlace": f"{pliego.enlace(bloque['clave'])}?mes={clave}" if clave[4:5] == "-" else ""}
        for fila, clave in zip(tabla["filas"], tabla["porciones"], strict=True)
    ]
    return {
        "numero": f"{n}.{pliego.graficas}", "id": f"g-{n}-{pliego.graficas}", "enlace": pliego.enlace(bloque["clave"]),
        "svg": mark_safe(bloque["svg"]),
        "tabla": {**tabla, "filas": filas},
    }  # fmt: skip


def _numerada(n: int, pliego: Pliego) -> dict[str, Any]:
    pliego.tablas += 1
    return {"numero": f"{n}.{pliego.tablas}", "id": f"t-{n}-{pliego.tablas}"}


def _tabla(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    renglones = [
        {"celdas": fila, "enlace": pliego.enlace(clave), "n_nota": pliego.anotar(nota) if nota else 0}
        for fila, clave, nota in zip(bloque["filas"], bloque["claves"], bloque["notas"], strict=True)
    ]
    return _numerada(n, pliego) | {"renglones": renglones}


def _indicadores(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    filas = [
        {**f, "enlace": pliego.enlace(f["clave"]), "n_nota": pliego.anotar(f["nota"]) if f["nota"] else 0}
        for f in bloque["filas"]
    ]
    return _numerada(n, pliego) | {"filas": filas}


def _relacion(bloque: Bloque, n: int, pliego: Pliego) -> dict[str, Any]:
    return _numerada(n, pliego) | {"enlace": pliego.enlace(bloque["clave"])}


_PONEN: Mapping[str, Callable[[Bloque, int, Pliego], dict[str, Any]]] = {
    "parrafo": _con_texto, "cita": _con_texto, "subtitulo": _con_texto, "lista": _con_lista, "enumeracion": _con_lista,
    "cifras": _cifras, "grafica": _grafica, "tabla": _tabla, "indicadores": _indicadores, "relacion": _relacion, "aportacion": _aportacion,
}  # fmt: skip

"""Los formatos de los gestores de referencias: BibTeX y RIS. Todo escapado: un título no abre una orden de TeX ni otro campo."""

import re
from collections.abc import Iterable, Iterator

from buscador.exportacion.filas import Registro

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""Una llave escapada (con diagonal) sirve a TeX, pero BibTeX la cuenta como las demás: suelta, se llevaría lo que sigue del archivo."""
_EN_TEX = str.maketrans(_TEX)
_BLANCOS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def _de_un_renglon(texto: str) -> str:
    return _BLANCOS.sub(" ", texto).strip()


CLASES = {
    "Libro": ("book", "BOOK"),
    "Manual": ("manual", "BOOK"),
    "Informe": ("techreport", "RPRT"),
    "Memoria": ("techreport", "RPRT"),
    "Encuesta o estudio": ("techreport", "RPRT"),
    "Folleto": ("booklet", "PAMP"),
    "Ley o norma": ("misc", "STAT"),
    "Video": ("misc", "VIDEO"),
    "Transmisión en vivo": ("misc", "VIDEO"),
    "Spot de televisión": ("misc", "VIDEO"),
    "Infografía animada": ("misc", "VIDEO"),
    "Audio": ("misc", "SOUND"),
    "Spot de radio": ("misc", "SOUND"),
    "Fotografía": ("misc", "ART"),
    "Álbum fotográfico": ("misc", "ART"),
    "Cartel": ("misc", "ART"),
}
"""Qué entrada de BibTeX y qué tipo de RIS es cada clase; lo demás, `misc` y `GEN`, o artículo de prensa si salió en un medio."""
_QUIEN_EDITA = {"book": "publisher", "manual": "organization", "techreport": "institution", "booklet": "organization"}


def _forma(r: Registro) -> tuple[str, str]:
    if r.medio:
        return "article", "NEWS"
    return CLASES.get(r.clase, ("misc", "GEN"))


def en_bibtex(registros: Iterable[Registro]) -> Iterator[str]:
    """Una entrada por documento, del tipo que le toca (`@article` si salió en un medio)."""
    for r in registros:
        entrada = _forma(r)[0]
        campos = {
            "title": f"{{{_tex(r.titulo)}}}",
            "author": f"{{{_tex(r.autor or r.area)}}}",
            "year": r.fecha[:4],
            "date": _tex(r.fecha),
            "journal": _tex(r.medio),
            _QUIEN_EDITA.get(entrada, ""): _tex(r.area),
            "number": _tex(r.folio),
            "howpublished": _tex(r.clase or r.tipo) if entrada == "misc" else "",
            "abstract": _tex(r.resumen),
            "keywords": _tex(", ".join(r.temas)),
            "url": r.direccion,
            "note": _tex(f"{r.tipo}. Acervo, {r.clave}"),
        }
        llenos = (f"  {nombre} = {{{valor}}}" for nombre, valor in campos.items() if nombre and valor and valor != "{}")
        yield f"@{entrada}{{acervo-{r.clave},\n" + ",\n".join(llenos) + "\n}\n\n"


def _tex(texto: str) -> str:
    return _de_un_renglon(texto).translate(_EN_TEX)


def en_ris(registros: Iterable[Registro]) -> Iterator[str]:
    """Un bloque `TY … ER` por documento, del tipo que le toca (`NEWS` si salió en un medio)."""
    for r in registros:
        renglones = [
            ("TI", r.titulo),
            ("AU", r.autor or r.area),
            ("PY", r.fecha[:4]),
            ("DA", r.fecha.partition("/")[0].replace("-", "/")),
            ("T2", r.medio),
            ("M1", r.folio),
            ("M3", r.clase or r.tipo),
            ("AB", r.resumen),
            *(("KW", tema) for tema in r.temas),
            ("PB", r.area if r.clase and not r.medio else ""),
            ("UR", r.direccion),
            ("ID", r.clave),
        ]
        dichos = "".join(f"{clave}  - {_de_un_renglon(valor)}\r\n" for clave, valor in renglones if valor.strip())
        yield f"TY  - {_forma(r)[1]}\r\n{dichos}ER  - \r\n\r\n"

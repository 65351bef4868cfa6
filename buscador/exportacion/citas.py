"""Los formatos de los gestores de referencias: BibTeX y RIS. Todo escapado: un título no abre una orden de TeX ni otro campo."""

import re
from collections.abc import Iterable, Iterator

from buscador.exportacion.filas import Registro

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_EN_TEX = str.maketrans(_TEX)
_BLANCOS = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")


def _de_un_renglon(texto: str) -> str:
    return _BLANCOS.sub(" ", texto).strip()


def en_bibtex(registros: Iterable[Registro]) -> Iterator[str]:
    """Una entrada por documento; `@article` si salió en un medio."""
    for r in registros:
        campos = {
            "title": f"{{{_tex(r.titulo)}}}",
            "author": f"{{{_tex(r.autor or r.area)}}}",
            "year": r.fecha[:4],
            "date": _tex(r.fecha),
            "journal": _tex(r.medio),
            "number": _tex(r.folio),
            "abstract": _tex(r.resumen),
            "keywords": _tex(", ".join(r.temas)),
            "url": r.direccion,
            "note": _tex(f"{r.tipo}. Acervo, {r.clave}"),
        }
        llenos = (f"  {nombre} = {{{valor}}}" for nombre, valor in campos.items() if valor and valor != "{}")
        yield f"@{'article' if r.medio else 'misc'}{{acervo-{r.clave},\n" + ",\n".join(llenos) + "\n}\n\n"


def _tex(texto: str) -> str:
    return _de_un_renglon(texto).translate(_EN_TEX)


def en_ris(registros: Iterable[Registro]) -> Iterator[str]:
    """Un bloque `TY … ER` por documento; `NEWS` si salió en un medio."""
    for r in registros:
        renglones = [
            ("TI", r.titulo),
            ("AU", r.autor or r.area),
            ("PY", r.fecha[:4]),
            ("DA", r.fecha.partition("/")[0].replace("-", "/")),
            ("T2", r.medio),
            ("M1", r.folio),
            ("AB", r.resumen),
            *(("KW", tema) for tema in r.temas),
            ("UR", r.direccion),
            ("ID", r.clave),
        ]
        dichos = "".join(f"{clave}  - {_de_un_renglon(valor)}\r\n" for clave, valor in renglones if valor.strip())
        yield f"TY  - {'NEWS' if r.medio else 'GEN'}\r\n{dichos}ER  - \r\n\r\n"

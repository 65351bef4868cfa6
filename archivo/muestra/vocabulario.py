"""Los relatos y los nombres, leídos una vez de `relatos/*.toml`."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

CARPETA = Path(__file__).parent / "relatos"


@dataclass(frozen=True, slots=True)
class Relato:
    """Una clase de noticia: sus plantillas y los márgenes de sus cifras (mínimo, máximo, paso).

    Al título n le toca la entrada n (o la última). `meses`: cuándo es de temporada; vacío, todo el año.
    """

    clave: str
    area: str
    temas: tuple[str, ...]
    titulos: tuple[str, ...]
    entradas: tuple[str, ...]
    parrafos: tuple[str, ...]
    balazos: tuple[str, ...] = ()
    citas: tuple[str, ...] = ()
    pies: tuple[str, ...] = ()
    puntos: dict[str, Any] | None = None
    escena: str = ""
    serie: str = "boletin"
    meses: tuple[int, ...] = ()
    cifras: dict[str, tuple[int, int, int]] = field(default_factory=dict)


def _toml(nombre: str) -> dict[str, Any]:
    return tomllib.loads((CARPETA / f"{nombre}.toml").read_text(encoding="utf-8"))


def _relato(clave: str, datos: dict[str, Any]) -> Relato:
    grupos = [datos[g] for g in sorted(datos) if g.startswith("cifras")]
    cifras = {hueco: tuple(margen) for grupo in grupos for hueco, margen in grupo.items()}
    textos = {
        campo: tuple(datos.get(campo, ()))
        for campo in ("temas", "titulos", "entradas", "parrafos", "balazos", "citas", "pies", "meses")
    }
    return Relato(
        clave=clave,
        area=datos["area"],
        puntos=datos.get("puntos"),
        escena=datos.get("escena", ""),
        serie=datos.get("serie", "boletin"),
        cifras=cifras,
        **textos,
    )


@cache
def relatos() -> tuple[Relato, ...]:
    """Todos los relatos de boletines, comunicados, tarjetas e invitaciones."""
    archivos = ("obras", "sociales", "ciudad", "gobierno", "breves")
    return tuple(_relato(f"{a}-{n}", datos) for a in archivos for n, datos in enumerate(_toml(a)["relato"]))


@cache
def vocabulario() -> dict[str, Any]:
    """Calles, mercados, productos, áreas y lugares."""
    return _toml("vocabulario")


@cache
def frases_de_publicacion() -> dict[str, Any]:
    """Las frases de gacetas, informes, manuales, programas y folletos."""
    return _toml("publicaciones")


def nombre_de_area(clave: str) -> str:
    """«DSP» → «Dirección de Salud Pública»."""
    return str(vocabulario()["areas"][clave][0])


def titular_de_area(clave: str) -> str:
    """«DSP» → «la directora de Salud Pública»: el cargo, nunca una persona."""
    return str(vocabulario()["areas"][clave][1])

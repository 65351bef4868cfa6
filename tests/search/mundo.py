"""Un archivo inventado con semilla: documentos, lectores y consultas para comparar motores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from search import (
    Between,
    Document,
    Filter,
    In,
    Integer,
    Keyword,
    Node,
    Part,
    QueryFields,
    Schema,
    Scope,
    SearchEngine,
    Upsert,
    parse,
)
from search.invented import READER as LECTOR

ESQUEMA = Schema([Keyword("tipo"), Keyword("area", label_searchable=True), Integer("anio"), Integer("numero")])
CAMPOS = QueryFields(ESQUEMA, {"año": "anio", "título": "title", "fecha": "date", "área": "area"})
FICHAS = ("p", "oficina", "g:obras", "g:prensa", "titular")
TIPOS = ("boletin", "publicacion", "Nota de prensa")
AREAS = ("Obras Públicas", "Prensa y Difusión", "Participación Ciudadana", "Niñez")
PALABRAS = [
    "boletín",
    "boletines",
    "Boletín",
    "boletin",
    "vacunación",
    "vacunaciones",
    "educación",
    "Educación",
    "educacion",
    "niño",
    "niños",
    "nino",
    "NIÑO",
    "año",
    "años",
    "ano",
    "obra",
    "obras",
    "pública",
    "público",
    "foto",
    "fotos",
    "acta",
    "actas",
    "día",
    "días",
    "mes",
    "meses",
    "alcaldía",
    "comunicado",
    "agua",
    "drenaje",
    "bache",
    "bacheo",
    "de",
    "la",
    "y",
    "en",
    "el",
    "los",
    "con",
    "por",
    "mercado",
    "mercados",
    "concierto",
    "conciertos",
    "reforestación",
    "árbol",
    "árboles",
    "luminaria",
    "luz",
    "luces",
    "administración",
    "presupuesto",
    "ciudadanía",
    "ciudadanos",
    "123/2026",
    "45/1994",
    "covid-19",
    "SCG/OICAC/12",
    "leyes",
    "ley",
    "informe",
    "informes",
]
RARAS = ("zarzuplex", "quimbolán", "xochitepec", "desazolve", "imprescriptible")


def documento(azar: Random, orden: int, acl: Iterable[str]) -> Document:
    partes = tuple(
        Part(numero, _texto(azar, 25), label=azar.choice(("", "", "anexo")) if numero > 2 else "")
        for numero in range(1, azar.choice((0, 1, 1, 2, 3, 4)) + 1)
    )
    desde = date(1988, 1, 1) + timedelta(days=azar.randrange(3000))
    hasta = desde + timedelta(days=azar.choice((0, 0, 30, 364)))
    conocida = azar.random() < 0.85
    return Document(
        key=f"k{orden}",
        version=1,
        acl=frozenset(acl),
        title=_texto(azar, 6).capitalize(),
        order=orden,
        extra_text=_texto(azar, 4) if azar.random() < 0.5 else "",
        parts=partes,
        keywords={"tipo": (azar.choice(TIPOS),), "area": tuple(azar.sample(AREAS, azar.choice((0, 1, 1, 2))))},
        integers={"anio": (desde.year,) if conocida else (), "numero": (azar.randrange(1, 9),)},
        date_from=desde if conocida else None,
        date_to=hasta if conocida else None,
    )


def _texto(azar: Random, largo: int) -> str:
    palabras = azar.choices(PALABRAS, k=azar.randrange(1, largo + 1))
    if azar.random() < 0.15:
        palabras.insert(azar.randrange(len(palabras) + 1), azar.choice(RARAS))
    return azar.choice((" ", ", ", ".\n")).join(palabras)


def variantes(azar: Random, orden: int) -> tuple[Document, ...]:
    """Un elemento, a veces con una parte reservada: entonces son dos variantes de la misma clave."""
    suyas = azar.sample(FICHAS, azar.choice((1, 2, 3)))
    entero = documento(azar, orden, suyas)
    if len(entero.parts) < 2 or azar.random() < 0.4:
        return (entero,)
    reservada = frozenset({"titular"})
    if azar.random() < 0.5:
        partes = (entero.parts[0], replace(entero.parts[1], acl=reservada), *entero.parts[2:])
        return (replace(entero, parts=partes),)
    angosto = replace(entero, variant=1, acl=entero.acl | reservada)
    if angosto.acl == reservada:
        return (entero,)
    ancho = replace(entero, acl=entero.acl - reservada or frozenset({"p"}), hidden_from=reservada, parts=entero.parts[:-1])
    return ancho, replace(angosto, acl=reservada)


def archivo(semilla: int, cuantos: int) -> list[Upsert]:
    """Operaciones que llenan el índice `all` con todo y `pub` con lo público."""
    azar = Random(semilla)
    operaciones: list[Upsert] = []
    for orden in range(1, cuantos + 1):
        suyas = variantes(azar, orden)
        operaciones.append(Upsert("all", *suyas))
        publica = next((cada for cada in suyas if "p" in cada.acl), None)
        if publica:
            operaciones.append(Upsert("pub", replace(publica, acl=frozenset({"p"}), hidden_from=frozenset(), variant=0)))
    return operaciones


def alcance(azar: Random, cuantos: int) -> Scope:
    indice = azar.choice(("all", "all", "pub"))
    fichas = frozenset(azar.sample(FICHAS, azar.choice((1, 1, 2, 3)))) if indice == "all" else frozenset({"p"})
    revocadas = frozenset(f"k{azar.randrange(1, cuantos + 1)}" for _ in range(azar.choice((0, 0, 3))))
    return Scope(indice, fichas, revocadas)


def solo_lo_visible(operaciones: Iterable[Upsert], lector: Scope) -> list[Upsert]:
    """El mismo archivo, sin nada de lo que ese lector no ve: lo que queda lo ve cualquiera que tenga la ficha LECTOR."""
    visibles: list[Upsert] = []
    for operacion in operaciones:
        for cada in operacion.documents:
            if operacion.index == lector.index and lector.sees(cada.key, cada.acl, cada.hidden_from):
                partes = tuple(replace(parte, acl=_acl_de_parte(parte, lector)) for parte in cada.parts)
                visibles.append(Upsert("all", replace(cada, acl=LECTOR, hidden_from=frozenset(), variant=0, parts=partes)))
    return visibles


def _acl_de_parte(parte: Part, lector: Scope) -> frozenset[str] | None:
    if parte.acl is None:
        return None
    return parte.acl | LECTOR if parte.acl & lector.acl else parte.acl


def consulta(azar: Random) -> Node | None:
    """Una consulta cualquiera del lenguaje, de la más sencilla a la más enredada."""
    piezas = [_pieza(azar) for _ in range(azar.choice((0, 1, 1, 2, 2, 3, 6)))]
    return parse(" ".join(piezas), CAMPOS)


def _pieza(azar: Random) -> str:
    palabra, otra = azar.choice((*PALABRAS, *RARAS)), azar.choice(PALABRAS)
    sin_signos = "".join(letra for letra in palabra if letra.isalpha())
    formas = (
        *(palabra,) * 8, f'"{palabra} {otra}"', f'"{palabra} {otra}"~{azar.randrange(1, 7)}', f'"{palabra}"', f"-{palabra}", f"{palabra} OR {otra}", f"{sin_signos[:3]}*",
        f"{sin_signos[:-1]}x~", f"título:{palabra}", f"título:{sin_signos[:3]}*", f"área:{azar.choice(('obras', 'niñez', 'ciudadana', 'publica'))}",
        f'tipo:"{azar.choice(('BOLETIN', 'nota de prensa', 'publicación'))}"', f"año:{azar.randrange(1988, 1997)}", "año:1990..1993",
        f"fecha:{azar.randrange(1988, 1997)}-0{azar.randrange(1, 10)}", "fecha:>=1992-03", "numero:<4", f"({palabra} -{otra})", "*",
        f"-título:{otra}", f"-({palabra} {otra})", f"-tipo:boletin {palabra}",
    )  # fmt: skip
    return azar.choice(formas)


def filtros(azar: Random) -> dict[str, Filter]:
    posibles: dict[str, Filter] = {
        "tipo": In(frozenset(azar.sample(TIPOS, azar.choice((1, 2))))),
        "area": In(frozenset({azar.choice(AREAS)})),
        "anio": azar.choice((In(frozenset({1990, 1993})), Between(1989, 1992))),
        "date": Between(azar.choice((None, "1990", "1991-05")), azar.choice((None, "1993", "1992-02-29"))),
        "numero": Between(2, None),
    }
    return {nombre: posibles[nombre] for nombre in azar.sample(sorted(posibles), azar.choice((0, 0, 1, 2)))}


def llenar(motor: SearchEngine, operaciones: Iterable[Upsert]) -> SearchEngine:
    with motor.writer() as escritor:
        escritor.ensure_generation()
        escritor.apply(list(operaciones))
    return motor

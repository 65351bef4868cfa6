"""An invented archive with its readers and queries, always the same for a seed: what an engine is tried with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from search.documents import Document, Operation, Part, Upsert
from search.engine import Between, Filter, In
from search.query import Node, QueryFields, parse
from search.schema import Integer, Keyword, Schema
from search.scope import Scope

SCHEMA = Schema([Keyword("kind"), Keyword("area", label_searchable=True), Integer("year")])
FIELDS = QueryFields(SCHEMA, {"título": "title", "fecha": "date", "año": "year", "área": "area"})
READER = frozenset({"reader"})
TOKENS = ("p", "oficina", "g:obras", "g:prensa", "titular")
KINDS = ("boletin", "publicacion", "Nota de prensa")
AREAS = ("Obras Públicas", "Prensa y Difusión", "Niñez")
RARE = ("zarzuplex", "quimbolán", "imprescriptible")
WORDS = tuple(
    """boletín boletines Boletín vacunación vacunaciones educación educacion niño niños nino año años ano obra obras pública
    público foto fotos acta actas día días alcaldía agua drenaje bache bacheo de la y en el con por mercado mercados árbol
    árboles luz luces administración presupuesto 123/2026 45/1994 covid-19 leyes ley informe informes""".split()  # noqa: SIM905
)


def archive(seed: int, size: int) -> list[Operation]:
    """Operations that fill the index of all with everything and the public one with what is public."""
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    operations: list[Operation] = []
    for order in range(1, size + 1):
        variants = _variants(chance, order)
        operations.append(Upsert("all", *variants))
        public = next((each for each in variants if "p" in each.acl), None)
        if public:
            operations.append(Upsert("pub", replace(public, acl=frozenset({"p"}), hidden_from=frozenset(), variant=0)))
    return operations


def _text(chance: Random, length: int) -> str:
    chosen = chance.choices(WORDS, k=chance.randrange(1, length + 1))
    if chance.random() < 0.15:
        chosen.insert(chance.randrange(len(chosen) + 1), chance.choice(RARE))
    return chance.choice((" ", ", ", ".\n")).join(chosen)


def _document(chance: Random, order: int, acl: Iterable[str]) -> Document:
    since = date(1988, 1, 1) + timedelta(days=chance.randrange(3000))
    known = chance.random() < 0.85
    many = chance.choice((0, 1, 1, 2, 3))
    return Document(
        key=f"k{order}",
        version=1,
        acl=frozenset(acl),
        title=_text(chance, 6).capitalize(),
        order=order,
        extra_text=_text(chance, 4) if chance.random() < 0.5 else "",
        parts=tuple(Part(number, _text(chance, 25)) for number in range(1, many + 1)),
        keywords={"kind": (chance.choice(KINDS),), "area": tuple(chance.sample(AREAS, chance.choice((0, 1, 1, 2))))},
        integers={"year": (since.year,) if known else ()},
        date_from=since if known else None,
        date_to=since + timedelta(days=chance.choice((0, 0, 30, 364))) if known else None,
    )


def _variants(chance: Random, order: int) -> tuple[Document, ...]:
    """An item, at times with its last part reserved: then it is two variants of one key."""
    whole = _document(chance, order, chance.sample(TOKENS, chance.choice((1, 2, 3))))
    reserved = frozenset({"titular"})
    others = whole.acl - reserved
    if len(whole.parts) < 2 or not others or chance.random() < 0.4:
        return (whole,)
    wide = replace(whole, acl=others, hidden_from=reserved, parts=whole.parts[:-1])
    return wide, replace(whole, variant=1, acl=reserved)


def reader(chance: Random, size: int) -> Scope:
    """Somebody who asks, perhaps with something just withdrawn from view."""
    revoked = frozenset(f"k{chance.randrange(1, size + 1)}" for _ in range(chance.choice((0, 0, 3))))
    if chance.random() < 0.3:
        return Scope("pub", frozenset({"p"}), revoked)
    return Scope("all", frozenset(chance.sample(TOKENS, chance.choice((1, 1, 2, 3)))), revoked)


def only_visible(operations: Iterable[Operation], scope: Scope) -> list[Operation]:
    """The same archive with nothing that this reader may not see; what is left, anyone with `READER` sees."""
    return [
        Upsert("all", replace(each, acl=READER, hidden_from=frozenset(), variant=0))
        for operation in operations
        if isinstance(operation, Upsert) and operation.index == scope.index
        for each in operation.documents
        if scope.sees(each.key, each.acl, each.hidden_from)
    ]


def query(chance: Random) -> Node | None:
    """Any query of the language."""
    return parse(" ".join(_piece(chance) for _ in range(chance.choice((0, 1, 1, 2, 2, 3, 6)))), FIELDS)


def _piece(chance: Random) -> str:
    word, other = chance.choice((*WORDS, *RARE)), chance.choice(WORDS)
    letters = "".join(letter for letter in word if letter.isalpha())
    return chance.choice(
        (
            *(word,) * 8, f'"{word} {other}"', f'"{word} {other}"~{chance.randrange(1, 7)}', f"-{word}", f"{word} OR {other}", f"{letters[:3]}*", f"{letters[:-1]}x~",
            f"título:{word}", f"área:{chance.choice(('obras', 'niñez'))}", f"kind:{chance.choice(('BOLETIN', 'publicación'))}",
            f"año:{chance.randrange(1988, 1997)}", "fecha:>=1992-03", f"({word} -{other})", "*", f"-título:{other}",
        )
    )  # fmt: skip


def some_filters(chance: Random) -> dict[str, Filter]:
    """None, one or two filters."""
    possible: dict[str, Filter] = {
        "kind": In(frozenset(chance.sample(KINDS, chance.choice((1, 2))))),
        "area": In(frozenset({chance.choice(AREAS)})),
        "year": chance.choice((In(frozenset({1990, 1993})), Between(1989, 1992))),
        "date": Between(chance.choice((None, "1990", "1991-05")), chance.choice((None, "1993", "1992-02-29"))),
    }
    return {name: possible[name] for name in chance.sample(sorted(possible), chance.choice((0, 0, 1, 2)))}

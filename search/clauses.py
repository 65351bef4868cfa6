"""Analysed conditions, the same for every engine: a backend compiles them, the reference engine evaluates them.

`field` None means the whole item: a word in its title or its text. Otherwise it names the title or a labelled keyword.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

MAX_APART = 30  # words between two that are asked to be near


@dataclass(frozen=True)
class WordClause:
    """A word in any of its forms (same stem); the same exact form ranks higher."""

    stem: str
    exact: str
    field: str | None = None
    ranks: ClassVar[bool] = True


@dataclass(frozen=True)
class PhraseClause:
    """Stems one right after the other; or two with up to `slop` words between them (two fewer in the opposite order)."""

    stems: tuple[str, ...]
    field: str | None = None
    slop: int = 0
    ranks: ClassVar[bool] = True


@dataclass(frozen=True)
class PrefixClause:
    """An exact form that begins so."""

    start: str
    field: str | None = None
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class FuzzyClause:
    """An exact form at most `distance` edits away (a swap of neighbours is one)."""

    exact: str
    field: str | None = None
    ranks: ClassVar[bool] = False

    @property
    def distance(self) -> int:
        return edits_allowed(self.exact)


@dataclass(frozen=True)
class ValueClause:
    """A keyword value that is the same but for case and marks (`label` has neither)."""

    field: str
    label: str
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class ValuesClause:
    """Any of these values, exactly: what filters ask for."""

    field: str
    values: frozenset[str | int]
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class NumberClause:
    """A number in a closed interval; None is open."""

    field: str
    low: int | None
    high: int | None
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class DayClause:
    """A date interval that overlaps this one (ordinals of days, closed; None is open). Unknown dates never do."""

    low: int | None
    high: int | None
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class EachOfClause:
    """All of them."""

    clauses: tuple[Clause, ...]

    @property
    def ranks(self) -> bool:
        return any(clause.ranks for clause in self.clauses)


@dataclass(frozen=True)
class AnyOfClause:
    """At least one of them."""

    clauses: tuple[Clause, ...]

    @property
    def ranks(self) -> bool:
        return any(clause.ranks for clause in self.clauses)


@dataclass(frozen=True)
class NotClause:
    """Whatever does not match the other."""

    clause: Clause
    ranks: ClassVar[bool] = False


@dataclass(frozen=True)
class WeightClause:
    """The same, with its score multiplied; what has none of its own (values, dates) scores the factor."""

    clause: Clause
    factor: float
    ranks: ClassVar[bool] = True


@dataclass(frozen=True)
class AllClause:
    """Everything."""

    ranks: ClassVar[bool] = False


Clause = (
    WordClause
    | PhraseClause
    | PrefixClause
    | FuzzyClause
    | ValueClause
    | ValuesClause
    | NumberClause
    | DayClause
    | EachOfClause
    | AnyOfClause
    | NotClause
    | WeightClause
    | AllClause
)


def near_places(stems: Sequence[str], pair: Sequence[str], slop: int) -> Iterator[tuple[int, int]]:
    """Where a word is, and where the other, each time they are near enough."""
    firsts, seconds = ([at for at, stem in enumerate(stems) if stem == each] for each in pair)
    for at in firsts:
        for other in seconds[bisect_left(seconds, at + 1 - slop) : bisect_right(seconds, at + 1 + slop)]:
            yield at, other


def edits_allowed(exact: str) -> int:
    """One edit in words under eight letters, two in longer ones."""
    return 1 if len(exact) < 8 else 2

"""The query as a tree. `str(node)` writes it back in the query language: `parse(str(node)) == node` for what `parse` made.

`Term`, `Boost` and `MatchAll` may also be built by programs, and `Synonyms` only by them; the rest is what people type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BARE = re.compile(r"""[^\s()":/][^\s()"]*""")


@dataclass(frozen=True)
class Word:
    """A word as typed. One with digits and signs («123/2026») is the sequence of its parts."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Phrase:
    """Words in this order with nothing between them, in any of their forms."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"'


@dataclass(frozen=True)
class Near:
    """Words each of which is close to the next: at most `apart` others between them; in the opposite order, two fewer."""

    words: tuple[str, ...]
    apart: int

    def __str__(self) -> str:
        return f'"{" ".join(self.words)}"~{self.apart}'


@dataclass(frozen=True)
class Prefix:
    """Words that begin so (two letters or more)."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True)
class Fuzzy:
    """Words one edit away, or two when they have eight letters or more."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}~"


@dataclass(frozen=True)
class And:
    """All of them; at the top of a query, words follow the matching rule of `search.plan`."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_inside(child) if isinstance(child, And) else str(child) for child in self.children)


@dataclass(frozen=True)
class Or:
    """Any of them."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({child})" if isinstance(child, And | Or) else str(child) for child in self.children)


@dataclass(frozen=True)
class Not:
    """Documents without it."""

    child: Node

    def __str__(self) -> str:
        return f"-{_inside(self.child)}"


@dataclass(frozen=True)
class Field:
    """What is inside, looked for only in one field of the schema («title» or a keyword with searchable labels)."""

    name: str
    child: Node

    def __str__(self) -> str:
        return f"{self.name}:{_inside(self.child)}"


@dataclass(frozen=True)
class Range:
    """Whole numbers or, in the field «date», partial dates; both ends included, None is open."""

    field: str
    low: str | None
    high: str | None

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.field}:{self.low}"
        return f"{self.field}:{self.low or ''}..{self.high or ''}"


@dataclass(frozen=True)
class Term:
    """A value of a keyword field, as written (case and accents aside)."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}" if _BARE.fullmatch(self.value) else f'{self.field}:"{self.value}"'


@dataclass(frozen=True)
class Boost:
    """The same documents with another weight in the ranking: a factor for words, a constant for values and dates.

    Has no writing of its own.
    """

    child: Node
    factor: float

    def __str__(self) -> str:
        return str(self.child)


@dataclass(frozen=True)
class MatchAll:
    """Every document in scope."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True)
class Synonyms:
    """What was typed, or another way to say it: it counts as one word. Written back as it was typed."""

    typed: tuple[Word, ...]
    others: tuple[Word | Phrase, ...]

    def __str__(self) -> str:
        return " ".join(str(word) for word in self.typed)


Node = Synonyms | Word | Phrase | Near | Prefix | Fuzzy | And | Or | Not | Field | Range | Term | Boost | MatchAll


def _inside(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Not) else str(node)

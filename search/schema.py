"""Which fields the documents of an archive have; composed by the caller, who knows its item types.

Fixed in every schema: key, version, acl, hidden_from, title, text (and their exact forms), the interval of dates and the
three orders (date, title, unique). The rest are `Keyword` and `Integer` fields named by the caller.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.analysis import ANALYSIS_VERSION
from search.errors import InvalidRequest

LAYOUT_VERSION = 3
DATE = "date"
TITLE = "title"
RESERVED = frozenset({DATE, TITLE, "text", "key", "version", "acl", "hidden_from"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True)
class Keyword:
    """Values kept exactly as written: filter and facet. With `label_searchable`, also findable by their words."""

    name: str
    label_searchable: bool = False
    many: bool = True


@dataclass(frozen=True)
class Integer:
    """Whole numbers: filter, range and facet (year, month, number…)."""

    name: str


@dataclass(frozen=True)
class Schema:
    """The fields of every document. Two schemas with the same fields have the same fingerprint."""

    fields: tuple[Keyword | Integer, ...]
    by_name: Mapping[str, Keyword | Integer] = field(init=False, repr=False, compare=False)

    def __init__(self, fields: Iterable[Keyword | Integer]) -> None:
        object.__setattr__(self, "fields", tuple(fields))
        object.__setattr__(self, "by_name", {found.name: found for found in self.fields})
        for found in self.fields:
            if not _NAME.fullmatch(found.name) or found.name in RESERVED:
                raise InvalidRequest(f"«{found.name}» cannot name a field: use a-z, 0-9 and _, none of {sorted(RESERVED)}.")
        if len(self.by_name) != len(self.fields):
            raise InvalidRequest("Two fields of the schema have the same name.")

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        return tuple(found for found in self.fields if isinstance(found, Keyword))

    @property
    def integers(self) -> tuple[Integer, ...]:
        return tuple(found for found in self.fields if isinstance(found, Integer))

    @property
    def labels(self) -> tuple[Keyword, ...]:
        """The keyword fields whose values can be found by their words."""
        return tuple(found for found in self.keywords if found.label_searchable)

    def keyword(self, name: str) -> Keyword:
        """The keyword field of that name; InvalidRequest when there is none."""
        found = self.by_name.get(name)
        if not isinstance(found, Keyword):
            raise InvalidRequest(f"There is no keyword field «{name}».")
        return found

    def fingerprint(self) -> str:
        """Twelve characters that change with the fields, the analysis or the layout of the index."""
        parts = sorted(repr(found) for found in self.fields)
        text = "\n".join([f"analysis {ANALYSIS_VERSION}", f"layout {LAYOUT_VERSION}", *parts])
        return hashlib.sha256(text.encode()).hexdigest()[:12]

"""The port of the engines: what is asked, what is answered, and the protocol every backend keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.documents import Operation, Prepared
from search.errors import InvalidRequest
from search.query.nodes import Node
from search.schema import Schema
from search.scope import IndexName, Scope

MAX_OFFSET = 10_000
MAX_LIMIT = 1_000

Sort = Literal["relevance", "date", "-date", "title", "-order"]
KEYSET_SORTS = frozenset({"date", "-date", "title", "-order"})
Match = Literal["auto", "all", "some"]
Mode = Literal["all", "some"]


@dataclass(frozen=True)
class In:
    """Any of these values (of a keyword, exactly as written, or of an integer field)."""

    values: frozenset[str | int]


@dataclass(frozen=True)
class Between:
    """From low to high, both included, None is open. Integers, or partial dates («1990», «1995-03») for «date»."""

    low: str | int | None
    high: str | int | None


Filter = In | Between


@dataclass(frozen=True)
class Facet:
    """Count the values of a field, the most frequent `size` of them, without the field's own filter."""

    field: str
    size: int = 20


@dataclass(frozen=True)
class FacetValue:
    """A value and the number of items of the list shown that have it."""

    value: str | int
    count: int


@dataclass(frozen=True)
class SearchRequest:
    """One search. `query` None lists everything in scope; «relevance» without words to rank means newest first.

    Values of one filter are alternatives and filters add up. Unknown dates come last in either order of dates.
    «-order» is the reverse of `Document.order`: last entered, first.

    `after` or `before` (a key of the list) give the stretch that follows or precedes that item, at any depth and at the cost
    of the first page; the total is still that of the whole list. They go with the orders of `KEYSET_SORTS`, without offset. A key
    that is not there, or that the scope does not see, gives the beginning of the list.
    """

    scope: Scope
    query: Node | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    sort: Sort = "relevance"
    match: Match = "auto"
    offset: int = 0
    limit: int = 20
    after: str = ""
    before: str = ""

    def __post_init__(self) -> None:
        if (self.after or self.before) and (self.offset or self.sort not in KEYSET_SORTS or (self.after and self.before)):
            raise InvalidRequest(f"«after» or «before», one of them, go without offset and with sort in {sorted(KEYSET_SORTS)}.")
        if not 0 <= self.offset <= MAX_OFFSET:
            raise InvalidRequest(f"The offset goes from 0 to {MAX_OFFSET}: to read further, use export().")
        if not 0 <= self.limit <= MAX_LIMIT:
            raise InvalidRequest(f"The limit goes from 0 to {MAX_LIMIT}: to read more at once, use export().")


@dataclass(frozen=True)
class Hit:
    """An item found. Scores compare only within one response; 0 where the order is not by relevance."""

    key: str
    score: float


@dataclass(frozen=True)
class SearchResponse:
    """`mode` is «all» when every word was required, «some» when fewer were; totals and facets are of that list."""

    total: int
    mode: Mode
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]


@dataclass(frozen=True)
class PageHit:
    """A page (or part) of an item with something of the query in it."""

    number: int
    label: str
    score: float


@dataclass(frozen=True)
class Suggestion:
    """A way to complete what was typed, and how many items in scope have it."""

    text: str
    count: int


@dataclass(frozen=True)
class Generation:
    """One build of the index. The one in use is replaced as a whole."""

    number: int
    fingerprint: str

    @property
    def name(self) -> str:
        return f"gen-{self.number}-{self.fingerprint}"


@dataclass(frozen=True)
class Applied:
    """What a batch did: keys written, keys skipped because the index had a newer version, keys deleted.

    `refused` says why the engine will not take some keys as they are, now or later: they are out of that index, so that nothing
    of an older version is read, and the others of the batch are in.
    """

    written: int
    skipped: int
    deleted: int
    refused: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Health:
    """State for operators; `problem` is empty when searches are answered. `rebuild`: building the index again mends it.
    `version` is that of an engine that lives elsewhere."""

    engine: str
    generation: str
    items: Mapping[IndexName, int]
    pages: Mapping[IndexName, int]
    bytes: int
    applied_seq: int
    problem: str
    rebuild: bool = False
    version: str = ""


@dataclass(frozen=True)
class Report:
    """Faults found inside the index (its agreement with the database is checked with `inventory`)."""

    checked: int
    faults: tuple[str, ...]


class Writer(Protocol):
    """The only writer of an index, open in one process at a time. What `apply` wrote is visible when it returns."""

    def apply(self, operations: Sequence[Operation], *, generation: Generation | None = None, seq: int | None = None) -> Applied:
        """Write a batch to the generation in use, or to one being built (visible when activated).

        An older version of a key never replaces a newer one, and a batch may be repeated. `seq` is kept with it and
        read back with `applied_seq`: all changes up to it are in the index. InvalidRequest: an operation does not fit the
        schema, and nothing was written.
        """
        ...

    def hold(self) -> None:
        """Go on being the writer when nothing is written for a while; IndexBusy when another one took its place."""
        ...

    def ensure_generation(self) -> Generation:
        """The generation in use; an empty one is made and activated when there is none that fits the schema."""
        ...

    def begin_generation(self) -> Generation:
        """Start building aside. Unfinished builds of before are removed."""
        ...

    def load(self, prepared: Prepared, generation: Generation) -> Mapping[str, str]:
        """Add to a build what `SearchEngine.prepare` made of keys that the build does not have yet.

        Faster than `apply`, because nothing is looked up: who loads answers for each key being loaded once, and for applying
        afterwards what changed since it was read, and the keys that it gives back: refused, with the reason, and perhaps half in.
        """
        ...

    def settle(self, generation: Generation) -> bool:
        """Let the engine put a build in order, a moment at each call; True when nothing is left to do. `activate` waits for it,
        so this is for who has something else to do meanwhile."""
        ...

    def activate(self, generation: Generation) -> None:
        """Put a build in use at once; searches never stop. The generation before it is kept, older ones removed."""
        ...


class SearchEngine(Protocol):
    """A search engine. Reads may be called from several threads and after fork; InvalidRequest, SearchUnavailable or
    IndexOutdated are the only errors they raise."""

    schema: Schema

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of the list, its total and its facets."""
        ...

    def export(self, request: SearchRequest, batch: int = 1000) -> Iterator[list[str]]:
        """All the keys of the list, in the very order of its pages, from one snapshot; offset, limit and facets do not count."""
        ...

    def pages(self, keys: Sequence[str], query: Node, scope: Scope, per_item: int = 3) -> Mapping[str, tuple[PageHit, ...]]:
        """The best pages of each item, best first; items without one are left out.

        A query with phrases gives pages that contain one (or where it begins, if it goes on over the page); else pages
        with any of the words. An item with a single part gives that part; its extra text then counts as text of it.
        """
        ...

    def suggest(self, text: str, scope: Scope, size: int = 8) -> tuple[Suggestion, ...]:
        """Completions of the last word of what is typed, from titles and labels of the items in scope."""
        ...

    def correct(self, query: Node, scope: Scope) -> str | None:
        """The query with each word that nobody in scope has changed for the nearest one that somebody has."""
        ...

    def similar(self, key: str, scope: Scope, size: int = 10) -> tuple[Hit, ...]:
        """Items with much of the characteristic vocabulary of this one; none when it is not in scope."""
        ...

    def prepare(self, operations: Sequence[Operation]) -> Prepared:
        """All the work of writing those operations that needs no writer. Deletions weigh nothing: a build has no such keys."""
        ...

    def writer(self, *, timeout: float = 0.0) -> AbstractContextManager[Writer]:
        """The writer; IndexBusy when another process has it for longer than `timeout` seconds."""
        ...

    def inventory(self, index: IndexName) -> Iterator[tuple[str, int]]:
        """(key, version) of every item indexed, for the indexer to compare with the database. Not a reader's."""
        ...

    def applied_seq(self) -> int:
        """The `seq` of the last batch in the generation in use; 0 at first."""
        ...

    def verify(self) -> Report:
        """Look for faults inside the index."""
        ...

    def health(self) -> Health:
        """State for operators. Never raises."""
        ...

    def forget_everything(self) -> None:
        """Remove the whole index, every generation of it: only for trials."""
        ...

    def close(self) -> None:
        """Let go of files and memory; the next call opens again."""
        ...

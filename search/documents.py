"""What is indexed: documents given by the caller, and the operations that write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from search.errors import InvalidRequest
from search.scope import INDEX_NAMES, IndexName

MAX_ORDER = 2**40
MAX_INTEGER = 2**63 - 1


@dataclass(frozen=True)
class Part:
    """A page of a file or a part of a text without file.

    `number` is what a person reads (from 1); `label` says which file it belongs to («» when there is none): consecutive
    numbers of one label are one running text. `acl` restricts the part further; None means that of its document.
    """

    number: int
    text: str
    acl: frozenset[str] | None = None
    label: str = ""


@dataclass(frozen=True)
class Document:
    """One item as some readers see it.

    An item whose readers differ in what they may see (an attachment more restricted than its item) is indexed as several
    variants of one key; the wide one is `hidden_from` the tokens that see the narrow one, so that no reader meets two.
    `extra_text` is searched like the text (summary, author, folio) but belongs to no part. `order` is unique per key
    (the primary key, below 2**40): it breaks ties. `date_from` and `date_to` are the interval of a partial date.
    """

    key: str
    version: int
    acl: frozenset[str]
    title: str
    order: int
    variant: int = 0
    hidden_from: frozenset[str] = frozenset()
    extra_text: str = ""
    parts: tuple[Part, ...] = ()
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    integers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    date_from: date | None = None
    date_to: date | None = None

    def __post_init__(self) -> None:
        if not self.key or not 0 <= self.order < MAX_ORDER or self.version < 0:
            raise InvalidRequest("A document needs a key, an order below 2**40 and a version of 0 or more.")
        if any(abs(value) > MAX_INTEGER for values in self.integers.values() for value in values):
            raise InvalidRequest(f"Document {self.key}: an integer does not fit in 64 bits.")
        if (self.date_from is None) != (self.date_to is None):
            raise InvalidRequest(f"Document {self.key}: date_from and date_to are given both or neither.")
        if self.date_from and self.date_to and self.date_from > self.date_to:
            raise InvalidRequest(f"Document {self.key}: date_from is after date_to.")


@dataclass(frozen=True)
class Upsert:
    """Put these variants of one key in one index, instead of whatever that key had there."""

    index: IndexName
    documents: tuple[Document, ...]

    def __init__(self, index: IndexName, *documents: Document) -> None:
        object.__setattr__(self, "index", index)
        object.__setattr__(self, "documents", documents)
        if index not in INDEX_NAMES:
            raise InvalidRequest(f"There is no index «{index}».")
        if len({(found.key, found.version) for found in documents}) != 1:
            raise InvalidRequest("An Upsert carries the variants of one key, all of the same version.")
        if len({found.variant for found in documents}) != len(documents):
            raise InvalidRequest(f"Two variants of {documents[0].key} have the same number.")

    @property
    def key(self) -> str:
        return self.documents[0].key

    @property
    def version(self) -> int:
        return self.documents[0].version


@dataclass(frozen=True)
class Delete:
    """Take every variant of a key out of one index; a key that is not there is no error."""

    index: IndexName
    key: str


Operation = Upsert | Delete


@dataclass(frozen=True)
class Prepared:
    """What some operations write, worked out beforehand, perhaps by another process: only its engine knows what is inside.

    `content` can be pickled.
    """

    content: object

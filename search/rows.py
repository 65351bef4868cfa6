"""Documents analysed into rows: what is indexed of an item and of each of its pages, the same for every engine."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from search.analysis import Forms, analyse, forms, is_stop_stem, is_stop_word, label_key, sort_key, words
from search.clauses import MAX_APART, PhraseClause
from search.documents import MAX_ORDER, Document, Part
from search.errors import InvalidRequest
from search.schema import Schema

TAIL = 31  # words of the next page indexed with each page: one less than a phrase can have
TAIL_MARK = "\u25b8"  # no word can end in it
SURFACE_MARK = "\u25b8"
SIGNATURE = 20
_ROOM = ("",) * MAX_APART
UNKNOWN_DAY = 2**23 - 1  # after every date


@dataclass(frozen=True)
class PageRow:
    """A page: its own words, and the stems that begin the next ones (a phrase may go on there)."""

    number: int
    label: str
    acl: frozenset[str]
    text: list[Forms]
    tail: list[str]


@dataclass(frozen=True)
class ItemRow:
    """An item: words of its title, runs of text that no phrase crosses, and the words of each label."""

    document: Document
    title: list[Forms]
    runs: list[list[Forms]]
    labels: dict[str, list[list[Forms]]]
    pages: list[PageRow]

    @property
    def single(self) -> Part | None:
        """Its only part, when it has just one: then the item itself stands for its page."""
        return self.document.parts[0] if len(self.document.parts) == 1 else None


def analysed(document: Document, schema: Schema) -> ItemRow:
    """The rows of a document; InvalidRequest when it has fields that the schema has not."""
    unknown = document.keywords.keys() | document.integers.keys()
    if unknown := unknown - schema.by_name.keys():
        raise InvalidRequest(f"Document {document.key} has fields that are not in the schema: {sorted(unknown)}.")
    texts = [_recent(part.text) for part in document.parts]
    runs = _runs(document, texts)
    labels = {field.name: [analyse(value) for value in document.keywords.get(field.name, ())] for field in schema.labels}
    return ItemRow(document, analyse(document.title), runs, labels, _pages(document, texts))


@lru_cache(maxsize=256)
def _recent(text: str) -> list[Forms]:
    """Words of a part; the same ones usually go to the index of all and to the public one, one right after the other."""
    return analyse(text)


def _runs(document: Document, texts: list[list[Forms]]) -> list[list[Forms]]:
    runs = [analyse(document.extra_text)] if document.extra_text else []
    previous: Part | None = None
    for part, text in zip(document.parts, texts, strict=True):
        if previous is not None and _continues(previous, part):
            runs[-1] += text
        else:
            runs.append(list(text))
        previous = part
    return runs


def _continues(previous: Part, part: Part) -> bool:
    return part.label == previous.label and part.number == previous.number + 1


def _pages(document: Document, texts: list[list[Forms]]) -> list[PageRow]:
    if len(texts) < 2:
        return []
    rows: list[PageRow] = []
    tail: list[str] = []
    following: Part | None = None
    for part, text in zip(reversed(document.parts), reversed(texts), strict=True):
        if following is None or not _continues(part, following) or part.acl != following.acl:
            tail = []
        rows.append(PageRow(part.number, part.label, _page_acl(document, part), text, tail))
        tail = ([found.stem for found in text[:TAIL]] + tail)[:TAIL]
        following = part
    return rows[::-1]


def _page_acl(document: Document, part: Part) -> frozenset[str]:
    return document.acl if part.acl is None else part.acl


def page_acl(row: ItemRow) -> frozenset[str]:
    """Who may see the page that a single-part item stands for."""
    return _page_acl(row.document, row.single) if row.single else frozenset()


def surfaces(row: ItemRow) -> set[str]:
    """What suggestions are made of: folded word, mark, word as people write it; from title, extra text and labels."""
    document = row.document
    labelled = (value for name in row.labels for value in document.keywords.get(name, ()))
    return {found for text in (document.title, document.extra_text, *labelled) for found in _surfaces(words(text))}


def _surfaces(written: Iterable[str]) -> Iterable[str]:
    for word in written:
        exact = forms(word).exact
        if len(exact) > 2 and not is_stop_word(exact):
            yield f"{exact}{SURFACE_MARK}{unicodedata.normalize('NFC', word).lower()}"


def page_sequences(clause: PhraseClause) -> list[tuple[str, ...]]:
    """The ways a phrase can stand on a page: whole, or partly in the marked words of the next ones."""
    stems = clause.stems
    marked = tuple(stem + TAIL_MARK for stem in stems)
    ends_after = [(*stems[:at], *marked[at:]) for at in range(1, len(stems))]
    begins_after = [(*marked[:at], *stems[at:]) for at in range(1, len(stems))] if clause.slop else []
    return [stems, *ends_after, *begins_after]


def apart(runs: Iterable[str]) -> list[str]:
    """Values of one field with so much room between them that no words of two are near: an empty one moves those that follow."""
    return [value for run in runs for value in (run, *_ROOM)][: -len(_ROOM)]


def signature(row: ItemRow) -> list[str]:
    """The stems that say most about an item by their number, for finding similar ones.

    Everything is counted and the common words are left out at the end: filtering word by word took a quarter of indexing.
    """
    counted = Counter([found[0] for run in (row.title, *row.runs) for found in run])
    telling = (stem for stem, _ in counted.most_common(SIGNATURE * 8) if len(stem) > 2 and not is_stop_stem(stem))
    return list(islice(telling, SIGNATURE))


def label_values(values: Iterable[str]) -> list[str]:
    """Values as `ValueClause` compares them."""
    return [label_key(value) for value in values]


def date_order(document: Document) -> int:
    """Ascending order of dates: first day, then `order`; unknown dates last."""
    day = document.date_from.toordinal() if document.date_from else UNKNOWN_DAY
    return day * MAX_ORDER + document.order


def reverse_date_order(document: Document) -> int:
    """The same to be read downwards: unknown dates last as well."""
    day = document.date_from.toordinal() if document.date_from else 0
    return day * MAX_ORDER + document.order


def title_order(document: Document) -> str:
    """Order of titles, then `order`."""
    return f"{sort_key(document.title)} \u0001{document.order:013d}"

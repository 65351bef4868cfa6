"""Documents analysed into rows: what is indexed of an item and of each of its pages, the same for every engine."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

from search.analysis import Forms, analyse, forms, is_stop_stem, is_stop_word, label_key, sort_key, written_words
from search.clauses import MAX_APART, PhraseClause
from search.documents import MAX_ORDER, Document, Part
from search.errors import InvalidRequest
from search.schema import Schema

TAIL = 31  # words of the next page indexed with each page: one less than a phrase can have
TAIL_MARK = "\u25b8"  # no word can end in it
SURFACE_MARK = "\u25b8"
SIGNATURE = 12
_ROOM = ("",) * MAX_APART
UNKNOWN_DAY = 2**23 - 1  # after every date


@dataclass(frozen=True, eq=False)
class PageText:
    """The words of a page, and the stems that begin the next ones (a phrase may go on there)."""

    words: list[Forms]
    tail: list[str]

    @cached_property
    def stems(self) -> str:
        """What is indexed of it: its stems, and marked, those of the tail."""
        return " ".join([each[0] for each in self.words]) + "".join([f" {stem}{TAIL_MARK}" for stem in self.tail])

    @cached_property
    def exacts(self) -> str:
        return exacts(self.words)


@dataclass(frozen=True)
class PageRow:
    """A page as some readers see it."""

    number: int
    label: str
    acl: frozenset[str]
    page: PageText

    @property
    def text(self) -> list[Forms]:
        return self.page.words

    @property
    def tail(self) -> list[str]:
        return self.page.tail


@dataclass(frozen=True, eq=False)
class Texts:
    """The words of an item, analysed and joined once for all the documents that say the same: title, runs of text that no
    phrase crosses, words of each label, pages."""

    title: list[Forms]
    runs: list[list[Forms]]
    labels: dict[str, list[list[Forms]]]
    pages: list[PageText]
    written: tuple[str, ...]

    @cached_property
    def title_stems(self) -> str:
        return stems(self.title)

    @cached_property
    def title_exacts(self) -> str:
        return exacts(self.title)

    @cached_property
    def run_stems(self) -> list[str]:
        return [stems(run) for run in self.runs]

    @cached_property
    def exacts(self) -> str:
        """Exact forms of the title and of all the text."""
        return " ".join([self.title_exacts, *map(exacts, self.runs)])

    @cached_property
    def surfaces(self) -> list[str]:
        """What suggestions are made of: folded word, mark, word as people write it; from title, extra text and labels."""
        found = {_surface(word) for text in self.written for word in written_words(text)}
        return sorted(found - {""})

    @cached_property
    def signature(self) -> list[str]:
        """The stems that say most about an item by their number, for finding similar ones.

        Everything is counted and the common words are left out at the end: filtering word by word took a quarter of indexing.
        """
        counted = Counter([found[0] for run in (self.title, *self.runs) for found in run])
        common = sorted(counted, key=counted.__getitem__, reverse=True)[: SIGNATURE * 8]
        return list(islice((stem for stem in common if len(stem) > 2 and not is_stop_stem(stem)), SIGNATURE))

    @cached_property
    def sort_key(self) -> str:
        return sort_key(self.written[0])


@dataclass(frozen=True)
class ItemRow:
    """An item as some readers see it."""

    document: Document
    texts: Texts

    @property
    def title(self) -> list[Forms]:
        return self.texts.title

    @property
    def runs(self) -> list[list[Forms]]:
        return self.texts.runs

    @property
    def labels(self) -> dict[str, list[list[Forms]]]:
        return self.texts.labels

    @property
    def pages(self) -> list[PageRow]:
        pairs = zip(self.document.parts, self.texts.pages, strict=False)  # no pages at all when there is only one part
        return [PageRow(part.number, part.label, _page_acl(self.document, part), page) for part, page in pairs]

    @property
    def single(self) -> Part | None:
        """Its only part, when it has just one: then the item itself stands for its page."""
        return self.document.parts[0] if len(self.document.parts) == 1 else None


def analysed(document: Document, schema: Schema) -> ItemRow:
    """The rows of a document; InvalidRequest when it has fields that the schema has not."""
    unknown = document.keywords.keys() | document.integers.keys()
    if unknown := unknown - schema.by_name.keys():
        raise InvalidRequest(f"Document {document.key} has fields that are not in the schema: {sorted(unknown)}.")
    labels = tuple((field.name, tuple(document.keywords.get(field.name, ()))) for field in schema.labels)
    return ItemRow(document, _texts(document.title, document.extra_text, document.parts, labels))


@lru_cache(maxsize=4)
def _texts(title: str, extra: str, parts: tuple[Part, ...], labels: tuple[tuple[str, tuple[str, ...]], ...]) -> Texts:
    """The same ones usually go to the index of all and to the public one, one right after the other."""
    texts = [_recent(part.text) for part in parts]
    words = {name: [_label(value) for value in values] for name, values in labels}
    written = (title, extra, *(value for _, values in labels for value in values))
    return Texts(analyse(title), _runs(extra, parts, texts), words, _pages(parts, texts), written)


@lru_cache(maxsize=256)
def _recent(text: str) -> list[Forms]:
    """Words of a part; variants of one item share most of them."""
    return analyse(text)


@lru_cache(maxsize=4096)
def _label(value: str) -> list[Forms]:
    return analyse(value)


def _runs(extra: str, parts: Sequence[Part], texts: list[list[Forms]]) -> list[list[Forms]]:
    runs = [analyse(extra)] if extra else []
    previous: Part | None = None
    for part, text in zip(parts, texts, strict=True):
        if previous is not None and _continues(previous, part):
            runs[-1] += text
        else:
            runs.append(list(text))
        previous = part
    return runs


def _continues(previous: Part, part: Part) -> bool:
    return part.label == previous.label and part.number == previous.number + 1


def _pages(parts: Sequence[Part], texts: list[list[Forms]]) -> list[PageText]:
    if len(texts) < 2:
        return []
    pages: list[PageText] = []
    tail: list[str] = []
    following: Part | None = None
    for part, text in zip(reversed(parts), reversed(texts), strict=True):
        if following is None or not _continues(part, following) or part.acl != following.acl:
            tail = []
        pages.append(PageText(text, tail))
        tail = ([found.stem for found in text[:TAIL]] + tail)[:TAIL]
        following = part
    return pages[::-1]


def _page_acl(document: Document, part: Part) -> frozenset[str]:
    return document.acl if part.acl is None else part.acl


def page_acl(row: ItemRow) -> frozenset[str]:
    """Who may see the page that a single-part item stands for."""
    return _page_acl(row.document, row.single) if row.single else frozenset()


@lru_cache(maxsize=100_000)
def _surface(word: str) -> str:
    """One suggestion, empty for a word that is none."""
    exact = forms(word).exact
    if len(exact) < 3 or is_stop_word(exact):
        return ""
    return f"{exact}{SURFACE_MARK}{unicodedata.normalize('NFC', word).lower()}"


def stems(found: Sequence[Forms]) -> str:
    """Stems as an index takes them."""
    return " ".join([each[0] for each in found])


def exacts(found: Sequence[Forms]) -> str:
    """Exact forms as an index takes them."""
    return " ".join([each[1] for each in found])


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


def title_order(row: ItemRow) -> str:
    """Order of titles, then `order`."""
    return f"{row.texts.sort_key} \u0001{row.document.order:013d}"


def order_in_title(key: str) -> int:
    """The `order` of the document with that key of titles."""
    return int(key.rpartition("\u0001")[2])

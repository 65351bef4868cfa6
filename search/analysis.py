"""The one analysis chain of every engine: text → tokens, each with its stem and its exact form.

Vowels lose their marks and ñ stays (año ≠ ano); short plurals are cut (fotos, niños), then PyStemmer's Snowball for
Spanish. Engines only ever receive these tokens, joined by spaces, so that all of them find the same documents; snippets
are cut with the offsets given here. A change of the chain changes ANALYSIS_VERSION, and with it every index is rebuilt.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import Stemmer

ANALYSIS_VERSION = 2
MAX_TOKEN = 64
CACHE_WORDS = 200_000

# A letter or digit, then letters, digits, combining marks (text in NFD) and soft hyphens (text out of PDFs).
_WORD = re.compile(r"\w[\w\u0300-\u036f\u00ad]*")
_BETWEEN_WORDS = re.compile(f"({_WORD.pattern})")
_PLURAL_OF_SHORT = re.compile(r"(\w{2,3}[ao])s")
_FINAL_E_OF_SHORT = re.compile(r"(\w{3})e")
_IGNORED = str.maketrans("", "", "ºª\u00ad")
_ORDINALS = str.maketrans("ºª", "  ")
_TILDE = "\u0303"

_STOP_WORDS = frozenset(
    """a al algo ante antes como con contra cual cuales cuando cuanto cuantos cuanta cuantas de del desde donde durante
    e el ella ellas ellos en entre era es esa ese eso esta este esto estos estas fue fueron ha han hasta hay la las le
    les lo los mas me mi muy ni no nos o os otra otro para pero por porque que quien quienes se ser si sin sobre son su
    sus tambien tan te tiene todo un una uno unos unas y ya""".split()  # noqa: SIM905
)

_stemmer = Stemmer.Stemmer("spanish")
_stemmer.maxCacheSize = 0  # the cache of forms below already keeps every distinct word


class Forms(NamedTuple):
    """What the index knows of one word. Both are empty when there is nothing to index («___»)."""

    stem: str
    exact: str


_NOTHING = Forms("", "")


def fold(word: str) -> str:
    """Lower case, vowels without marks, ñ kept, ligatures opened; at most 64 characters."""
    lowered = word.lower()
    if not lowered.isascii():
        lowered = _fold_marks(lowered)
    return lowered.strip("_")[:MAX_TOKEN]


def _fold_marks(lowered: str) -> str:
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", lowered.translate(_IGNORED)))
    kept = [
        letter
        for previous, letter in zip(" " + plain, plain, strict=False)
        if letter.isalnum() or letter == "_" or (letter == _TILDE and previous == "n")
    ]
    return unicodedata.normalize("NFC", "".join(kept)).lower()


def _stem(exact: str) -> str:
    if exact.isdigit():  # a folio is the same with or without zeros before it
        return exact.lstrip("0") or "0"
    if match := _PLURAL_OF_SHORT.fullmatch(exact):
        exact = match[1]
    if match := _FINAL_E_OF_SHORT.fullmatch(exact):
        exact = match[1]
    return str(_stemmer.stemWord(exact)) or exact


class _FormsByWord(dict[str, Forms]):
    """Forms of each distinct word as written; emptied when full, which costs less than evicting one by one."""

    def __missing__(self, word: str) -> Forms:
        exact = fold(word)
        forms = Forms(_stem(exact), exact) if exact else _NOTHING
        if len(self) >= CACHE_WORDS:
            self.clear()
        self[word] = forms
        return forms


_forms = _FormsByWord()


def _apart(text: str) -> str:
    """The text, as long as it was, with ordinal signs as the ends of words that they are («Nº123»)."""
    return text.translate(_ORDINALS) if "º" in text or "ª" in text else text


def written_words(text: str) -> list[str]:
    """The words of a text as they are written, also those that carry nothing («___»)."""
    return _WORD.findall(_apart(text))


def words(text: str) -> list[str]:
    """The words of a text as they are written, without those that carry nothing («___»)."""
    return [word for word in written_words(text) if _forms[word].exact]


def forms(word: str) -> Forms:
    """Stem and exact form of one word."""
    return _forms[word]


def analyse(text: str) -> list[Forms]:
    """Forms of all the words of a text, in order: what is indexed of it."""
    return [found for found in [_forms[word] for word in _WORD.findall(_apart(text))] if found[1]]


class Located(NamedTuple):
    """The words of a text as they are written, and where they are in it."""

    words: list[str]
    edges: list[int]

    def span(self, at: int) -> tuple[int, int]:
        """Where that word begins and ends."""
        return self.edges[2 * at], self.edges[2 * at + 1]


def located(text: str) -> Located:
    """The words of a text, with their offsets into the text as given, also when it is in NFD."""
    pieces = _BETWEEN_WORDS.split(_apart(text))
    return Located(pieces[1::2], list(accumulate(map(len, pieces))))


def is_stop_word(exact: str) -> bool:
    """Whether a folded word is too common to search for by itself («de», «la»)."""
    return exact in _STOP_WORDS


def is_stop_stem(stem: str) -> bool:
    """Whether a stem is that of a word too common to search for by itself."""
    return stem in _STOP_STEMS


_STOP_STEMS = frozenset(_forms[word].stem for word in _STOP_WORDS)


@lru_cache(maxsize=4096)
def label_key(value: str) -> str:
    """A keyword value or a field name without case or marks, to compare what a person typed with it."""
    return " ".join(fold(word) for word in value.split())


def sort_key(title: str) -> str:
    """A title as it is sorted: without marks, quotes or case, ñ after n, numbers by their value."""
    parts = (found.exact.replace("ñ", "n\uffff") for found in analyse(title[:400]))
    return " ".join(part.zfill(8) if part.isdigit() else part for part in parts)[:160]


def edit_distance(one: str, other: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours between two words; limit + 1 when there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)

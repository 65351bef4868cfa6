"""Suggestions and corrections: what is the same in every engine. Engines only say which words are in scope, how often."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product

from search.analysis import edit_distance, fold, forms, is_stop_word, words
from search.clauses import edits_allowed
from search.engine import Suggestion
from search.query.nodes import And, Boost, Node, Or, Word
from search.rows import SURFACE_MARK

MIN_TYPED = 2
MIN_CORRECTED = 4
KEPT_START = 3  # letters at the beginning that two edits may not touch
ALPHABET = "abcdefghijklmnopqrstuvwxyzñ"
MOST_SPELLINGS = 64
_LETTERS = frozenset(ALPHABET)
# Spellings that sound the same in Mexico, each before what follows it («ce», but «ca»); the first alternative that fits is taken.
_SOUNDS = re.compile(r"ch|qu(?=[ei])|gu(?=[ei])|ll|c(?=[ei])|g(?=[ei])|[a-zñ]")
_EVERYWHERE = (("b", "v"), ("y", "ll"))
_BEFORE_E_I = {each: alike for alike in (("s", "c", "z"), ("qu", "k"), ("j", "g"), *_EVERYWHERE) for each in alike}
_ELSEWHERE = {each: alike for alike in (("s", "z"), ("c", "k"), *_EVERYWHERE) for each in alike}


def split_typed(text: str) -> tuple[str, str]:
    """What is already written, and the word being written, folded (empty when there is nothing to complete yet)."""
    found = words(text)
    if not found or not text.endswith(found[-1]) or len(fold(found[-1])) < MIN_TYPED:
        return text, ""
    return text[: len(text) - len(found[-1])], fold(found[-1])


def pick_suggestions(head: str, terms: Iterable[tuple[str, int]], size: int) -> tuple[Suggestion, ...]:
    """The most frequent words, each in its most frequent writing. Terms are «folded, mark, written» and their count."""
    best: dict[str, tuple[int, str]] = {}
    for term, count in terms:
        exact, _, written = term.partition(SURFACE_MARK)
        if exact not in best or (-count, written) < best[exact]:
            best[exact] = (-count, written)
    order = sorted((count, exact, written) for exact, (count, written) in best.items())
    return tuple(Suggestion(f"{head}{written}", -count) for count, _, written in order[:size])


def asked_words(query: Node) -> list[str]:
    """The words of a query that `rewrite` would ask about, each once."""
    found: dict[str, None] = {}
    rewrite(query, lambda word: found.setdefault(word))
    return list(found)


def rewrite(query: Node, nearest: Callable[[str], str | None]) -> str | None:
    """The query as text with each plain word changed for `nearest(word)`; None when no word changes."""
    changed = _rewrite(query, nearest)
    return None if changed == query else str(changed)


def _rewrite(node: Node, nearest: Callable[[str], str | None]) -> Node:
    if isinstance(node, Word):
        better = nearest(node.text) if _correctable(node.text) else None
        return Word(better) if better else node
    if isinstance(node, And | Or):
        return replace(node, children=tuple(_rewrite(child, nearest) for child in node.children))
    if isinstance(node, Boost):
        return replace(node, child=_rewrite(node.child, nearest))
    return node


def _correctable(word: str) -> bool:
    exact = forms(word).exact
    return len(exact) >= MIN_CORRECTED and exact.isalpha() and not is_stop_word(exact)


@lru_cache(maxsize=256)
def sound_alikes(exact: str) -> frozenset[str]:
    """Other spellings of what sounds the same: b and v, c, s and z, qu and k, g and j, ll and y, h or none at the beginning."""
    sounds = _SOUNDS.findall(exact.removeprefix("h"))
    spelled = [_spellings(sound, after) for sound, after in zip(sounds, [*sounds[1:], ""], strict=True)]
    starts = ("", "h") if sounds and sounds[0][0] in "aeiou" else ("",)
    found = islice(product(starts, *spelled), MOST_SPELLINGS)
    return frozenset("".join(letters) for letters in found) - {exact}


def _spellings(sound: str, after: str) -> tuple[str, ...]:
    """How a sound may be written before that other."""
    return (_BEFORE_E_I if after[:1] in ("e", "i") else _ELSEWHERE).get(sound, (sound,))


def is_near(exact: str, term: str) -> int | None:
    """How far is a word to propose for another: 1 when it sounds the same, 2 at one edit, 3 at two after the third letter."""
    if not _LETTERS.issuperset(term) or len(term) < MIN_CORRECTED - 1:
        return None
    if term in sound_alikes(exact):
        return 1
    limit = edits_allowed(exact)
    distance = edit_distance(exact, term, limit)
    if distance == 1 or (distance == limit == 2 and exact[:KEPT_START] == term[:KEPT_START]):
        return distance + 1
    return None


def nearest_spellings(exact: str) -> Iterator[str]:
    """What to look for first: what sounds the same and what is one edit away; some come twice."""
    yield from sound_alikes(exact)
    yield from _one_edit_away(exact)


def _one_edit_away(exact: str) -> Iterator[str]:
    """Every word of Spanish letters one edit from this one; some come twice."""
    for at in range(len(exact) + 1):
        head, rest = exact[:at], exact[at:]
        for letter in ALPHABET:
            yield head + letter + rest
            if rest:
                yield head + letter + rest[1:]
        if rest:
            yield head + rest[1:]
        if len(rest) > 1:
            yield head + rest[1] + rest[0] + rest[2:]

"""Snippets and highlights, made from the original text by the offsets of its words; no index stores a text.

What is returned is plain text in pieces: whoever shows it escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from search.analysis import Forms, Located, analyse, edit_distance, forms, is_stop_word, located
from search.clauses import PhraseClause, edits_allowed, near_places
from search.plan import near_pairs, text_leaves, ways_to_say
from search.query.nodes import And, Field, Fuzzy, Near, Node, Or, Phrase, Prefix, Synonyms

_SPACES = re.compile(r"\s+")
_SENTENCE = re.compile(r"[.!?…]\s+|\n+")
_PHRASE_WORTH = 6.0
_WORD_WORTH = 2.0
_REPEAT_WORTH = 0.1


@dataclass(frozen=True)
class Snippet:
    """A passage in pieces (text, whether it is a match), and whether the text goes on before and after it."""

    segments: tuple[tuple[str, bool], ...]
    leading: bool
    trailing: bool

    @property
    def text(self) -> str:
        """The passage without marks, with an ellipsis where it is cut."""
        body = "".join(piece for piece, _ in self.segments)
        return f"{'… ' if self.leading else ''}{body}{' …' if self.trailing else ''}"


@dataclass(frozen=True)
class _Match:
    start: int
    end: int
    what: str
    worth: float


@dataclass(frozen=True)
class _Wanted:
    stems: frozenset[str]
    prefixes: tuple[str, ...]
    near: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    whole: tuple[tuple[str, ...], ...] = ()  # the same, never marked by their loose words: other ways to say it
    close: tuple[PhraseClause, ...] = ()  # two words with a few between them

    @property
    def has_sequences(self) -> bool:
        return bool(self.phrases or self.whole or self.close)

    def among(self, written: Set[str]) -> set[str]:
        """Which of those words are looked for: by their stems first, which is what nearly every query has."""
        hits = {word for word in written if forms(word).stem in self.stems}
        if self.prefixes or self.near:
            hits |= {word for word in written if self._resembles(forms(word).exact)}
        return hits

    def _resembles(self, exact: str) -> bool:
        return exact.startswith(self.prefixes) or any(
            edit_distance(exact, each, edits_allowed(each)) <= edits_allowed(each) for each in self.near
        )


def find_matches(text: str, node: Node | None, *, field: str | None = None) -> list[tuple[int, int]]:
    """Where the query is in a text: (start, end) in order, apart. `field` adds what is looked for in it («title»)."""
    return [(match.start, match.end) for match in _matches(text, node, field)]


def snippet(text: str, node: Node | None, width: int = 240, *, field: str | None = None) -> Snippet:
    """The passage of about `width` characters that best shows the query: phrases first, then most different words.

    Without any match, how the text begins.
    """
    matches = _matches(text, node, field)
    if not matches:
        return _cut(text, 0, _last_space(text, 0, width), [])
    chosen = _best(matches, width)
    first, last = chosen[0].start, chosen[-1].end
    start = _beginning(text, first, max(0, first - max(0, width - (last - first)) // 3))
    end = max(last, _last_space(text, start, width))
    return _cut(text, start, end, [match for match in matches if start <= match.start and match.end <= end])


def _matches(text: str, node: Node | None, field: str | None) -> list[_Match]:
    if node is None:
        return []
    wanted = _wanted(node, field)
    found = located(text)
    matches = _sequence_matches(found, wanted) if wanted.has_sequences else []
    sequences = (*wanted.phrases, *(pair.stems for pair in wanted.close))
    missing = {stem for each in sequences if not any(m.what == " ".join(each) for m in matches) for stem in each}
    hits = replace(wanted, stems=wanted.stems | missing).among(set(found.words))
    taken = {at for match in matches for at in range(match.start, match.end)}
    alone = [_Match(*found.span(at), forms(word).stem, _WORD_WORTH) for at, word in enumerate(found.words) if word in hits]
    matches += [match for match in alone if match.start not in taken]
    return _apart(sorted(matches, key=lambda match: (match.start, -match.end)))


def _sequence_matches(found: Located, wanted: _Wanted) -> list[_Match]:
    """Phrases and pairs that are near: among the words that carry something, which is how they are indexed."""
    kept = [(forms(word).stem, found.span(at)) for at, word in enumerate(found.words) if forms(word).exact]
    stems, places = [stem for stem, _ in kept], [span for _, span in kept]
    phrases = (*wanted.phrases, *wanted.whole)
    return [*_phrase_matches(places, stems, phrases), *_close_matches(places, stems, wanted.close)]


def _apart(matches: list[_Match]) -> list[_Match]:
    kept: list[_Match] = []
    for match in matches:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _phrase_matches(
    spans: Sequence[tuple[int, int]], stems: Sequence[str], phrases: tuple[tuple[str, ...], ...]
) -> Iterator[_Match]:
    free = 0
    for phrase in sorted(phrases, key=len, reverse=True)[:8]:
        for at in (at for at, stem in enumerate(stems) if stem == phrase[0]):
            if at >= free and tuple(stems[at : at + len(phrase)]) == phrase:
                free = at + len(phrase)
                yield _Match(spans[at][0], spans[free - 1][1], " ".join(phrase), _PHRASE_WORTH)
        free = 0


def _close_matches(spans: Sequence[tuple[int, int]], stems: Sequence[str], pairs: Sequence[PhraseClause]) -> Iterator[_Match]:
    """Both words of each pair, wherever they are near enough."""
    for pair in pairs[:8]:
        for at in {at for places in near_places(stems, pair.stems, pair.slop) for at in places}:
            yield _Match(*spans[at], " ".join(pair.stems), _PHRASE_WORTH)


@lru_cache(maxsize=256)
def _wanted(node: Node, field: str | None) -> _Wanted:
    found = [*text_leaves(node), *(leaf for inside in _fields(node, field) for leaf in text_leaves(inside))]
    others = frozenset(way for leaf in found if isinstance(leaf, Synonyms) for way in leaf.others)
    leaves = [way for leaf in found for way in ways_to_say(leaf)]
    prefixes = tuple(forms(leaf.text).exact for leaf in leaves if isinstance(leaf, Prefix))
    near = tuple(forms(leaf.text).exact for leaf in leaves if isinstance(leaf, Fuzzy))
    close = tuple(pair for leaf in leaves if isinstance(leaf, Near) for pair in near_pairs(leaf))
    sequences = {leaf: _sequence(leaf) for leaf in leaves if not isinstance(leaf, Prefix | Fuzzy | Near)}
    phrases = {leaf: tuple(each.stem for each in sequence) for leaf, sequence in sequences.items() if len(sequence) > 1}
    alone = [sequence[0] for sequence in sequences.values() if len(sequence) == 1]
    content = [each for each in alone if not is_stop_word(each.exact)] or (alone if not phrases and not close else [])
    typed, whole = (tuple(stems for leaf, stems in phrases.items() if (leaf in others) is other) for other in (False, True))
    return _Wanted(frozenset(each.stem for each in content), prefixes, near, typed, whole, close)


def _sequence(leaf: Node) -> tuple[Forms, ...]:
    return tuple(analyse(" ".join(leaf.words) if isinstance(leaf, Phrase) else str(leaf)))


def _fields(node: Node, name: str | None) -> Iterator[Node]:
    if isinstance(node, Field) and node.name == name:
        yield node.child
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from _fields(child, name)


def _best(matches: list[_Match], width: int) -> list[_Match]:
    best: list[_Match] = matches[:1]
    highest = -1.0
    for at, first in enumerate(matches):
        inside = [first]
        for match in matches[at + 1 :]:
            if match.end - first.start > width:
                break
            inside.append(match)
        worth = sum({match.what: match.worth for match in inside}.values()) + _REPEAT_WORTH * len(inside)
        if worth > highest:
            best, highest = inside, worth
    return best


def _beginning(text: str, first: int, start: int) -> int:
    """Where to begin between `start` and the first match: after a sentence, or else after a space."""
    if start == 0:
        return 0
    if match := _SENTENCE.search(text, start, first):
        return match.end()
    if match := _SPACES.search(text, start, first):
        return match.end()
    return first


def _last_space(text: str, start: int, width: int) -> int:
    end = start + width
    if end >= len(text):
        return len(text)
    cut = max(text.rfind(" ", start, end + 1), text.rfind("\n", start, end + 1))
    if cut > start:
        return cut
    following = _SPACES.search(text, end)
    return following.start() if following else len(text)


def _cut(text: str, start: int, end: int, matches: Sequence[_Match]) -> Snippet:
    segments: list[tuple[str, bool]] = []
    place = start
    for match in matches:
        segments += [(text[place : match.start], False), (text[match.start : match.end], True)]
        place = match.end
    segments.append((text[place:end], False))
    clean = [(_one_space(piece), marked) for piece, marked in segments if piece]
    return Snippet(tuple(clean), bool(text[:start].strip()), bool(text[end:].strip()))


def _one_space(piece: str) -> str:
    """Any run of spaces and line ends as one space."""
    body = " ".join(piece.split())
    before = " " if piece[0].isspace() else ""
    return f"{before}{body}{' ' if body and piece[-1].isspace() else ''}"

"""Ways to say the same: acronyms and the successive names of a body. Applied to the query, never to what is indexed.

A group is a set of expressions, any of which finds the others: «SEDESOL», «Secretaría de Desarrollo Social», «Secretaría de
Bienestar». Words in quotes, negated or in a field are taken literally.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from search.analysis import analyse, words
from search.query.nodes import And, Node, Or, Phrase, Synonyms, Word

MOST_WORDS = 8
MOST_OTHERS = 12
_Key = tuple[str, ...]


class Thesaurus:
    """The groups of an archive. An expression in several groups finds those of all of them."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._others: dict[_Key, dict[_Key, Word | Phrase]] = {}
        for group in groups:
            said = {key: written for text in group if (key := _key(text)) and (written := _written(text))}
            for key in said:
                same = self._others.setdefault(key, {})
                same.update({other: written for other, written in said.items() if other != key})
        self._longest = max((len(key) for key in self._others), default=0)

    def expand(self, node: Node | None) -> Node | None:
        """The same query, each expression of a group changed for it or any of the others."""
        if node is None or not self._longest:
            return node
        if isinstance(node, Or):
            return replace(node, children=tuple(self._whole(child) for child in node.children))
        return self._whole(node)

    def _whole(self, node: Node) -> Node:
        children = node.children if isinstance(node, And) else (node,)
        found: list[Node] = []
        place = 0
        while place < len(children):
            said = self._longest_at(children, place)
            child = children[place]
            found.append(said or (self.expand(child) or child if isinstance(child, Or) else child))
            place += len(said.typed) if said else 1
        return And(tuple(found)) if len(found) > 1 else found[0]

    def _longest_at(self, children: Sequence[Node], place: int) -> Synonyms | None:
        typed: list[Word] = []
        best: Synonyms | None = None
        for child in children[place : place + self._longest]:
            if not isinstance(child, Word):
                break
            typed.append(child)
            if others := self._others.get(_key(" ".join(word.text for word in typed))):
                best = Synonyms(tuple(typed), tuple(others.values())[:MOST_OTHERS])
        return best


def _key(text: str) -> _Key:
    found = analyse(text)
    return tuple(each.exact for each in found) if len(found) <= MOST_WORDS else ()


def _written(text: str) -> Word | Phrase:
    found = words(text)
    return Word(found[0]) if len(found) == 1 else Phrase(tuple(found))

"""From tree to plan: what a query requires, in analysed clauses that every engine compiles the same way.

The matching rule: up to four content words, all of them, and more, at least a third; in a question, up to two, and more, at least a
quarter: many of its words only ask. When that finds nothing, any of them. Phrases, negations, fields, prefixes and groups are always required. Stop words do not count outside quotes,
unless there is nothing else. A query with words outside its quotes, or with a whole sentence inside them, that finds
nothing at all is tried a last time with the quoted words loose: people paste sentences that quote somebody.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.analysis import analyse, forms, label_key
from search.clauses import (
    MAX_APART,
    AllClause,
    AnyOfClause,
    Clause,
    DayClause,
    EachOfClause,
    FuzzyClause,
    NotClause,
    NumberClause,
    PhraseClause,
    PrefixClause,
    ValueClause,
    WeightClause,
    WordClause,
)
from search.dates import day_bounds
from search.engine import Match, Mode
from search.errors import InvalidRequest
from search.query.nodes import (
    And,
    Boost,
    Field,
    Fuzzy,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Synonyms,
    Term,
    Word,
)
from search.schema import DATE, TITLE, Integer, Keyword, Schema
from search.stopwords import content, is_question, is_stop, with_content

ALL_UP_TO = 4
ALL_IN_QUESTIONS = 2
SHARE = 0.34
SHARE_IN_QUESTIONS = 0.25


@dataclass(frozen=True)
class Plan:
    """`required` always; of `words`, as many as the attempt says; `neighbours` are stems that follow each other, by twos and threes."""

    required: tuple[Clause, ...]
    words: tuple[Clause, ...]
    neighbours: tuple[tuple[str, ...], ...]
    unquoted: Plan | None = None
    is_question: bool = False

    def attempts(self, match: Match) -> tuple[Attempt, ...]:
        """What to try, in this order, until something is found."""
        count = len(self.words)
        if match == "all":
            return (Attempt(self, count, "all"),)
        all_up_to, part = (ALL_IN_QUESTIONS, SHARE_IN_QUESTIONS) if self.is_question else (ALL_UP_TO, SHARE)
        share = math.ceil(part * count)
        tried = [count] if count < 2 else [share, 1] if count > all_up_to else [1] if match == "some" else [count, 1]
        attempts = [Attempt(self, needed, "all" if needed == count else "some") for needed in dict.fromkeys(tried)]
        if self.unquoted is not None:
            attempts += [Attempt(self.unquoted, each.needed, "some") for each in self.unquoted.attempts("some")]
        return tuple(attempts)

    @property
    def covered(self) -> tuple[str, ...]:
        """Stems of a long sentence, each of which counts again where the text has it; none of a question, whose words also ask."""
        if self.is_question or len(self.words) <= ALL_UP_TO:
            return ()
        return tuple(word.stem for word in self.words if isinstance(word, WordClause))

    @property
    def ranks(self) -> bool:
        """Whether there is something to rank by; without it, relevance is the order of dates."""
        return bool(self.words) or any(clause.ranks for clause in self.required)


@dataclass(frozen=True)
class Attempt:
    """A plan, how many of its words to require, and what to call the list that it gives."""

    plan: Plan
    needed: int
    mode: Mode


def make_plan(node: Node | None, schema: Schema) -> Plan:
    """The plan of a query; InvalidRequest when it names a field that the schema has not."""
    children = node.children if isinstance(node, And) else (node,) if node is not None else ()
    kept = content(children)
    words = _distinct([_clause(child, schema, None) for child in kept if isinstance(child, Word | Synonyms)])
    required = tuple(_clause(child, schema, None) for child in kept if not isinstance(child, Word | Synonyms))
    stems = [found.stem for found in words if isinstance(found, WordClause)]
    threes = zip(stems, stems[1:], stems[2:], strict=False)
    together = tuple(found for found in (*pairwise(stems), *threes) if len(set(found)) == len(found))
    quotes = bool(words) or any(isinstance(child, Phrase) and _is_sentence(child) for child in kept)
    return Plan(required, words, together, _unquoted(kept, schema) if quotes else None, is_question(children))


def _is_sentence(phrase: Phrase) -> bool:
    """A quotation too long to be a name or a set phrase: somebody pasted what somebody said."""
    return len(content([Word(word) for word in phrase.words])) > ALL_UP_TO


def _unquoted(children: Sequence[Node], schema: Schema) -> Plan | None:
    """The same query with the words of its phrases loose, for sentences that quote: None without phrases."""
    if not any(isinstance(child, Phrase | Near) for child in children):
        return None
    loose = [Word(word) for child in children if isinstance(child, Phrase | Near) for word in child.words]
    kept = [child for child in children if not isinstance(child, Phrase | Near)]
    return make_plan(And((*kept, *loose)), schema)


def _distinct(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Each word once, in whatever form it came first."""
    found: dict[object, Clause] = {}
    for clause in clauses:
        if isinstance(clause, WordClause | PhraseClause):
            found.setdefault(clause.stem if isinstance(clause, WordClause) else " ".join(clause.stems), clause)
        else:
            found.setdefault(clause, clause)
    return tuple(found.values())


def page_clauses(node: Node) -> tuple[Clause, ...]:
    """What makes a page worth showing: any of these. The phrases when there are some, otherwise the words."""
    leaves = [leaf for leaf in text_leaves(with_content(node)) if not is_stop(leaf)] or list(text_leaves(node))
    phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase | Near)]
    said = [way for leaf in phrases or leaves for way in ways_to_say(leaf) if not is_stop(way) or len(ways_to_say(leaf)) == 1]
    found = [_clause(way, Schema(()), None) for way in said]
    return tuple(each for clause in found for each in (clause.clauses if isinstance(clause, EachOfClause) else (clause,)))


def ways_to_say(leaf: Node) -> tuple[Node, ...]:
    """The leaf itself, or the words and phrases that say the same."""
    return (*leaf.typed, *leaf.others) if isinstance(leaf, Synonyms) else (leaf,)


def text_leaves(node: Node) -> list[Node]:
    """The words, phrases, prefixes and near words of a query that are looked for in texts; nothing negated."""
    if isinstance(node, Word | Phrase | Near | Prefix | Fuzzy | Synonyms):
        return [node]
    if isinstance(node, And | Or):
        return [leaf for child in node.children for leaf in text_leaves(child)]
    return text_leaves(node.child) if isinstance(node, Boost) else []


def _clause(node: Node, schema: Schema, field: str | None) -> Clause:
    if isinstance(node, And | Or):
        branches = tuple(_clause(child, schema, field) for child in content(node.children))
        return EachOfClause(branches) if isinstance(node, And) else AnyOfClause(branches)
    if isinstance(node, Not):
        return NotClause(_clause(node.child, schema, field))
    if isinstance(node, Boost):
        return WeightClause(_clause(node.child, schema, field), node.factor)
    if isinstance(node, Synonyms):
        said = [_clause(And(node.typed), schema, field), *(_clause(other, schema, field) for other in node.others)]
        return AnyOfClause(tuple(said))
    if isinstance(node, Field):
        return _clause(node.child, schema, _text_field(node.name, schema))
    if isinstance(node, Range | Term):
        return _values(node, schema)
    return AllClause() if isinstance(node, MatchAll) else _leaf(node, field)


def _leaf(node: Word | Phrase | Near | Prefix | Fuzzy, field: str | None) -> Clause:
    if isinstance(node, Prefix):
        return PrefixClause(forms(node.text).exact, field)
    if isinstance(node, Fuzzy):
        return FuzzyClause(forms(node.text).exact, field)
    found = analyse(node.text if isinstance(node, Word) else " ".join(node.words))
    if len({each.stem for each in found} if isinstance(node, Near) else found) == 1:
        return WordClause(found[0].stem, found[0].exact, field)
    if isinstance(node, Near):
        pairs = near_pairs(node, field)
        return pairs[0] if len(pairs) == 1 else EachOfClause(pairs)
    return PhraseClause(tuple(each.stem for each in found), field)


def near_pairs(node: Near, field: str | None = None) -> tuple[PhraseClause, ...]:
    """Each word near the next: engines agree on pairs, not on what a longer loose phrase is. A word repeated counts once."""
    stems = list(dict.fromkeys(each.stem for each in analyse(" ".join(node.words))))
    return tuple(PhraseClause(pair, field, min(node.apart, MAX_APART)) for pair in pairwise(stems))


def _text_field(name: str, schema: Schema) -> str:
    field = schema.by_name.get(name)
    if name == TITLE or (isinstance(field, Keyword) and field.label_searchable):
        return name
    raise InvalidRequest(f"The field «{name}» is not searched by words.")


def _values(node: Range | Term, schema: Schema) -> Clause:
    if isinstance(node, Term):
        return ValueClause(schema.keyword(node.field).name, label_key(node.value))
    if node.field == DATE:
        return DayClause(*day_bounds(node.low, node.high))
    if not isinstance(schema.by_name.get(node.field), Integer):
        raise InvalidRequest(f"There is no field of numbers «{node.field}».")
    low, high = (int(end) if end is not None else None for end in (node.low, node.high))
    return NumberClause(node.field, low, high)

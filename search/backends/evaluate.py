"""Clauses evaluated one document at a time, with nothing but loops: what the reference engine believes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.analysis import Forms, edit_distance
from search.clauses import (
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
    ValuesClause,
    WeightClause,
    WordClause,
    near_places,
)
from search.plan import Plan
from search.rows import TAIL_MARK, ItemRow, PageRow, label_values, page_sequences
from search.schema import TITLE


def fits(row: ItemRow, plan: Plan, needed: int) -> bool:
    """Whether a document belongs to the list, with that many of the words required."""
    if not all(matches(row, clause) for clause in plan.required):
        return False
    return needed == 0 or sum(matches(row, clause) for clause in plan.words) >= needed


def matches(row: ItemRow, clause: Clause) -> bool:
    """Whether a document satisfies a clause."""
    if isinstance(clause, AllClause):
        return True
    if isinstance(clause, EachOfClause):
        return all(matches(row, each) for each in clause.clauses)
    if isinstance(clause, AnyOfClause):
        return any(matches(row, each) for each in clause.clauses)
    if isinstance(clause, NotClause | WeightClause):
        return matches(row, clause.clause) is isinstance(clause, WeightClause)
    if isinstance(clause, WordClause | PhraseClause | PrefixClause | FuzzyClause):
        return any(run_matches(run, clause) for run in runs_of(row, clause.field))
    return _values_match(row, clause)


def _values_match(row: ItemRow, clause: ValueClause | ValuesClause | NumberClause | DayClause) -> bool:
    document = row.document
    if isinstance(clause, DayClause):
        if document.date_from is None or document.date_to is None:
            return False
        return _within(document.date_to.toordinal(), clause.low, None) and _within(
            document.date_from.toordinal(), None, clause.high
        )
    if isinstance(clause, NumberClause):
        return any(_within(number, clause.low, clause.high) for number in document.integers.get(clause.field, ()))
    if isinstance(clause, ValueClause):
        return clause.label in label_values(document.keywords.get(clause.field, ()))
    values = (*document.keywords.get(clause.field, ()), *document.integers.get(clause.field, ()))
    return not clause.values.isdisjoint(values)


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def runs_of(row: ItemRow, field: str | None) -> Iterable[list[Forms]]:
    """The sequences of words where a clause of that field is looked for."""
    if field is None:
        return [row.title, *row.runs]
    return [row.title] if field == TITLE else row.labels.get(field, [])


def run_matches(run: Sequence[Forms], clause: WordClause | PhraseClause | PrefixClause | FuzzyClause) -> bool:
    """Whether a sequence of words has what a clause asks for."""
    if isinstance(clause, WordClause):
        return any(found.stem == clause.stem for found in run)
    if isinstance(clause, PhraseClause):
        return has_phrase([found.stem for found in run], clause.stems, clause.slop)
    if isinstance(clause, PrefixClause):
        return any(found.exact.startswith(clause.start) for found in run)
    return any(edit_distance(found.exact, clause.exact, clause.distance) <= clause.distance for found in run)


def has_phrase(stems: Sequence[str], phrase: Sequence[str], slop: int = 0) -> bool:
    """Whether one sequence is inside the other, whole and in order; or, with slop, its two words near enough."""
    if slop:
        return any(near_places(stems, phrase, slop))
    size = len(phrase)
    wanted = list(phrase)
    return any(stems[at] == phrase[0] and list(stems[at : at + size]) == wanted for at in range(len(stems) - size + 1))


def page_matches(page: PageRow, clause: Clause) -> bool:
    """Whether a page has what a clause asks for; a phrase may begin on it and go on over the next."""
    if isinstance(clause, PhraseClause):
        stems = [*(found.stem for found in page.text), *(stem + TAIL_MARK for stem in page.tail)]
        return any(has_phrase(stems, each, clause.slop) for each in page_sequences(clause))
    return isinstance(clause, WordClause | PrefixClause | FuzzyClause) and run_matches(page.text, clause)

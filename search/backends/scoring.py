"""BM25 by brute force over the documents in scope, for the reference engine. Engines need not agree with its numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from search.backends.evaluate import matches
from search.clauses import AnyOfClause, Clause, EachOfClause, PhraseClause, WeightClause, WordClause
from search.plan import Plan
from search.ranking import COVERAGE, EXACT_WEIGHT, NEIGHBOURS, TIE, TITLE_WEIGHT
from search.rows import ItemRow

Field = str
_K1, _B = 1.2, 0.75


class Scorer:
    """Scores of documents for one plan."""

    def __init__(self, rows: Sequence[ItemRow]) -> None:
        self._rows = rows
        self._streams = {id(row): _streams(row) for row in rows}
        self._average = {
            field: max(1.0, sum(len(found[field]) for found in self._streams.values()) / max(1, len(rows)))
            for field in ("title", "text", "exact")
        }
        self._frequencies: dict[tuple[Field, str], int] = {}

    def score(self, row: ItemRow, plan: Plan) -> float:
        """The weight of a document: dis-max of title, text and exact form for each word, plus neighbours and coverage."""
        total = sum(self._clause(row, clause) for clause in (*plan.required, *plan.words))
        covered = COVERAGE * len(set(plan.covered).intersection(self._streams[id(row)]["text"]))
        return total + covered + sum(self._neighbours(row, stems) for stems in plan.neighbours)

    def _clause(self, row: ItemRow, clause: Clause) -> float:
        if isinstance(clause, EachOfClause | AnyOfClause):
            return sum(self._clause(row, each) for each in clause.clauses)
        if isinstance(clause, WeightClause):
            own = self._clause(row, clause.clause) if clause.clause.ranks else float(matches(row, clause.clause))
            return clause.factor * own
        if isinstance(clause, WordClause):
            legs = sorted(
                (
                    TITLE_WEIGHT * self._term(row, "title", clause.stem),
                    self._term(row, "text", clause.stem),
                    EXACT_WEIGHT * self._term(row, "exact", clause.exact),
                )
            )
            return legs[-1] + TIE * (legs[0] + legs[1])
        return sum(self._term(row, "text", stem) for stem in clause.stems) if isinstance(clause, PhraseClause) else 0.0

    def _term(self, row: ItemRow, field: Field, term: str) -> float:
        stream = self._streams[id(row)][field]
        times = min(stream.count(term), 1) if field == "exact" else stream.count(term)  # of exact forms, only whether they are
        if not times:
            return 0.0
        length = 1 - _B + _B * len(stream) / self._average[field]
        return self._idf(field, term) * times * (_K1 + 1) / (times + _K1 * length)

    def _idf(self, field: Field, term: str) -> float:
        key = (field, term)
        if key not in self._frequencies:
            self._frequencies[key] = sum(term in found[field] for found in self._streams.values())
        having = self._frequencies[key]
        return math.log(1 + (len(self._rows) - having + 0.5) / (having + 0.5))

    def _neighbours(self, row: ItemRow, wanted: tuple[str, ...]) -> float:
        weight, slop = NEIGHBOURS[len(wanted)]
        stems = self._streams[id(row)]["text"]
        begins = (stems[at + 1 : at + len(wanted) + slop] for at, stem in enumerate(stems) if stem == wanted[0])
        near = any(set(wanted[1:]).issubset(window) for window in begins)
        return weight * sum(self._idf("text", stem) for stem in wanted) if near else 0.0


def _streams(row: ItemRow) -> dict[Field, list[str]]:
    texts = [found for run in row.runs for found in run]
    return {
        "title": [found.stem for found in row.title],
        "text": [found.stem for found in texts],
        "exact": [found.exact for found in (*row.title, *texts)],
    }

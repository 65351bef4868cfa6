"""Which words are in scope, and how often. The dictionary of the index only proposes; the scope decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import tantivy

from search.backends.tantivy.compile import MUST, Part
from search.backends.tantivy.reader import Snapshot
from search.clauses import WordClause, edits_allowed
from search.plan import Plan
from search.rows import SURFACE_MARK
from search.scope import Scope
from search.wording import KEPT_START, is_near, nearest_spellings

MOST_TERMS = 200


class Vocabulary:
    """The words of one index as a scope sees them."""

    def __init__(self, snapshot: Snapshot, scope: Scope) -> None:
        self._snapshot = snapshot
        self._scope = scope

    def surfaces(self, start: str, parts: Sequence[Part] = ()) -> list[tuple[str, int]]:
        """Words as people write them whose folded form begins so, with their number of items."""
        within = self._snapshot.compiler().scoped(parts, self._scope)
        return self._snapshot.searcher.terms_with_prefix("surface", start, within, MOST_TERMS)

    def nearest(self, plan: Plan) -> str | None:
        """The word in scope nearest to one that is not; None when it is, or nothing is near."""
        word = plan.words[0] if plan.words else None
        if not isinstance(word, WordClause) or self._count(self._snapshot.compiler().clause(word)):
            return None
        best = self._best(word.exact, nearest_spellings(word.exact))
        if best is None and edits_allowed(word.exact) > 1:
            begin_alike = self._snapshot.searcher.terms_with_prefix("x", word.exact[:KEPT_START])
            best = self._best(word.exact, (term for term, _ in begin_alike))
        return None if best is None else self._written(best)

    def _best(self, exact: str, candidates: Iterable[str]) -> str | None:
        searcher, schema = self._snapshot.searcher, self._snapshot.schema
        near: list[tuple[int, int, str]] = []
        for term in set(candidates):
            distance = is_near(exact, term) if searcher.doc_freq("x", term) else None
            if distance and (count := self._count(tantivy.Query.term_query(schema, "x", term))):
                near.append((distance, -count, term))
        return min(near)[2] if near else None

    def _written(self, exact: str) -> str:
        found = [(-count, term) for term, count in self.surfaces(exact + SURFACE_MARK)]
        return min(found)[1].partition(SURFACE_MARK)[2] if found else exact

    def _count(self, query: tantivy.Query) -> int:
        return self._snapshot.count(self._snapshot.compiler().scoped([(MUST, query)], self._scope))

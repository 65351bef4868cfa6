"""Clauses → tantivy queries. Nothing that a person typed reaches tantivy's own parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from search.backends.tantivy.layout import INTEGER, KEYWORD, LABEL_EXACT, LABEL_VALUE, LABEL_WORDS
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
)
from search.plan import Plan
from search.ranking import COVERAGE, EXACT_WEIGHT, NEIGHBOURS, TIE, TITLE_WEIGHT
from search.rows import page_sequences
from search.schema import TITLE
from search.scope import Scope

MUST, SHOULD, MUST_NOT = Occur.Must, Occur.Should, Occur.MustNot
Part = tuple[Occur, Query]


def silent(query: Query) -> Query:
    """The same documents with no say in the ranking."""
    return Query.const_score_query(query, 0.0)


class Compiler:
    """Compiles for one index. `scored` adds what only the ranking needs; facets and counts do without it.

    `open_to` says whether some tokens see every document of the index: then asking for them would only cost time.
    """

    def __init__(self, schema: tantivy.Schema, *, scored: bool, open_to: Callable[[frozenset[str]], bool] | None = None) -> None:
        self.schema = schema
        self._scored = scored
        self._open_to = open_to or (lambda _acl: False)

    def plan(self, plan: Plan, needed: int) -> list[Part]:
        """A plan with that many of its words required."""
        parts = [self._part(clause) for clause in plan.required]
        words = [self.clause(clause) for clause in plan.words]
        if needed == len(words):
            parts += [(MUST, word) for word in words]
        elif words:
            any_of: list[Part] = [(SHOULD, word) for word in words]
            parts.append((MUST, Query.boolean_query(any_of, minimum_number_should_match=needed)))
        return parts

    def scoped(self, parts: Sequence[Part], scope: Scope, *, pages: bool = False) -> Query:
        """The one way to a query that is run: what is asked, within what the scope sees."""
        within = [*parts]
        if pages:
            within.append((MUST, silent(self._any("part_acl", scope.acl))))
        if scope.revoked:
            within.append((MUST_NOT, Query.term_set_query(self.schema, "key", sorted(scope.revoked))))
        if not self._open_to(scope.acl):
            return self.guarded(within, scope.acl)
        if all(occur is MUST_NOT for occur, _ in within):
            within.append((MUST, silent(Query.all_query())))
        return Query.boolean_query(within)

    def guarded(self, parts: Sequence[Part], acl: frozenset[str]) -> Query:
        """What those tokens see of it."""
        return Query.boolean_query([*parts, (MUST, silent(self._any("acl", acl))), (MUST_NOT, self._any("hidden_from", acl))])

    def filters(self, clauses: Iterable[Clause]) -> list[Part]:
        """Filters, which never change the ranking."""
        return [(MUST, silent(self.clause(clause))) for clause in clauses]

    def beyond(self, field: str, value: int, *, below: bool) -> Query:
        """Documents whose value of a unique fast field is under that one, or over it."""
        low, high = (None, value) if below else (value, None)
        kind = FieldType.Unsigned
        return silent(Query.range_query(self.schema, field, kind, low, high, include_lower=below, include_upper=not below))

    def among(self, orders: list[int]) -> Query:
        """Those documents, by what is unique to each."""
        return silent(self._any("order", orders)) if orders else Query.empty_query()

    def neighbours(self, plan: Plan, orders: list[int]) -> Query:
        """The bonus of those documents for words that are neighbours in the query and nearly so in the text, and for coverage."""
        parts: list[Part] = [(MUST, self.among(orders))]
        for stems in plan.neighbours:
            weight, slop = NEIGHBOURS[len(stems)]
            parts.append((SHOULD, Query.boost_query(self._sequence("text", stems, slop), weight)))
        parts += [(SHOULD, Query.const_score_query(self._term("text", stem), COVERAGE)) for stem in plan.covered]
        return Query.boolean_query(parts)

    def clause(self, clause: Clause) -> Query:
        """One clause."""
        if isinstance(clause, WordClause | PhraseClause | PrefixClause | FuzzyClause):
            return self._text(clause)
        if isinstance(clause, ValueClause | ValuesClause | NumberClause | DayClause):
            return self._values(clause)
        if isinstance(clause, AnyOfClause):
            return Query.boolean_query([(SHOULD, self.clause(each)) for each in clause.clauses])
        if isinstance(clause, WeightClause):
            weighed = Query.boost_query if clause.clause.ranks else Query.const_score_query
            return weighed(self.clause(clause.clause), clause.factor)
        if isinstance(clause, AllClause):
            return silent(Query.all_query())
        each = clause.clauses if isinstance(clause, EachOfClause) else (clause,)
        parts = [self._part(found) for found in each]
        if all(occur is MUST_NOT for occur, _ in parts):
            parts.append((MUST, silent(Query.all_query())))
        return Query.boolean_query(parts)

    def _part(self, clause: Clause) -> Part:
        if isinstance(clause, NotClause):
            return MUST_NOT, Compiler(self.schema, scored=False).clause(clause.clause)
        return MUST, self.clause(clause)

    def _text(self, clause: WordClause | PhraseClause | PrefixClause | FuzzyClause) -> Query:
        if isinstance(clause, WordClause):
            return self._word(clause)
        if isinstance(clause, PhraseClause):
            return self._phrase(clause)
        field = _exact_field(clause.field)
        if isinstance(clause, PrefixClause):
            return Query.regex_query(self.schema, field, f"{clause.start}.*")
        return Query.fuzzy_term_query(self.schema, field, clause.exact, distance=clause.distance)

    def _word(self, clause: WordClause) -> Query:
        if clause.field is not None:
            return self._term(_stem_field(clause.field), clause.stem)
        legs = [(self._term("title", clause.stem), TITLE_WEIGHT), (self._term("text", clause.stem), 1.0)]
        if not self._scored:
            return Query.boolean_query([(SHOULD, leg) for leg, _ in legs])
        return self._best([*legs, (self._term("x", clause.exact), EXACT_WEIGHT)])

    def _phrase(self, clause: PhraseClause) -> Query:
        if clause.field is not None:
            return self._sequence(_stem_field(clause.field), clause.stems, clause.slop)
        legs = [
            (self._sequence(name, clause.stems, clause.slop), weight) for name, weight in (("title", TITLE_WEIGHT), ("text", 1.0))
        ]
        return self._best(legs)

    def characteristic(self, stems: Sequence[str], share: float) -> Query:
        """Documents with at least that share of some stems."""
        needed = max(1, round(share * len(stems)))
        parts: list[Part] = [(SHOULD, self._term("text", stem)) for stem in stems]
        return Query.boolean_query(parts, minimum_number_should_match=needed)

    def page_clause(self, clause: Clause) -> Query:
        """A clause on the text of pages; a phrase may go on over the marked words of the next one."""
        if isinstance(clause, WordClause):
            exact = Query.boost_query(self._term("x", clause.exact), EXACT_WEIGHT)
            return Query.boolean_query([(MUST, self._term("text", clause.stem)), (SHOULD, exact)])
        if not isinstance(clause, PhraseClause):
            return self.clause(clause)
        phrases = [self._sequence("text", found, clause.slop) for found in page_sequences(clause)]
        return Query.disjunction_max_query(phrases)

    def _best(self, legs: Sequence[tuple[Query, float]]) -> Query:
        weighted = [leg if weight == 1.0 else Query.boost_query(leg, weight) for leg, weight in legs]
        return Query.disjunction_max_query(weighted, TIE)

    def _sequence(self, field: str, stems: Sequence[str], slop: int) -> Query:
        return Query.phrase_query(self.schema, field, [*stems], slop=slop)

    def _term(self, field: str, term: str) -> Query:
        return Query.term_query(self.schema, field, term)

    def _any(self, field: str, values: Iterable[str | int]) -> Query:
        """Few values: a set of terms would first mark every document that has one."""
        terms = [Query.term_query(self.schema, field, value, "basic") for value in values]
        return terms[0] if len(terms) == 1 else Query.boolean_query([(SHOULD, term) for term in terms])

    def _values(self, clause: ValueClause | ValuesClause | NumberClause | DayClause) -> Query:
        if isinstance(clause, ValueClause):
            return Query.term_query(self.schema, LABEL_VALUE + clause.field, clause.label, "basic")
        if isinstance(clause, ValuesClause):
            numeric = any(isinstance(value, int) for value in clause.values)
            return self._any((INTEGER if numeric else KEYWORD) + clause.field, clause.values)
        if isinstance(clause, NumberClause):
            return self._between(INTEGER + clause.field, FieldType.Integer, clause.low, clause.high)
        parts: list[Part] = [
            (MUST, self._between("date_to", FieldType.Unsigned, clause.low, None)),
            (MUST, self._between("date_from", FieldType.Unsigned, None, clause.high)),
        ]
        return Query.boolean_query(parts)

    def _between(self, field: str, kind: FieldType, low: int | None, high: int | None) -> Query:
        if low is None and high is None:
            return Query.exists_query(field)
        if low is not None and high is not None and low > high:
            return Query.empty_query()
        return Query.range_query(self.schema, field, kind, low, high)


def _stem_field(field: str) -> str:
    return "title" if field == TITLE else LABEL_WORDS + field


def _exact_field(field: str | None) -> str:
    if field is None:
        return "x"
    return "xtitle" if field == TITLE else LABEL_EXACT + field

"""Clauses → request bodies, with `elasticsearch.dsl` as the builder. Nothing a person typed reaches the engine's parsers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    DisMax,
    Exists,
    Fuzzy,
    MatchAll,
    MatchNone,
    MatchPhrase,
    Prefix,
    Query,
    Term,
    Terms,
)
from elasticsearch.dsl.query import Range as RangeQuery

from search.backends.cluster.layout import INTEGER, KEYWORD, LABEL_EXACT, LABEL_VALUE, LABEL_WORDS
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

MOST_TERMS = 60_000  # values in one condition: a server takes 65,536
BONUS = "bonus"
NO_LIMIT = "constant_score"  # every term that begins so or is near, not the best few


def scoped(scope: Scope, *, must: Sequence[Query] = (), filters: Sequence[Query] = (), pages: bool = False) -> Query:
    """The one way to a query that is run: what is asked, within what the scope sees."""
    acl = sorted(scope.acl)
    guards: list[Query] = [Terms(acl=acl), *([Terms(part_acl=acl)] if pages else [])]
    hidden: list[Query] = [Terms(hidden_from=acl)]
    revoked = sorted(scope.revoked)
    hidden += [Terms(key=revoked[at : at + MOST_TERMS]) for at in range(0, len(revoked), MOST_TERMS)]
    return Bool(must=[*must], filter=[*filters, *guards], must_not=hidden)


def asked(plan: Plan, needed: int) -> list[Query]:
    """A plan with that many of its words required."""
    parts = [clause_query(clause) for clause in plan.required]
    words = [clause_query(clause) for clause in plan.words]
    if needed == len(words):
        return parts + words
    return [*parts, Bool(should=words, minimum_should_match=needed)]


def clause_query(clause: Clause) -> Query:
    """One clause."""
    if isinstance(clause, WordClause | PhraseClause | PrefixClause | FuzzyClause):
        return _text(clause)
    if isinstance(clause, ValueClause | ValuesClause | NumberClause | DayClause):
        return ConstantScore(filter=_values(clause), boost=0.0)
    if isinstance(clause, AnyOfClause):
        return Bool(should=[clause_query(each) for each in clause.clauses], minimum_should_match=1)
    if isinstance(clause, EachOfClause):
        return Bool(must=[clause_query(each) for each in clause.clauses])
    if isinstance(clause, NotClause):
        return Bool(must_not=[clause_query(clause.clause)], filter=[MatchAll()])
    return ConstantScore(filter=MatchAll(), boost=0.0) if isinstance(clause, AllClause) else _weighed(clause)


def _weighed(clause: WeightClause) -> Query:
    inner = clause_query(clause.clause)
    if clause.clause.ranks:
        return Bool(must=[inner], boost=clause.factor)
    return ConstantScore(filter=inner, boost=clause.factor)


def filter_queries(clauses: Iterable[Clause]) -> list[Query]:
    """Filters, which never change the ranking."""
    return [clause_query(clause) for clause in clauses]


def bonus(plan: Plan) -> Query:
    """What a document earns for words that are neighbours in the query and nearly so in the text, and for coverage."""
    loosely = [(stems, *NEIGHBOURS[len(stems)]) for stems in plan.neighbours]
    near: list[Query] = [_sequence("text", stems, slop, weight) for stems, weight, slop in loosely]
    near += [ConstantScore(filter=_term("text", stem), boost=COVERAGE) for stem in plan.covered]
    return Bool(should=near, minimum_should_match=1, _name=BONUS)


def bonus_of(plan: Plan, orders: Sequence[int], scope: Scope) -> Query:
    """The bonus of those documents."""
    return scoped(scope, must=[bonus(plan)], filters=[Terms(order=list(orders))])


def told_apart(clauses: Iterable[Clause], plan: Plan) -> Query:
    """Those filters, and beside them the bonus of a plan, which leaves out nobody: only what is shown is asked for its own."""
    return Bool(filter=[MatchAll(), *filter_queries(clauses)], should=[bonus(plan)], minimum_should_match=0)


def characteristic(stems: Sequence[str], share: float) -> Query:
    """Documents with at least that share of some stems."""
    words: list[Query] = [_term("text", stem) for stem in stems]
    return Bool(should=words, minimum_should_match=max(1, round(share * len(stems))))


def page_query(clause: Clause) -> Query:
    """A clause on the text of pages; a phrase may go on over the marked words of the next one."""
    if isinstance(clause, WordClause):
        return Bool(must=[_term("text", clause.stem)], should=[_term("x", clause.exact, EXACT_WEIGHT)])
    if not isinstance(clause, PhraseClause):
        return clause_query(clause)
    return DisMax(queries=[_sequence("text", found, clause.slop) for found in page_sequences(clause)])


def word_or_title(exact: str) -> Query:
    """Items with a word in that very form."""
    return _term("x", exact)


def _text(clause: WordClause | PhraseClause | PrefixClause | FuzzyClause) -> Query:
    if isinstance(clause, WordClause):
        return _word(clause)
    if isinstance(clause, PhraseClause):
        return _phrase(clause)
    field = _exact_field(clause.field)
    if isinstance(clause, PrefixClause):
        return Prefix(**{field: {"value": clause.start, "rewrite": NO_LIMIT}})
    return Fuzzy(**{field: {"value": clause.exact, "fuzziness": clause.distance, "rewrite": NO_LIMIT}})


def _word(clause: WordClause) -> Query:
    if clause.field is not None:
        return _term(_stem_field(clause.field), clause.stem)
    legs = [
        _term("title", clause.stem, TITLE_WEIGHT),
        _term("text", clause.stem),
        _term("x", clause.exact, EXACT_WEIGHT),
    ]
    return DisMax(queries=legs, tie_breaker=TIE)


def _phrase(clause: PhraseClause) -> Query:
    if clause.field is not None:
        return _sequence(_stem_field(clause.field), clause.stems, clause.slop)
    legs = [_sequence("title", clause.stems, clause.slop, TITLE_WEIGHT), _sequence("text", clause.stems, clause.slop)]
    return DisMax(queries=legs, tie_breaker=TIE)


def _sequence(field: str, stems: Sequence[str], slop: int, weight: float = 1.0) -> Query:
    return MatchPhrase(**{field: {"query": " ".join(stems), "slop": slop, "boost": weight}})


def _term(field: str, term: str, weight: float = 1.0) -> Query:
    return Term(**{field: {"value": term, "boost": weight}})


def _values(clause: ValueClause | ValuesClause | NumberClause | DayClause) -> Query:
    if isinstance(clause, ValueClause):
        return Term(**{LABEL_VALUE + clause.field: {"value": clause.label}})
    if isinstance(clause, ValuesClause):
        numeric = any(isinstance(value, int) for value in clause.values)
        values: dict[str, Any] = {(INTEGER if numeric else KEYWORD) + clause.field: sorted(clause.values, key=str)}
        return Terms(**values)
    if isinstance(clause, NumberClause):
        return _between(INTEGER + clause.field, clause.low, clause.high)
    return Bool(filter=[_between("date_to", clause.low, None), _between("date_from", None, clause.high)])


def _between(field: str, low: int | None, high: int | None) -> Query:
    if low is not None and high is not None and low > high:
        return MatchNone()
    if low is None and high is None:
        return Exists(field=field)
    ends = {name: end for name, end in (("gte", low), ("lte", high)) if end is not None}
    return RangeQuery(**{field: ends})


def _stem_field(field: str) -> str:
    return "title" if field == TITLE else LABEL_WORDS + field


def _exact_field(field: str | None) -> str:
    if field is None:
        return "x"
    return "xtitle" if field == TITLE else LABEL_EXACT + field

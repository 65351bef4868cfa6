"""The filters of a request as clauses, one per field."""

from __future__ import annotations

from collections.abc import Mapping

from search.clauses import Clause, DayClause, NumberClause, ValuesClause
from search.dates import day_bounds
from search.engine import Between, Filter, In
from search.errors import InvalidRequest
from search.schema import DATE, Integer, Schema


def filter_clauses(filters: Mapping[str, Filter], schema: Schema) -> dict[str, Clause]:
    """A clause for each filtered field; InvalidRequest when the field does not exist or cannot be filtered so."""
    return {name: _clause(name, found, schema) for name, found in filters.items()}


def _clause(name: str, found: Filter, schema: Schema) -> Clause:
    field = schema.by_name.get(name)
    if name == DATE and isinstance(found, Between):
        return DayClause(*day_bounds(_text(found.low), _text(found.high)))
    if isinstance(field, Integer) and isinstance(found, Between):
        return NumberClause(name, _number(found.low), _number(found.high))
    if field is not None and isinstance(found, In):
        kind = int if isinstance(field, Integer) else str
        return ValuesClause(name, frozenset(value for value in found.values if isinstance(value, kind)))
    raise InvalidRequest(f"The field «{name}» cannot be filtered with {type(found).__name__}.")


def _text(value: str | int | None) -> str | None:
    return None if value is None else str(value)


def _number(value: str | int | None) -> int | None:
    try:
        return None if value is None else int(value)
    except ValueError as error:
        raise InvalidRequest(f"«{value}» is not a whole number.") from error

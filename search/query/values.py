"""What follows a field that holds values: a keyword, a whole number or a date, alone or as a range."""

from __future__ import annotations

import re

from search.dates import canonical_date, date_interval, next_date, previous_date
from search.query.nodes import Range, Term
from search.schema import DATE, Integer, Keyword, Schema

_RANGE = re.compile(r"([^.]*)\.{2,3}([^.]*)")
_COMPARED = re.compile(r"(>=|<=|>|<|=)(.+)")
_NUMBER = re.compile(r"-?\d{1,15}")


def read_value(schema: Schema, name: str, text: str) -> Term | Range | None:
    """The condition that a value means for its field, or None when it does not fit."""
    field = schema.by_name.get(name)
    if isinstance(field, Keyword):
        value = " ".join(text.split())
        return Term(name, value) if value and value != "*" else None
    if name != DATE and not isinstance(field, Integer):
        return None
    return _range(name, text.strip())


def _range(name: str, text: str) -> Range | None:
    if match := _RANGE.fullmatch(text):
        return _between(name, match[1].strip(), match[2].strip())
    if match := _COMPARED.fullmatch(text):
        return _compared(name, match[1], match[2].strip())
    value = _canonical(name, text)
    return Range(name, value, value) if value else None


def _between(name: str, low: str, high: str) -> Range | None:
    first, last = _canonical(name, low), _canonical(name, high)
    if (low and not first) or (high and not last) or not (first or last):
        return None
    if first and last and _place(name, first) > _place(name, last):
        first, last = last, first
    return Range(name, first, last)


def _compared(name: str, sign: str, text: str) -> Range | None:
    value = _canonical(name, text)
    if sign in (">", "<") and value:
        value = _neighbour(name, value, 1 if sign == ">" else -1)
    if not value:
        return None
    if sign == "=":
        return Range(name, value, value)
    return Range(name, value, None) if sign.startswith(">") else Range(name, None, value)


def _canonical(name: str, text: str) -> str | None:
    if name == DATE:
        return canonical_date(text)
    return str(int(text)) if _NUMBER.fullmatch(text) else None


def _neighbour(name: str, value: str, step: int) -> str | None:
    if name == DATE:
        return next_date(value) if step > 0 else previous_date(value)
    return _canonical(name, str(int(value) + step))


def _place(name: str, value: str) -> int:
    if name == DATE:
        interval = date_interval(value)
        return interval[0].toordinal() if interval else 0
    return int(value)

"""Partial dates («1994», «1994-03», «1994-03-05») as closed intervals of days.

A document carries an interval as well; a date filter matches when both overlap, so that an item of «1994» is found
under «marzo de 1994» and one of unknown date never is.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from search.errors import InvalidRequest

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def date_interval(text: str) -> tuple[date, date] | None:
    """First and last day of a partial date; None when the text is not one (or the day does not exist)."""
    match = _PARTIAL.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(group) if group else 0 for group in match.groups())
    try:
        if match[3]:
            return date(year, month, day), date(year, month, day)
        if match[2]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def canonical_date(text: str) -> str | None:
    """The same partial date with two-digit month and day, or None when it is not a date."""
    if date_interval(text) is None:
        return None
    head, *rest = text.strip().split("-")
    return "-".join([head, *(part.zfill(2) for part in rest)])


def next_date(text: str) -> str | None:
    """The partial date of the same precision right after this one; None past the year 9999."""
    interval = date_interval(text)
    if interval is None or interval[1] == date.max:
        return None
    return _cut(interval[1] + timedelta(days=1), text)


def previous_date(text: str) -> str | None:
    """The partial date of the same precision right before this one; None before the year 1."""
    interval = date_interval(text)
    if interval is None or interval[0] == date.min:
        return None
    return _cut(interval[0] - timedelta(days=1), text)


def day_bounds(low: str | None, high: str | None) -> tuple[int | None, int | None]:
    """Ordinals of the first and last day between two partial dates, both included; None is an open end.

    Raises InvalidRequest when one of them is not a date.
    """
    first = last = None
    if low is not None:
        first = _interval_or_fail(low)[0].toordinal()
    if high is not None:
        last = _interval_or_fail(high)[1].toordinal()
    return first, last


def _interval_or_fail(text: str) -> tuple[date, date]:
    interval = date_interval(text)
    if interval is None:
        raise InvalidRequest(f"«{text}» is not a date: write YYYY, YYYY-MM or YYYY-MM-DD.")
    return interval


def _cut(day: date, like: str) -> str:
    return day.isoformat()[: (4, 7, 10)[like.count("-")]]

"""What can go wrong in the engine layer, as types a caller can tell apart.

Every message says what happened and what to do; none of them carries text of a document or of a query.
"""

from __future__ import annotations


class SearchError(Exception):
    """Root of all errors of this package."""


class InvalidRequest(SearchError, ValueError):
    """The request cannot be answered as asked: unknown field, offset too deep, malformed date."""


class SearchUnavailable(SearchError):
    """There is no readable index (missing, damaged, or the engine does not answer). The index is a cache: rebuild it."""


class EngineAbsent(SearchUnavailable):
    """The engine lives elsewhere and does not answer, or refuses: building the index again mends nothing."""


class IndexOutdated(SearchError):
    """The index was built with other fields or another analysis than this program's. Rebuild it."""


class IndexBusy(SearchError):
    """Another process holds the only writer of this index. Wait for it or ask it to do the work."""

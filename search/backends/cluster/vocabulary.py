"""Which words are in scope, and how often. The dictionary of the index only proposes; the scope decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from elasticsearch.dsl.query import Prefix, Query

from search.backends.cluster.compile import clause_query, scoped, word_or_title
from search.backends.cluster.server import Server
from search.clauses import WordClause, edits_allowed
from search.rows import SURFACE_MARK
from search.scope import Scope
from search.wording import KEPT_START, is_near, sound_alikes

MOST_TERMS = 200
MOST_CANDIDATES = 1_000


class Vocabulary:
    """The words of one index as a scope sees them."""

    def __init__(self, server: Server, index: str, scope: Scope) -> None:
        self._server = server
        self._index = index
        self._scope = scope

    def surfaces(self, start: str, within: Sequence[Query] = ()) -> list[tuple[str, int]]:
        """Words as people write them whose folded form begins so, with their number of items."""
        query = scoped(self._scope, filters=[*within, Prefix(surface={"value": start})])
        order = [{"_count": "desc"}, {"_key": "asc"}]
        terms = {"field": "surface", "include": f"{start}.*", "size": MOST_TERMS, "shard_size": MOST_TERMS * 10, "order": order}
        body = {"query": query.to_dict(), "size": 0, "track_total_hits": False, "aggs": {"words": {"terms": terms}}}
        buckets = self._server.search(self._index, body)["aggregations"]["words"]["buckets"]
        return [(str(each["key"]), int(each["doc_count"])) for each in buckets]

    def nearest_of(self, words: Sequence[WordClause]) -> dict[str, str]:
        """For each of those words that nobody in scope has, the nearest one that somebody has; by exact form."""
        if not words:
            return {}
        counts = self._counts({word.exact: clause_query(word) for word in words})
        absent = [word.exact for word in words if not counts[word.exact]]
        found = {exact: self._best(exact) for exact in absent}
        return {exact: self._written(best) for exact, best in found.items() if best}

    def _counts(self, queries: Mapping[str, Query]) -> dict[str, int]:
        """How many items in scope each query finds."""
        filters = {name: query.to_dict() for name, query in queries.items()}
        body = {
            "query": scoped(self._scope).to_dict(),
            "size": 0,
            "track_total_hits": False,
            "aggs": {"each": {"filters": {"filters": filters}}},
        }
        buckets = self._server.search(self._index, body)["aggregations"]["each"]["buckets"]
        return {name: int(bucket["doc_count"]) for name, bucket in buckets.items()}

    def _best(self, exact: str) -> str | None:
        one, two = self._proposed(exact)
        return self._nearest(exact, {*one, *sound_alikes(exact)}) or (
            self._nearest(exact, two) if edits_allowed(exact) > 1 else None
        )

    def _proposed(self, exact: str) -> tuple[list[str], list[str]]:
        """Words of the dictionary one edit away, and up to two that begin alike."""
        common: dict[str, Any] = {
            "field": "x",
            "suggest_mode": "always",
            "size": MOST_CANDIDATES,
            "shard_size": MOST_CANDIDATES,
            "min_word_length": 1,
            "accuracy": 0.0,
            "max_term_freq": 2_000_000_000.0,
        }
        proposals = {
            "one": {"text": exact, "term": {**common, "max_edits": 1, "prefix_length": 0}},
            "two": {"text": exact, "term": {**common, "max_edits": 2, "prefix_length": KEPT_START}},
        }
        found = self._server.search(self._index, {"size": 0, "track_total_hits": False, "suggest": proposals})["suggest"]
        one, two = ([str(option["text"]) for option in _options(found[name])] for name in ("one", "two"))
        return one, two

    def _nearest(self, exact: str, candidates: Iterable[str]) -> str | None:
        distances = {term: distance for term in candidates if (distance := is_near(exact, term))}
        if not distances:
            return None
        counts = self._counts({term: word_or_title(term) for term in distances})
        near = [(distance, -counts[term], term) for term, distance in distances.items() if counts[term]]
        return min(near)[2] if near else None

    def _written(self, exact: str) -> str:
        found = [(-count, term) for term, count in self.surfaces(exact + SURFACE_MARK)]
        return min(found)[1].partition(SURFACE_MARK)[2] if found else exact


def _options(suggested: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [option for each in suggested for option in each["options"]]

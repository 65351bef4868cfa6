"""What operations write, ready to be sent: it can be made in one process and sent by another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from search.backends.cluster.bulk import compact
from search.backends.cluster.generations import Kind
from search.backends.cluster.layout import item_id, item_source, page_source
from search.documents import Operation, Upsert
from search.rows import analysed
from search.schema import Schema
from search.scope import IndexName

Source = tuple[str, int, str]
"""Identity, version and JSON of a document."""
Sources = Mapping[tuple[IndexName, Kind], Sequence[Source]]


def sources(operation: Upsert, schema: Schema) -> tuple[list[Source], list[Source]]:
    """The documents of an operation: those of its item (one for each variant) and those of its pages."""
    items: list[Source] = []
    pages: list[Source] = []
    for number, document in enumerate(operation.documents):
        row = analysed(document, schema)
        identity, version = item_id(document), document.version
        items.append((identity, version, compact(item_source(row, schema, lead=number == 0))))
        pages += [
            (f"{identity}#{slot}", version, compact(page_source(page, document, slot))) for slot, page in enumerate(row.pages)
        ]
    return items, pages


def prepare(operations: Sequence[Operation], schema: Schema) -> Sources:
    """The documents of some operations, by the index where they go."""
    found: dict[tuple[IndexName, Kind], list[Source]] = defaultdict(list)
    for operation in operations:
        if isinstance(operation, Upsert):
            items, pages = sources(operation, schema)
            found[operation.index, "items"] += items
            found[operation.index, "pages"] += pages
    return dict(found)

"""What operations write, as JSON that tantivy reads by itself: it can be made in one process and written in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from search.backends.tantivy.files import Kind
from search.backends.tantivy.layout import item_document, page_document
from search.documents import Operation, Upsert
from search.rows import analysed
from search.schema import Schema
from search.scope import IndexName

Rows = Mapping[tuple[IndexName, Kind], Sequence[str]]


def rows_of(operation: Upsert, schema: Schema) -> tuple[list[str], list[str]]:
    """The documents of an operation: those of its item (one for each variant) and those of its pages."""
    items: list[str] = []
    pages: list[str] = []
    for number, document in enumerate(operation.documents):
        row = analysed(document, schema)
        items.append(item_document(row, lead=number == 0))
        pages += [page_document(page, document) for page in row.pages]
    return items, pages


def prepare(operations: Sequence[Operation], schema: Schema) -> Rows:
    """The documents of some operations, by the index where they go."""
    rows: dict[tuple[IndexName, Kind], list[str]] = defaultdict(list)
    for operation in operations:
        if isinstance(operation, Upsert):
            items, pages = rows_of(operation, schema)
            rows[operation.index, "items"] += items
            rows[operation.index, "pages"] += pages
    return dict(rows)

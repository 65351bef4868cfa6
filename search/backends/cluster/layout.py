"""Mappings of the two kinds of index (items, pages) and the documents that go in them.

Text arrives analysed, its tokens joined by spaces, and only the bare server is needed: no plugin, no analysis of its own.
Nothing of the text is stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from search.backends.cluster.generations import Kind
from search.documents import Document
from search.rows import (
    ItemRow,
    PageRow,
    date_order,
    exacts,
    label_values,
    page_acl,
    reverse_date_order,
    stems,
    title_order,
)
from search.schema import Schema

KEYWORD, LABEL_VALUE, LABEL_WORDS, LABEL_EXACT, INTEGER = "k_", "v_", "n_", "nx_", "i_"
LONGEST_VALUE = 8_000  # characters: a longer one does not fit in a term
LAYOUT_VERSION = 1  # an index of another one is not read
RESULT_WINDOW = 12_000  # the deepest offset, a page, and a window of those that are ordered again
_WORDS: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace"}
_SET: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
_EXACT: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "docs"}
_TOKEN: Mapping[str, Any] = {"type": "keyword", "ignore_above": LONGEST_VALUE}
_TOKEN_ONLY: Mapping[str, Any] = {"type": "keyword", "ignore_above": LONGEST_VALUE, "doc_values": False}
_UNSEEN: Mapping[str, Any] = {"type": "keyword", "index": False, "doc_values": False}
_ORDERED_ONLY: Mapping[str, Any] = {"type": "keyword", "ignore_above": LONGEST_VALUE, "index": False}
_LONG: Mapping[str, Any] = {"type": "long"}
_READ_ONLY: Mapping[str, Any] = {"type": "long", "index": False}
_DAY: Mapping[str, Any] = {"type": "integer"}


def fingerprint(schema: Schema) -> str:
    """Twelve characters that change with the fields, the analysis or the layout of these indexes."""
    return hashlib.sha256(f"{schema.fingerprint()} {LAYOUT_VERSION}".encode()).hexdigest()[:12]


def bodies(schema: Schema, shards: int, brand: str) -> dict[Kind, dict[str, Any]]:
    """What each kind of index is created with. Only its writer refreshes it; copies are made once it is in use."""
    settings: dict[str, Any] = {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "max_result_window": RESULT_WINDOW,
        "mapping.total_fields.limit": 2_000,
    }
    if brand == "opensearch":  # by slices, it would cut the counts of each one
        settings["search.concurrent_segment_search.mode"] = "none"
        settings["similarity"] = {"default": {"type": "LegacyBM25"}}  # in the scale of the others, where weights were measured
    return {
        "items": {"settings": {"index": settings}, "mappings": _mapping({**_common(), **_item_fields(schema)})},
        "pages": {"settings": {"index": settings}, "mappings": _mapping(_common())},
    }


def _mapping(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"dynamic": "strict", "_source": {"includes": ["signature", "label"]}, "properties": dict(properties)}


def _common() -> dict[str, Any]:
    fields: dict[str, Any] = {"key": _TOKEN, "text": _WORDS, "x": _EXACT, "label": _UNSEEN}
    fields |= dict.fromkeys(("acl", "hidden_from", "part_acl"), _TOKEN_ONLY)
    return fields | {"order": _LONG} | dict.fromkeys(("version", "number", "variant", "slot"), _READ_ONLY)


def _item_fields(schema: Schema) -> dict[str, Any]:
    fields: dict[str, Any] = {"title": _WORDS, "xtitle": _SET, "surface": _TOKEN, "by_title": _ORDERED_ONLY, "signature": _UNSEEN}
    fields |= {"lead": {"type": "boolean"}, "date_from": _DAY, "date_to": _DAY, "by_date": _LONG, "by_date_down": _LONG}
    for keyword in schema.keywords:
        fields |= {KEYWORD + keyword.name: _TOKEN, LABEL_VALUE + keyword.name: _TOKEN_ONLY}
    for keyword in schema.labels:
        fields |= {LABEL_WORDS + keyword.name: _WORDS, LABEL_EXACT + keyword.name: _SET}
    return fields | {INTEGER + integer.name: _LONG for integer in schema.integers}


def item_id(document: Document) -> str:
    """The identity of an item as some readers see it."""
    return f"{document.key}#{document.variant}"


def item_source(row: ItemRow, schema: Schema, *, lead: bool) -> dict[str, Any]:
    """What is indexed of an item."""
    document, texts = row.document, row.texts
    fields: dict[str, Any] = {
        **_identity(document),
        "title": texts.title_stems,
        "xtitle": texts.title_exacts,
        "text": texts.run_stems,
        "x": texts.exacts,
        "surface": texts.surfaces,
        "by_title": title_order(row),
        "by_date": date_order(document),
        "by_date_down": reverse_date_order(document),
        "lead": lead,
        "slot": 0,
        "signature": " ".join(texts.signature),
    }
    if document.date_from and document.date_to:
        fields |= {"date_from": document.date_from.toordinal(), "date_to": document.date_to.toordinal()}
    if row.single:
        fields |= _page_identity(row.single.number, row.single.label, page_acl(row))
    return fields | _composed(row, schema)


def _composed(row: ItemRow, schema: Schema) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for keyword in schema.keywords:
        values = sorted(set(row.document.keywords.get(keyword.name, ())))
        fields |= {KEYWORD + keyword.name: values, LABEL_VALUE + keyword.name: label_values(values)}
    for name, labels in row.labels.items():
        fields |= {LABEL_WORDS + name: [stems(each) for each in labels], LABEL_EXACT + name: [exacts(each) for each in labels]}
    for integer in schema.integers:
        fields[INTEGER + integer.name] = sorted(set(row.document.integers.get(integer.name, ())))
    return fields


def page_source(page: PageRow, document: Document, slot: int) -> dict[str, Any]:
    """What is indexed of a page: its words, and marked, those where a phrase that begins on it may end."""
    return {
        **_identity(document),
        **_page_identity(page.number, page.label, page.acl),
        "slot": slot,
        "text": page.page.stems,
        "x": page.page.exacts,
    }


def _identity(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "version": document.version,
        "variant": document.variant,
        "order": document.order,
        "acl": sorted(document.acl),
        "hidden_from": sorted(document.hidden_from),
    }


def _page_identity(number: int, label: str, acl: Iterable[str]) -> dict[str, Any]:
    return {"number": number, "label": label, "part_acl": sorted(acl)}

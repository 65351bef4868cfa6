"""Fields of the two physical indexes (items, pages) and the documents that go in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import tantivy

from search.analysis import Forms
from search.documents import Document
from search.rows import (
    TAIL_MARK,
    ItemRow,
    PageRow,
    apart,
    date_order,
    label_values,
    page_acl,
    reverse_date_order,
    signature,
    surfaces,
    title_order,
)
from search.schema import Schema

TOKENIZER = "tokens"
KEYWORD, LABEL_VALUE, LABEL_WORDS, LABEL_EXACT, INTEGER = "k_", "v_", "n_", "nx_", "i_"


def register(index: tantivy.Index) -> tantivy.Index:
    """Tokens come made and joined by spaces; the tokenizer must be named again each time an index is opened."""
    index.register_tokenizer(TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def item_schema(schema: Schema) -> tantivy.Schema:
    """Fields of the index of items."""
    builder = _common()
    for name, option in (("title", "position"), ("xtitle", "basic"), ("surface", "basic")):
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option=option)
    builder.add_text_field("by_title", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("date_from", "date_to", "by_date", "by_date_down", "lead"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("signature", stored=True)
    for keyword in schema.keywords:
        builder.add_text_field(KEYWORD + keyword.name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field(LABEL_VALUE + keyword.name, tokenizer_name="raw", index_option="basic")
    for keyword in schema.labels:
        builder.add_text_field(LABEL_WORDS + keyword.name, tokenizer_name=TOKENIZER, index_option="position")
        builder.add_text_field(LABEL_EXACT + keyword.name, tokenizer_name=TOKENIZER, index_option="basic")
    for integer in schema.integers:
        builder.add_integer_field(INTEGER + integer.name, indexed=True, fast=True)
    return builder.build()


def page_schema() -> tantivy.Schema:
    """Fields of the index of pages."""
    return _common().build()


def _common() -> tantivy.SchemaBuilder:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("acl", "hidden_from", "part_acl"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name=TOKENIZER, index_option="position")
    builder.add_text_field("x", tokenizer_name=TOKENIZER, index_option="freq")
    for name in ("version", "order", "number"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_bytes_field("label", stored=True)
    return builder


def item_document(row: ItemRow, schema: Schema, into: tantivy.Schema, *, lead: bool) -> tantivy.Document:
    """What is indexed of an item."""
    document = row.document
    texts = [found for run in row.runs for found in run]
    fields: dict[str, Any] = {
        **_identity(document),
        "title": _stems(row.title),
        "xtitle": _exacts(row.title),
        "text": apart(map(_stems, row.runs)),
        "x": f"{_exacts(row.title)} {_exacts(texts)}",
        "surface": " ".join(surfaces(row)),
        "by_title": title_order(document),
        "by_date": date_order(document),
        "by_date_down": reverse_date_order(document),
        "lead": int(lead),
        "signature": " ".join(signature(row)).encode(),
    }
    if document.date_from and document.date_to:
        fields |= {"date_from": document.date_from.toordinal(), "date_to": document.date_to.toordinal()}
    if row.single:
        fields |= _page_identity(row.single.number, row.single.label, page_acl(row))
    fields |= _composed(row, schema)
    return tantivy.Document.from_dict(fields, into)


def _composed(row: ItemRow, schema: Schema) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for keyword in schema.keywords:
        values = sorted(set(row.document.keywords.get(keyword.name, ())))
        fields |= {KEYWORD + keyword.name: values, LABEL_VALUE + keyword.name: label_values(values)}
    for name, labels in row.labels.items():
        fields |= {LABEL_WORDS + name: apart(map(_stems, labels))}
        fields |= {LABEL_EXACT + name: [_exacts(label) for label in labels]}
    for integer in schema.integers:
        fields[INTEGER + integer.name] = sorted(set(row.document.integers.get(integer.name, ())))
    return fields


def page_document(page: PageRow, document: Document, into: tantivy.Schema) -> tantivy.Document:
    """What is indexed of a page: its words, and marked, those where a phrase that begins on it may end."""
    tail = "".join(f" {stem}{TAIL_MARK}" for stem in page.tail)
    fields = {
        **_identity(document),
        **_page_identity(page.number, page.label, page.acl),
        "text": _stems(page.text) + tail,
        "x": _exacts(page.text),
    }
    return tantivy.Document.from_dict(fields, into)


def _identity(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "version": document.version,
        "order": document.order,
        "acl": sorted(document.acl),
        "hidden_from": sorted(document.hidden_from),
    }


def _page_identity(number: int, label: str, acl: Iterable[str]) -> dict[str, Any]:
    return {"number": number, "label": label.encode(), "part_acl": sorted(acl)}


def _stems(found: Sequence[Forms]) -> str:
    return " ".join([each[0] for each in found])


def _exacts(found: Sequence[Forms]) -> str:
    return " ".join([each[1] for each in found])

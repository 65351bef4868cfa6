"""Fields of the two physical indexes (items, pages) and the documents that go in them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from search.backends.tantivy.files import write_durably
from search.documents import Document
from search.rows import (
    ItemRow,
    PageRow,
    Texts,
    apart,
    date_order,
    exacts,
    label_values,
    page_acl,
    reverse_date_order,
    stems,
    title_order,
)
from search.schema import Schema

TOKENIZER = "tokens"
_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
KEYWORD, LABEL_VALUE, LABEL_WORDS, LABEL_EXACT, INTEGER = "k_", "v_", "n_", "nx_", "i_"
NOT_SEARCHED = frozenset({"by_title", "signature"})  # read by document: the half of the index that finds them is not written
WITH_LENGTH = frozenset({"title", "text", "x"})  # rank by how long the text is


def register(index: tantivy.Index) -> tantivy.Index:
    """Tokens come made and joined by spaces; the tokenizer must be named again each time an index is opened."""
    index.register_tokenizer(TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def create(path: Path, fields: tantivy.Schema) -> None:
    """An empty index in a folder that is there.

    tantivy's builder has every text found by its terms and measured in every document; that is a tenth of the index, so what is
    not asked is taken out of the description that the index keeps of itself, which is what a writer goes by.
    """
    tantivy.Index(fields, path=str(path), reuse=False)
    described = json.loads((path / "meta.json").read_text())
    for field in described["schema"]:
        indexing = field["options"].get("indexing")
        if field["name"] in NOT_SEARCHED:
            del field["options"]["indexing"]
        elif isinstance(indexing, dict) and indexing["record"] == "basic" and field["name"] not in WITH_LENGTH:
            indexing["fieldnorms"] = False
    write_durably(path / "meta.json", json.dumps(described))


def item_schema(schema: Schema) -> tantivy.Schema:
    """Fields of the index of items."""
    builder = _common()
    for name, option in (("title", "position"), ("xtitle", "basic"), ("surface", "basic")):
        builder.add_text_field(name, tokenizer_name=TOKENIZER, index_option=option)
    for name in sorted(NOT_SEARCHED):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("date_from", "date_to", "by_date", "by_date_down"):
        builder.add_unsigned_field(name, indexed=False, fast=True)
    builder.add_unsigned_field("lead", indexed=True, fast=False)
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
    builder.add_text_field("x", tokenizer_name=TOKENIZER, index_option="basic")
    for name in ("version", "number"):
        builder.add_unsigned_field(name, indexed=False, fast=True)
    builder.add_unsigned_field("order", indexed=True, fast=True)
    builder.add_bytes_field("label", stored=True)
    return builder


def item_document(row: ItemRow, *, lead: bool) -> str:
    """What is indexed of an item, as tantivy reads it (JSON; bytes in base64)."""
    document = row.document
    fields: dict[str, Any] = {
        **_identity(document),
        "by_title": title_order(row),
        "by_date": date_order(document),
        "by_date_down": reverse_date_order(document),
        "lead": int(lead),
    }
    if document.date_from and document.date_to:
        fields |= {"date_from": document.date_from.toordinal(), "date_to": document.date_to.toordinal()}
    if row.single:
        fields |= _page_identity(row.single.number, row.single.label, page_acl(row))
    return f"{_json(fields | _values(document))[:-1]},{_said(row.texts)[1:]}"


@lru_cache(maxsize=4)
def _said(texts: Texts) -> str:
    """The words of an item, which go the same to the index of all and to the public one, one right after the other."""
    fields: dict[str, Any] = {
        "title": texts.title_stems,
        "xtitle": texts.title_exacts,
        "text": apart(texts.run_stems),
        "x": texts.exacts,
        "surface": " ".join(texts.surfaces),
        "signature": texts.signature,
    }
    for name, labels in texts.labels.items():
        if labels:
            fields |= {LABEL_WORDS + name: apart(map(stems, labels)), LABEL_EXACT + name: [exacts(label) for label in labels]}
    return _json(fields)


def _values(document: Document) -> dict[str, Any]:
    fields: dict[str, Any] = {INTEGER + name: sorted(set(numbers)) for name, numbers in document.integers.items()}
    for name, given in document.keywords.items():
        if given:
            values = sorted(set(given))
            fields |= {KEYWORD + name: values, LABEL_VALUE + name: label_values(values)}
    return fields


def page_document(page: PageRow, document: Document) -> str:
    """What is indexed of a page: its words, and marked, those where a phrase that begins on it may end."""
    identity = _identity(document) | _page_identity(page.number, page.label, page.acl)
    return _json(identity | {"text": page.page.stems, "x": page.page.exacts})


def _identity(document: Document) -> dict[str, Any]:
    return {
        "key": document.key,
        "version": document.version,
        "order": document.order,
        "acl": sorted(document.acl),
        "hidden_from": sorted(document.hidden_from),
    }


def _page_identity(number: int, label: str, acl: Iterable[str]) -> dict[str, Any]:
    named = {"label": b64encode(label.encode()).decode()} if label else {}
    return {"number": number, "part_acl": sorted(acl), **named}

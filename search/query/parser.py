"""The query language people type: lenient, Spanish, never an error.

`palabra palabra` · `"frase exacta"` · `"palabras cercanas"~5` · `-palabra` · `una OR otra` (or `O`) · `( )` · `prefijo*` · `palabra~` ·
`campo:valor`, `campo:"una frase"`, `campo:(a OR b)` · `año:1990..1995`, `fecha:>=1994-03`. OR binds closer than the
space between words. An unknown field, or a value that does not fit its field, is read as words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from search.analysis import MAX_TOKEN, forms, label_key, words
from search.clauses import MAX_APART
from search.query.lexer import Lexeme, lex
from search.query.nodes import And, Field, Fuzzy, MatchAll, Near, Node, Not, Or, Phrase, Prefix, Word
from search.query.values import read_value
from search.schema import DATE, TITLE, Keyword, Schema

MAX_TERMS = 32
MAX_DEPTH = 20
MIN_PREFIX = 2
_SEPARATORS = "/-.,"
_FOLIO_MARK = re.compile(r"(?:n|no|nro|n[uú]m|n[uú]mero)[.º°]+(?=\d)", re.IGNORECASE)


class QueryFields:
    """The field names that a query may use: those of the schema and the aliases of its caller (accents do not matter).

    `aliases` maps a written name to a field of the schema: {"año": "anio", "título": "title", "fecha": "date"}.
    """

    def __init__(self, schema: Schema, aliases: Mapping[str, str] | None = None) -> None:
        self.schema = schema
        own = {name: name for name in (*schema.by_name, TITLE, DATE)}
        self._names = own | {label_key(written): target for written, target in (aliases or {}).items()}
        unknown = set(self._names.values()) - set(own)
        if unknown or any(self._names[name] != name for name in own):
            raise ValueError(f"Aliases must lead to fields of the schema and not rename them: {sorted(unknown)}")

    def resolve(self, written: str) -> str | None:
        """The field of the schema that a written name means, or None."""
        return self._names.get(label_key(written))

    def searches_words(self, name: str) -> bool:
        """Whether the field is searched by its words (the rest hold values, numbers or dates)."""
        field = self.schema.by_name.get(name)
        return name == TITLE or (isinstance(field, Keyword) and field.label_searchable)


def parse(text: str, fields: QueryFields | None = None) -> Node | None:
    """The tree of a query, or None when there is nothing in it to search for."""
    known = fields or QueryFields(Schema(()))
    return _Parser(lex(text, lambda name: known.resolve(name) is not None), known).parse()


class _Parser:
    def __init__(self, lexemes: list[Lexeme], fields: QueryFields) -> None:
        self._lexemes = lexemes
        self._place = 0
        self._fields = fields
        self._terms = MAX_TERMS
        self._depth = 0
        self._field: str | None = None

    def parse(self) -> Node | None:
        found: list[Node] = []
        while self._place < len(self._lexemes):
            found += self._sequence()
            self._place += 1  # a parenthesis closed without being opened
        return _joined(found)

    def _peek(self) -> str:
        return self._lexemes[self._place].kind if self._place < len(self._lexemes) else "close"

    def _sequence(self) -> list[Node]:
        found: list[Node] = []
        while self._peek() != "close":
            found += self._alternatives()
        return found

    def _alternatives(self) -> list[Node]:
        found = self._operand()
        branches = [_single(found)] if found else []
        while self._peek() == "or":
            self._place += 1
            if self._peek() not in ("close", "or") and (found := self._operand()):
                branches.append(_single(found))
        if len(branches) > 1:
            return [Or(tuple(branches))]
        return found or branches

    def _operand(self) -> list[Node]:
        if self._place >= len(self._lexemes):
            return []
        lexeme = self._lexemes[self._place]
        if lexeme.kind in ("or", "close"):
            return []
        self._place += 1
        if lexeme.kind == "minus":
            return self._negation()
        if lexeme.kind == "field":
            return self._in_field(lexeme.text)
        if lexeme.kind == "open":
            return self._group()
        return self._phrase(lexeme) if lexeme.kind in ("phrase", "near") else self._chunk(lexeme.text)

    def _negation(self) -> list[Node]:
        if self._peek() == "or":
            self._place += 1
            return [Not(word) for word in self._words("or")]
        found = self._operand()
        return [Not(_single(found))] if found else []

    def _group(self) -> list[Node]:
        if self._depth >= MAX_DEPTH:
            return []
        self._depth += 1
        found = _joined(self._sequence())
        self._place += 1
        self._depth -= 1
        return [found] if found else []

    def _in_field(self, written: str) -> list[Node]:
        name = self._fields.resolve(written)
        if name is None or self._field is not None:  # a field inside a field is only words
            return self._words(written) + self._operand()
        self._field = name
        found = self._operand()
        self._field = None
        if not found or isinstance(found[0], MatchAll):
            return []
        if self._fields.searches_words(name):
            return [Field(name, _single(found))]
        return found

    def _phrase(self, lexeme: Lexeme) -> list[Node]:
        if self._holds_values() and (value := read_value(self._fields.schema, str(self._field), lexeme.text)):
            return self._counted(value)
        found = tuple(word[:MAX_TOKEN] for word in words(lexeme.text)[: self._terms])
        self._terms -= len(found)
        if len(found) > 1 and lexeme.apart:
            return [Near(found, min(lexeme.apart, MAX_APART))]
        return [Phrase(found)] if found else []

    def _chunk(self, text: str) -> list[Node]:
        if self._holds_values() and (value := read_value(self._fields.schema, str(self._field), text)):
            return self._counted(value)
        if text == "*":
            return [MatchAll()]
        return self._words(text)

    def _holds_values(self) -> bool:
        return self._field is not None and not self._fields.searches_words(self._field)

    def _counted(self, node: Node) -> list[Node]:
        self._terms -= 1
        return [node] if self._terms >= 0 else []

    def _words(self, text: str) -> list[Node]:
        if mark := _FOLIO_MARK.match(text):
            text = text[mark.end() :]
        found = [word[:MAX_TOKEN] for word in words(text)[: self._terms]]
        self._terms -= len(found)
        if not found:
            return []
        last: Node | None = None
        if text.endswith("*") and len(forms(found[-1]).exact) >= MIN_PREFIX:
            last = Prefix(found.pop())
        elif text.endswith("~"):
            last = Fuzzy(found.pop())
        if len(found) > 1 and any(letter.isdigit() for word in found for letter in word):
            return [Word(_separator(text).join(found)), *([last] if last else [])]
        return [*(Word(_not_operator(word)) for word in found), *([last] if last else [])]


def _separator(text: str) -> str:
    inside = text.strip("".join(letter for letter in text if not letter.isalnum()))
    return next((letter for letter in inside if letter in _SEPARATORS), "/")


def _not_operator(word: str) -> str:
    return word.lower() if word in ("O", "OR") else word


def _joined(found: list[Node]) -> Node | None:
    if len(found) > 1:
        return And(tuple(found))
    return found[0] if found else None


def _single(found: list[Node]) -> Node:
    """Several words written together where one thing is expected are a phrase («-a/b», «a OR b,c»)."""
    if len(found) == 1:
        return found[0]
    return Phrase(tuple(word for node in found for word in words(str(node))))

"""The query language: nodes and parser."""

from search.query.nodes import (
    And,
    Boost,
    Field,
    Fuzzy,
    MatchAll,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Term,
    Word,
)
from search.query.parser import QueryFields, parse

__all__ = [
    "And", "Boost", "Field", "Fuzzy", "MatchAll", "Node", "Not", "Or", "Phrase", "Prefix", "QueryFields", "Range", "Term", "Word",
    "parse",
]  # fmt: skip

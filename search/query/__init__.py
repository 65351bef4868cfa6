"""The query language: nodes and parser."""

from search.query.nodes import (
    And,
    Boost,
    Field,
    Fuzzy,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Synonyms,
    Term,
    Word,
)
from search.query.parser import QueryFields, parse
from search.query.thesaurus import Thesaurus

__all__ = [
    "And", "Boost", "Field", "Fuzzy", "MatchAll", "Near", "Node", "Not", "Or", "Phrase", "Prefix", "QueryFields", "Range", "Synonyms", "Term",
    "Thesaurus", "Word", "parse",
]  # fmt: skip

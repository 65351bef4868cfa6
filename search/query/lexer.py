"""Text → lexemes. Never fails: what means nothing is skipped, what is left open is closed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MAX_CHARACTERS = 1000

LexemeKind = Literal["chunk", "value", "phrase", "near", "field", "open", "close", "minus", "or"]
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_CHUNK = re.compile(r"""[^\s()"]+""")
_PHRASE = re.compile(r'"([^"]*)(?:"|$)')
_NEAR = re.compile(r'"([^"]*)"~(\d{1,4})')
_FIELD = re.compile(r"(\w+):(?=[^\s:)/])")
_MINUS = re.compile(r"""(?<![^\s(])-(?=[^\s\-)])""")
_SIGNS: dict[str, LexemeKind] = {"(": "open", ")": "close"}


@dataclass(frozen=True)
class Lexeme:
    """One piece of the query: `text` is the chunk, the value after a field, or what stands between quotes; `apart`, its distance."""

    kind: LexemeKind
    text: str = ""
    apart: int = 0


def lex(text: str, is_field: Callable[[str], bool]) -> list[Lexeme]:
    """The lexemes of a query; only its first 1,000 characters are read."""
    clean = unicodedata.normalize("NFC", text[:MAX_CHARACTERS]).translate(_QUOTES)
    found: list[Lexeme] = []
    place = 0
    while place < len(clean):
        if clean[place].isspace():
            place += 1
            continue
        lexemes, place = _next(clean, place, is_field)
        found += lexemes
    return found


def _next(text: str, place: int, is_field: Callable[[str], bool]) -> tuple[list[Lexeme], int]:
    if sign := _SIGNS.get(text[place]):
        return [Lexeme(sign)], place + 1
    if match := _NEAR.match(text, place):
        return [Lexeme("near", match[1], int(match[2]))], match.end()
    if match := _PHRASE.match(text, place):
        return [Lexeme("phrase", match[1])], match.end()
    if _MINUS.match(text, place):
        return [Lexeme("minus")], place + 1
    if (match := _FIELD.match(text, place)) and is_field(match[1]):
        return _field(text, match[1], match.end())
    chunk = _chunk(text, place)
    return [Lexeme("or" if chunk in ("OR", "O") else "chunk", chunk)], place + len(chunk)


def _field(text: str, name: str, place: int) -> tuple[list[Lexeme], int]:
    if text[place] in '("':
        return [Lexeme("field", name)], place
    value = _chunk(text, place)
    return [Lexeme("field", name), Lexeme("value", value)], place + len(value)


def _chunk(text: str, place: int) -> str:
    match = _CHUNK.match(text, place)
    return match[0] if match else text[place]

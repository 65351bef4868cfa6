"""Parts of a text that has no file, so that a long one can be read, linked and found by parts."""

from __future__ import annotations

import re

PART_SIZE = 6000
_SENTENCE_END = re.compile(r"[.!?…;:]\s+")


def split_parts(text: str, target: int = PART_SIZE) -> list[str]:
    """Cut a text at ends of lines into parts of about `target` characters; joined, they are the text again.

    A line longer than that is cut at the end of a sentence, or between words, or (without any) where it must.
    """
    parts: list[str] = []
    current: list[str] = []
    size = 0
    for piece in _pieces(text, target):
        if current and size + len(piece) > target:
            parts.append("".join(current))
            current, size = [], 0
        current.append(piece)
        size += len(piece)
    if current:
        parts.append("".join(current))
    return parts


def _pieces(text: str, target: int) -> list[str]:
    pieces: list[str] = []
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        place = 0
        while len(line) - place > target:
            end = _cut(line, place, place + target)
            pieces.append(line[place:end])
            place = end
        pieces.append(line[place:])
    return pieces


def _cut(line: str, start: int, end: int) -> int:
    sentences = [match.end() for match in _SENTENCE_END.finditer(line, start + (end - start) // 2, end)]
    if sentences:
        return sentences[-1]
    space = line.rfind(" ", start + 1, end)
    return space + 1 if space > 0 else end

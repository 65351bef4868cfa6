"""Weights of the ranking, measured on the two sets of questions of `benchmarks/busqueda_relevancia.py`."""

from __future__ import annotations

TITLE_WEIGHT = 0.2
EXACT_WEIGHT = 0.85
TIE = 0.25
NEIGHBOURS = {2: (0.4, 3), 3: (0.3, 10)}  # so many words together in the query: their bonus, and how loosely in the text
COVERAGE = 3.0  # for each word of a long sentence that the text has: what it tells is there, and not one rare word many times
WINDOW = 50  # only so many of the best are looked at again for neighbouring words and for coverage

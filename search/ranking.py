"""Weights of the ranking, measured on the two sets of questions of `benchmarks/busqueda_relevancia.py`."""

from __future__ import annotations

TITLE_WEIGHT = 0.3
EXACT_WEIGHT = 0.6
TIE = 0.3
PAIR_WEIGHT = 0.5
PAIR_SLOP = 2
WINDOW = 50  # only so many of the best are looked at again for neighbouring words

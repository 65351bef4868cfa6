"""Who asks. No read exists without a scope, and a scope has no default.

A reader with tokens T sees a document when acl ∩ T ≠ ∅, hidden_from ∩ T = ∅ and its key is not revoked. The index `pub`
holds only public documents, so that code with only a `pub` scope cannot reach the rest even through statistics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

IndexName = Literal["pub", "all"]
INDEX_NAMES: tuple[IndexName, ...] = ("all", "pub")


@dataclass(frozen=True)
class Scope:
    """The index that is read, the reader's tokens, and the keys withdrawn but perhaps still indexed."""

    index: IndexName
    acl: frozenset[str]
    revoked: frozenset[str]

    def __post_init__(self) -> None:
        if self.index not in INDEX_NAMES:
            raise ValueError(f"There is no index «{self.index}»: it is «pub» or «all».")
        if isinstance(self.acl, str) or isinstance(self.revoked, str):
            raise TypeError("acl and revoked are sets of strings, not one string.")

    def sees(self, key: str, acl: frozenset[str], hidden_from: frozenset[str]) -> bool:
        """The rule itself, for one document."""
        return key not in self.revoked and not acl.isdisjoint(self.acl) and hidden_from.isdisjoint(self.acl)

"""Where a cluster is and how it is used: what an operator decides about an engine that lives elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from search.errors import InvalidRequest

KINDS = ("elasticsearch", "opensearch")
_PREFIX = re.compile(r"[a-z][a-z0-9_]{0,60}")


@dataclass(frozen=True)
class ClusterOptions:
    """`prefix` begins the name of every index, so that several archives share a cluster. `patience` is how many seconds a
    read may take when nobody set a `time_limit`; `authority` a file with the certificate that signs those of the cluster."""

    prefix: str = "acervo"
    shards: int = 1
    patience: float = 10.0
    authority: str = ""

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise InvalidRequest(f"«{self.prefix}» cannot begin the name of an index: use a-z, 0-9 and _.")
        if not 1 <= self.shards <= 100:
            raise InvalidRequest("A cluster index has between 1 and 100 shards.")


@dataclass(frozen=True)
class ClusterAddress:
    """An address read: its nodes without credentials, and the credentials apart, so that no message can show them."""

    kind: str
    nodes: tuple[str, ...]
    user: str
    password: str


def read_address(text: str) -> ClusterAddress:
    """«elasticsearch:https://user:password@host:9200» (nodes of one cluster, with a comma between them).

    Raises InvalidRequest, without repeating what was written: it may hold a password.
    """
    kind, _, rest = text.partition(":")
    nodes: list[str] = []
    user = password = ""
    for each in filter(None, (piece.strip() for piece in rest.split(","))):
        parts = urlsplit(each)
        nodes.append(_node(parts))
        user, password = unquote(parts.username or user), unquote(parts.password or password)
    if kind not in KINDS or not nodes or "" in nodes:
        raise InvalidRequest("An engine is «tantivy», «elasticsearch:URL» or «opensearch:URL», with http or https URLs.")
    return ClusterAddress(kind, tuple(nodes), user, password)


def _node(parts: SplitResult) -> str:
    """The address of a node without credentials; empty when it is not one."""
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"

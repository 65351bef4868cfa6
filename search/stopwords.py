"""What carries the meaning of a query, and what is only the way to ask for it."""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis import forms, is_stop_word
from search.query.nodes import And, Node, Not, Word

_FOLIO_MARKS = frozenset(("n", "no", "nro", "num", "numero", "folio"))
_BEFORE_ASKING = frozenset(("a", "con", "de", "en", "para", "por"))
_ASKS = frozenset(
    ("que", "cual", "cuales", "cuando", "cuanto", "cuanta", "cuantos", "cuantas", "donde", "como", "quien", "quienes")
)
_FILLERS = frozenset(
    """hay hubo habra existe existen puedo puede pueden podria podrian quiero quisiera necesito busco buscar buscan encontrar
    encuentro encuentra consultar ver saber conocer dice dicen dijo trata tratan favor""".split()  # noqa: SIM905
)


def is_stop(node: Node) -> bool:
    """Whether it is a word too common to search for by itself."""
    return isinstance(node, Word) and is_stop_word(forms(node.text).exact)


def content(children: Sequence[Node]) -> tuple[Node, ...]:
    """What is worth looking for among things asked together: all of them, when nothing would be left.

    Out go stop words, «núm.» or «folio» before a number and, of a question, what only serves to ask («¿dónde puedo ver…?»).
    """
    said = [child for at, child in enumerate(children) if not is_stop(child) and not _marks_number(children, at)]
    kept = _without_fillers(said) if is_question(children) else said
    return tuple(kept) if any(not isinstance(child, Not) for child in kept) else tuple(children)


def with_content(node: Node) -> Node:
    """A query of words with only those that `content` keeps."""
    return And(content(node.children)) if isinstance(node, And) else node


def _marks_number(children: Sequence[Node], at: int) -> bool:
    if at + 1 == len(children):
        return False
    child, following = children[at], children[at + 1]
    if not (isinstance(child, Word) and isinstance(following, Word)):
        return False
    return forms(child.text).exact in _FOLIO_MARKS and following.text[:1].isdigit()


def is_question(children: Sequence[Node]) -> bool:
    """A question begins by asking («qué», «en dónde», «por qué») and goes on."""
    begins = [forms(child.text).exact for child in children[:2] if isinstance(child, Word)]
    if len(begins) < 2 or len(children) < 3:
        return False
    return begins[0] in _ASKS or (begins[0] in _BEFORE_ASKING and begins[1] in _ASKS)


def _without_fillers(children: Sequence[Node]) -> Sequence[Node]:
    kept = [child for child in children if not (isinstance(child, Word) and forms(child.text).exact in _FILLERS)]
    return kept or children

"""What a key may hold: read from a tree, written back, and described to editors, all from one declaration."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple, Protocol, TypeVar

from knobsmith.diagnostics import Path, Report, Rule, subject_of
from knobsmith.load.tree import Entry, Mapping, Node, Scalar, Sequence
from knobsmith.model.forms.laws import WRONG_KIND
from knobsmith.source import Span

Json = dict[str, Any]
T = TypeVar("T")
# A list of names is cut after as many, a name before it is compared.
_SHOWN = 12
_COMPARED = 128
_PATIENCE = 100
T_co = TypeVar("T_co", covariant=True)


class Place(NamedTuple):
    """Where reading is, and where to report.

    ``partial`` marks an entry of a fragment: it may lack keys, remove keys with ``null`` and start from another.
    """

    report: Report
    path: Path
    partial: bool = False

    def inside(self, step: str | int) -> "Place":
        """The place of a child."""
        return Place(self.report, (*self.path, step), self.partial)

    def whole(self, step: str | int) -> "Place":
        """The place of a child that must be complete."""
        return Place(self.report, (*self.path, step))

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Advice on an unknown name; in a file full of problems, most likely no spec, names are not compared."""
        return nearest(name, known) if len(self.report) < _PATIENCE else _listed(tuple(known))

    def refuse(self, rule: Rule, span: Span, fact: str, help: str) -> None:
        """Report a breach."""
        self.report.add(rule.on(span, subject_of(self.path), fact, help))


class Form(Protocol[T_co]):
    """One kind of value. ``wanted`` names it in messages: "a text"."""

    @property
    def wanted(self) -> str:
        """The kind in words."""

    def read(self, node: Node, place: Place) -> T_co | None:
        """The value of a node; None, and a report, if the node is not of this kind."""

    def write(self, value: Any) -> Any:
        """The value as plain data: scalars, lists, and maps as tuples of pairs; reading it gives it back."""

    def schema(self, defs: Json) -> Json:
        """What an editor needs to know; shared parts are added to ``defs``."""


class Pairs(tuple[tuple[Any, Any], ...]):
    """A map as plain data: pairs in order, whose keys keep their types."""

    __slots__ = ()


def refuse_kind(node: Node, place: Place, wanted: str, help: str) -> None:
    """Report that a node is not of the wanted kind."""
    place.refuse(WRONG_KIND, node.span, f"{wanted} is wanted and this is {described(node)}", help)


def described(node: Node) -> str:
    """A node in words: "the number `3`"."""
    match node:
        case Mapping():
            return "a map"
        case Sequence():
            return "a list"
        case Scalar(value=None, text=""):
            return "nothing"
        case Scalar(value=None):
            return "`null`"
        case Scalar(value=str()):
            return f"the text {shown(node.text)}"
        case Scalar(value=bool()):
            return f"the boolean `{node.text}`"
        case _:
            return f"the number {shown(node.text)}"


def shown(text: str) -> str:
    """A text in backquotes, cut if it is long."""
    return f"`{cut(text)}`"


def cut(text: str, most: int = 40) -> str:
    """The start of a text, on one line."""
    line = " ".join(text[: 2 * most].split())
    return line if len(line) <= most else line[: most - 3] + "..."


def is_null(node: Node) -> bool:
    """Whether a node says `null`, or nothing at all."""
    return isinstance(node, Scalar) and node.value is None


def is_rest(entry: Entry) -> bool:
    """Whether an entry is a key without a colon: inside braces, the rest of a text that a comma cut."""
    return isinstance(entry.value, Scalar) and entry.value.value is None and not entry.value.text


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice on an unknown name: the nearest known one, or all of them, the nearest first."""
    return _nearest(name[:_COMPARED], tuple(known))


def _listed(names: tuple[str, ...]) -> str:
    listed = ", ".join(f"`{one}`" for one in names[:_SHOWN])
    return f"use one of {listed}" + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


@lru_cache(maxsize=1024)
def _nearest(name: str, names: tuple[str, ...]) -> str:
    close = get_close_matches(name, names, 1)
    if close:
        return f"did you mean `{close[0]}`?"
    return _listed(tuple(get_close_matches(name, names, len(names), 0.0))) if names else "remove it"

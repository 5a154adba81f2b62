# Part of every package that `knobsmith generate` writes; do not edit.
"""A search space as a tree: under each value of what decides stands what is searched with it.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library. It
learns a space by walking through it again and again: a walk asks for one hyperparameter after the other, and what it
asks for depends on the answers.
"""

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

# Above this, the conditions multiply to more combinations than a definition should list.
MOST_COMBINATIONS = 20_000


class Range(NamedTuple):
    """Numbers between two ends, both included.

    Attributes:
        low: The least value.
        high: The greatest value.
        scale: How the values are spread: ``auto``, ``linear``, ``log`` or ``reverse-log``.
        step: The distance of neighbours, or None if every value counts.
        pieces: The ends of the parts within which no condition changes; nothing if none hangs on the number.
    """

    low: int | float
    high: int | float
    scale: str = "auto"
    step: int | float | None = None
    pieces: tuple[tuple[int | float, int | float], ...] = ()

    @property
    def is_integer(self) -> bool:
        """Whether only integers count."""
        return isinstance(self.low, int)

    @property
    def steps(self) -> int:
        """How many steps lead from the least value to the greatest."""
        return round((self.high - self.low) / self.step) if self.step else 0


class Values(NamedTuple):
    """Values that are tried as they stand.

    Attributes:
        values: The values.
        decides: Whether a condition or a rule hangs on them.
    """

    values: tuple[Any, ...]
    decides: bool = False


Axis: TypeAlias = Range | Values


class Node(NamedTuple):
    """A hyperparameter that is searched here.

    Attributes:
        name: Its name.
        axis: What it is searched over.
        branches: If something hangs on its value: each set of values, by their places in the axis (of a range the
            places of its pieces), with what is searched beside them. Values in no branch are refused.
    """

    name: str
    axis: Axis
    branches: "tuple[tuple[tuple[int, ...], Tree], ...]" = ()


# What is searched side by side.
Tree: TypeAlias = tuple[Node, ...]
Ask: TypeAlias = Callable[[str, Axis], Any]


class Walk(Protocol):
    """Asks for each hyperparameter that is searched, and says whether the answers make a valid configuration."""

    def __call__(self, ask: Ask) -> bool:
        """Walk once."""


class TooManyCombinations(ValueError):
    """The conditions multiply to more combinations than a definition should list."""


class Grown(NamedTuple):
    """A space.

    Attributes:
        tree: What is searched; nothing if all is refused.
        refused: The combinations of deciding places that are refused, by name, each with its axis.
        accepted: The first combination that is not refused; None if all are.
    """

    tree: Tree
    refused: tuple[Mapping[str, tuple[Axis, int]], ...]
    accepted: Mapping[str, tuple[Axis, int]] | None


def grow(walk: Walk, *, with_refused: bool = False) -> Grown:
    """The tree of a space.

    Args:
        walk: Walks through the space.
        with_refused: Whether refused combinations stay in the tree.

    Raises:
        TooManyCombinations: There are more than `MOST_COMBINATIONS`.
    """
    return _Growth(walk, with_refused).grown()


def decides(axis: Axis) -> bool:
    """Whether something hangs on where on the axis a value lies."""
    return axis.decides if isinstance(axis, Values) else len(axis.pieces) > 1


def places(axis: Axis) -> int:
    """How many values, or pieces, an axis has."""
    return len(axis.values) if isinstance(axis, Values) else len(axis.pieces)


def piece(axis: Range, place: int) -> Range:
    """A piece of a range."""
    low, high = axis.pieces[place]
    return axis._replace(low=low, high=high, pieces=())


def label(value: Any) -> str:
    """A value as the name of a category: a text as it stands, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def labels(axis: Axis) -> tuple[str, ...]:
    """The names of the values of an axis, or of its pieces."""
    if isinstance(axis, Values):
        return tuple(label(value) for value in axis.values)
    return tuple(f"[{low!r}, {high!r}]" for low, high in axis.pieces)


def inside(axis: Range, value: float) -> int | float:
    """A number as the range knows it; what lies beyond an end, if only by a rounding, becomes that end."""
    if axis.step is not None:
        count = min(max(round((value - axis.low) / axis.step), 0), axis.steps)
        return axis.low + count * axis.step
    kept = min(max(value, axis.low), axis.high)
    return round(kept) if axis.is_integer else float(kept)


def _example(axis: Axis, place: int) -> Any:
    """A value at a place of an axis."""
    if isinstance(axis, Values):
        return axis.values[place]
    part = piece(axis, place) if decides(axis) else axis
    if part.is_integer or part.step is not None or part.low == part.high:
        return part.low
    middle = part.low + (part.high - part.low) / 2
    return middle if math.isfinite(middle) else part.low


class _Growth:
    def __init__(self, walk: Walk, with_refused: bool) -> None:
        self._walk = walk
        self._with_refused = with_refused
        self._refused: list[Mapping[str, tuple[Axis, int]]] = []
        self._accepted: Mapping[str, tuple[Axis, int]] | None = None
        self._count = 0

    def grown(self) -> Grown:
        tree = self._tree(())
        return Grown(tree or (), tuple(self._refused), self._accepted)

    def _tree(self, chosen: tuple[int, ...]) -> Tree | None:
        """What is searched after these places were chosen; None if every end is refused."""
        asked, is_accepted = self._walked(chosen)
        deciding = [index for index, (_, axis) in enumerate(asked) if decides(axis)]
        start = deciding[len(chosen) - 1] + 1 if chosen else 0
        if len(deciding) == len(chosen):
            self._ended({asked[i][0]: (asked[i][1], at) for i, at in zip(deciding, chosen, strict=True)}, is_accepted)
            return _plain(asked[start:]) if is_accepted or self._with_refused else None
        switch = deciding[len(chosen)]
        name, axis = asked[switch]
        found = [(place, self._tree((*chosen, place))) for place in range(places(axis))]
        kept = [(place, tree) for place, tree in found if tree is not None]
        if not kept:
            return None
        common = [node for node in kept[0][1] if all(node in tree for _, tree in kept)]
        rest = [(place, tuple(node for node in tree if node not in common)) for place, tree in kept]
        return (*_plain(asked[start:switch]), Node(name, axis, _grouped(rest, axis)), *common)

    def _walked(self, chosen: tuple[int, ...]) -> tuple[list[tuple[str, Axis]], bool]:
        asked: list[tuple[str, Axis]] = []
        waiting = list(chosen)

        def ask(name: str, axis: Axis) -> Any:
            asked.append((name, axis))
            return _example(axis, waiting.pop(0) if decides(axis) and waiting else 0)

        return asked, self._walk(ask)

    def _ended(self, switches: Mapping[str, tuple[Axis, int]], is_accepted: bool) -> None:
        self._count += 1
        if self._count > MOST_COMBINATIONS:
            raise TooManyCombinations(f"the conditions multiply to more than {MOST_COMBINATIONS} combinations")
        if not is_accepted:
            self._refused.append(switches)
        elif self._accepted is None:
            self._accepted = switches


def _plain(asked: list[tuple[str, Axis]]) -> Tree:
    return tuple(Node(name, axis) for name, axis in asked)


def _grouped(rest: list[tuple[int, Tree]], axis: Axis) -> tuple[tuple[tuple[int, ...], Tree], ...]:
    """Places with the same trees in one branch; nothing if nothing hangs on the place."""
    groups: list[tuple[list[int], Tree]] = []
    for place, tree in rest:
        group = next((known for known, other in groups if other == tree), None)
        if group is None:
            groups.append(([place], tree))
        else:
            group.append(place)
    if len(groups) == 1 and not groups[0][1] and len(rest) == places(axis):
        return ()
    return tuple((tuple(group), tree) for group, tree in groups)

# Part of every package that `knobsmith generate` writes; do not edit.
"""Splits a search space at its conditions: into branches in each of which the same hyperparameters are in use.

This module is part of the compiler and of the packages that it writes; it needs nothing but the standard library.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple, TypeVar

Part = TypeVar("Part", bound=Hashable)
# Above this, the conditions multiply to more combinations than anybody would search one by one.
MOST_COMBINATIONS = 20_000


class TooManyBranches(ValueError):
    """The switches multiply to more combinations than are looked at.

    Attributes:
        counts: The number of values of each switch.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        shown = " x ".join(f"{count} of `{name}`" for name, count in counts.items())
        super().__init__(f"{shown} are more than {MOST_COMBINATIONS} combinations")
        self.counts = dict(counts)


class Judgement(NamedTuple):
    """What one combination of switches comes to.

    Attributes:
        used: The switches that are in use.
        outcome: Everything else by which branches differ.
    """

    used: frozenset[str]
    outcome: Hashable


class Branch(NamedTuple):
    """Combinations of switches with the same outcome: every combination of the listed parts.

    Attributes:
        switches: The parts of each switch in use, in the order given.
        outcome: What all of them come to.
    """

    switches: Mapping[str, tuple[Any, ...]]
    outcome: Any


def split(
    switches: Mapping[str, Sequence[Part]], judge: Callable[[Mapping[str, Part]], Judgement | None]
) -> tuple[Branch, ...]:
    """The branches of a space, in the order of the values; combinations that are refused belong to none.

    Args:
        switches: The values, or the pieces of a range, of each switch.
        judge: What a combination comes to; None if it is refused.

    Raises:
        TooManyBranches: There are more than `MOST_COMBINATIONS`.
    """
    counts = {name: len(parts) for name, parts in switches.items()}
    total = 1
    for count in counts.values():
        total *= count
    if total > MOST_COMBINATIONS:
        raise TooManyBranches(counts)
    boxes: dict[tuple[Hashable, tuple[str, ...]], dict[tuple[tuple[Part, ...], ...], None]] = {}
    for combination in product(*switches.values()):
        named = dict(zip(switches, combination, strict=True))
        judged = judge(named)
        if judged is not None:
            used = tuple(name for name in switches if name in judged.used)
            # Where a switch is not in use, its values make no difference.
            boxes.setdefault((judged.outcome, used), {})[tuple((named[name],) for name in used)] = None
    return tuple(_branches(boxes, switches))


def _branches(boxes: Mapping[Any, Mapping[Any, None]], switches: Mapping[str, Sequence[Any]]) -> Iterator[Branch]:
    for (outcome, used), rows in boxes.items():
        for row in _merged(list(rows), len(used)):
            ordered = {name: tuple(part for part in switches[name] if part in row[i]) for i, name in enumerate(used)}
            yield Branch(ordered, outcome)


def _merged(rows: list[tuple[tuple[Any, ...], ...]], width: int) -> list[tuple[tuple[Any, ...], ...]]:
    """The same combinations in fewer rows: those that differ in one place only become one."""
    for place in range(width):
        joined: dict[tuple[Any, ...], list[Any]] = {}
        for row in rows:
            joined.setdefault((row[:place], row[place + 1 :]), []).extend(row[place])
        rows = [(*before, tuple(parts), *after) for (before, after), parts in joined.items()]
    return rows

"""Who is asked for values: a trial of Optuna, or whoever wants to know all that may be asked."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, cast

from ._domains import Domain, choice, integers, numbers

Value = TypeVar("Value")
Number = TypeVar("Number", int, float)
Scale = Literal["linear", "log", "reverse-log"]
# Parts of tuned ranges within which no condition changes: by the name of the hyperparameter, then ends and step.
Pieces = Mapping[str, Mapping[tuple[float, float, float | None], Sequence[tuple[float, float]]]]


class Asking(Protocol):
    """Gives values for hyperparameters, one after the other. All ends are included.

    A study keeps a hyperparameter as ``known_as``, if that is another name.
    """

    def integer(
        self, name: str, low: int, high: int, *, step: int = 1, scale: Scale = "linear", known_as: str = ""
    ) -> int:
        """An integer."""

    def number(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        scale: Scale = "linear",
        known_as: str = "",
    ) -> float:
        """A number."""

    def one_of(self, name: str, values: Sequence[Value], *, known_as: str = "") -> Value:
        """One of several values."""


class AskedTrial:
    """Asks a trial of Optuna."""

    def __init__(self, trial: Any) -> None:
        self._trial = trial

    def integer(
        self, name: str, low: int, high: int, *, step: int = 1, scale: Scale = "linear", known_as: str = ""
    ) -> int:
        """An integer."""
        return int(self._trial.suggest_int(known_as or name, low, high, step=step, log=scale == "log"))

    def number(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        scale: Scale = "linear",
        known_as: str = "",
    ) -> float:
        """A number. Of steps the study knows the place, and of a reverse-logarithmic scale the distance to 1."""
        suggest = self._trial.suggest_float
        if step is not None:
            value = low + step * self._trial.suggest_int(known_as or name, 0, round((high - low) / step))
        elif scale == "reverse-log":
            value = 1 - suggest(f"1 - {known_as or name}", 1 - high, 1 - low, log=True)
        else:
            # The samplers of Optuna stop one number short of the upper end.
            value = suggest(known_as or name, low, math.nextafter(high, math.inf), log=scale == "log")
        return float(min(max(value, low), high))

    def one_of(self, name: str, values: Sequence[Value], *, known_as: str = "") -> Value:
        """One of several values. Those that Optuna does not store itself it knows by their places."""
        if all(isinstance(value, (bool, int, float, str)) for value in values):
            return cast(Value, self._trial.suggest_categorical(known_as or name, values))
        return values[int(self._trial.suggest_categorical(known_as or name, range(len(values))))]


class Branch(NamedTuple):
    """What is asked for while the switches stand in one way.

    Attributes:
        config: A configuration of the branch.
        domains: What is drawn in it.
        share: How much of the space it is.
    """

    config: dict[str, Any]
    domains: dict[str, Domain]
    share: float


def branches(draw: Callable[[Asking], dict[str, Any]], switches: Sequence[str], pieces: Pieces) -> Iterator[Branch]:
    """All branches of a program: it runs once for each way in which its switches may stand.

    Args:
        draw: The program.
        switches: What decides about others.
        pieces: Of those switches that are ranges, the parts.
    """
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        walk = _Walk(waiting.pop(), frozenset(switches), pieces)
        config = draw(walk)
        yield Branch(config, walk.domains, walk.share)
        for place in reversed(range(len(walk.answers), len(walk.counts))):
            before = (*walk.answers, *[0] * (place - len(walk.answers)))
            waiting += [(*before, answer) for answer in reversed(range(1, walk.counts[place]))]


class _Walk:
    """Gives one answer after the other at the switches, and the first one from there on."""

    def __init__(self, answers: tuple[int, ...], switches: frozenset[str], pieces: Pieces) -> None:
        self.answers = answers
        self.counts: list[int] = []
        self.domains: dict[str, Domain] = {}
        self.share = 1.0
        self._switches = switches
        self._pieces = pieces

    def integer(
        self, name: str, low: int, high: int, *, step: int = 1, scale: Scale = "linear", known_as: str = ""
    ) -> int:
        """An integer, which stands for all of its piece."""
        low, high = self._piece(name, low, high, step, scale)
        self.domains[name] = integers(low, high, step, scale)
        return low

    def number(
        self,
        name: str,
        low: float,
        high: float,
        *,
        step: float | None = None,
        scale: Scale = "linear",
        known_as: str = "",
    ) -> float:
        """A number, which stands for all of its piece."""
        low, high = self._piece(name, low, high, step, scale)
        self.domains[name] = numbers(low, high, step, scale)
        return low

    def one_of(self, name: str, values: Sequence[Value], *, known_as: str = "") -> Value:
        """One of several values, which stands for all if it is no switch."""
        if name not in self._switches:
            self.domains[name] = choice(values)
            return values[0]
        self.share /= len(values)
        return values[self._answer(len(values))]

    def _piece(self, name: str, low: Number, high: Number, step: float | None, scale: Scale) -> tuple[Number, Number]:
        kind = type(low)
        parts = [(kind(first), kind(last)) for first, last in self._pieces.get(name, {}).get((low, high, step), ())]
        if len(parts) < 2:
            return low, high
        extents = [_extent(first, last, scale) for first, last in parts]
        answer = self._answer(len(parts))
        self.share *= extents[answer] / sum(extents)
        return parts[answer]

    def _answer(self, count: int) -> int:
        place = len(self.counts)
        self.counts.append(count)
        return self.answers[place] if place < len(self.answers) else 0


def _extent(low: float, high: float, scale: Scale) -> float:
    """How much room a piece has on its scale; a single integer has some."""
    room = float(isinstance(low, int))
    match scale:
        case "log":
            return math.log((high + room) / low)
        case "reverse-log":
            return math.log((1 - low) / (1 - high))
        case _:
            return high - low + room

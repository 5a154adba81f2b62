# Part of every package that `knobsmith generate` writes; do not edit.
"""Domains of Ray Tune with the ends that are asked for.

Ray's own leave the upper end out, count steps from 0, and on a logarithmic scale may overshoot by a rounding error.
"""

import math
from collections.abc import Sequence
from typing import Any, Self, cast

from ray.tune.search.sample import BaseSampler, Categorical, Domain, Float, Integer, _BackwardsCompatibleNumpyRng

__all__ = ["Branches", "Domain", "choice", "integers", "numbers"]


class _Unchanging:
    """A domain that nobody changes. Ray copies the whole space for each trial, which takes longer than the draws."""

    def __deepcopy__(self, memo: object) -> Self:
        return self


class ClosedNumbers(_Unchanging, Float):
    """The numbers from ``low`` to ``high``, both included."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(low, math.nextafter(high, math.inf))
        self.low, self.high = low, high

    def cast(self, value: Any) -> float:
        """What was drawn, inside the ends."""
        return min(max(float(value), self.low), self.high)


class NumbersNearOne(_Unchanging, Float):
    """The numbers from ``low`` to ``high``, by their distance to 1."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(1 - high, math.nextafter(1 - low, math.inf))
        self.low, self.high = low, high

    def cast(self, value: Any) -> float:
        """What is that far from 1, inside the ends."""
        return min(max(1 - float(value), self.low), self.high)


class ClosedIntegers(_Unchanging, Integer):
    """The integers from ``low`` to ``high``, both included."""

    def __init__(self, low: int, high: int) -> None:
        self.lower, self.upper = low, high + 1
        self.low, self.high = low, high

    def cast(self, value: Any) -> int:
        """What was drawn, inside the ends."""
        return min(max(int(value), self.low), self.high)


class Steps(_Unchanging, Integer):
    """Every ``step``-th value from ``low`` to ``high``."""

    def __init__(self, low: float, high: float, step: float) -> None:
        self.lower, self.upper = 0, round((high - low) / step) + 1
        self.low, self.high, self.step = low, high, step

    def cast(self, value: Any) -> Any:
        """The value at a place."""
        return min(self.low + self.step * int(value), self.high)


class Branches(_Unchanging, Categorical):
    """One of several branches, each as often as its share says."""

    def __init__(self, branches: Sequence[dict[str, Any]], shares: Sequence[float]) -> None:
        super().__init__(branches)
        self.sampler = _ByShare([share / math.fsum(shares) for share in shares])


class _ByShare(BaseSampler):
    """Draws a branch."""

    def __init__(self, shares: Sequence[float]) -> None:
        self._shares = shares

    def sample(self, domain: Domain, config: Any = None, size: int = 1, random_state: Any = None) -> Any:
        """One of the branches, or several."""
        if not isinstance(random_state, _BackwardsCompatibleNumpyRng):
            random_state = _BackwardsCompatibleNumpyRng(random_state)
        drawn = random_state.choice(len(self._shares), p=self._shares, size=size)
        found = [dict(cast(Branches, domain).categories[place]) for place in drawn]
        return found if size > 1 else found[0]


def integers(low: int, high: int, step: int, scale: str) -> Domain:
    """Integers with both ends."""
    if step != 1:
        return Steps(low, high, step)
    return _logarithmic(ClosedIntegers(low, high)) if scale == "log" else ClosedIntegers(low, high)


def numbers(low: float, high: float, step: float | None, scale: str) -> Domain:
    """Numbers with both ends."""
    if step is not None:
        return Steps(low, high, step)
    if scale == "reverse-log":
        return _logarithmic(NumbersNearOne(low, high))
    return _logarithmic(ClosedNumbers(low, high)) if scale == "log" else ClosedNumbers(low, high)


def choice(values: Sequence[Any]) -> Domain:
    """One of several values."""
    return Categorical(values)


def _logarithmic(domain: Float | Integer) -> Domain:
    spread: Domain = domain.loguniform()
    return spread

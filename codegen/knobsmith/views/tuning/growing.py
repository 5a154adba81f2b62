"""The tree of a search space, as the specs have it: nothing is given but what must be, and its value is not known."""

from collections.abc import Hashable
from typing import Any
from weakref import WeakKeyDictionary

from knobsmith.expr import UNKNOWN, Missing
from knobsmith.model.base import PlainValue
from knobsmith.views.tuning import trees
from knobsmith.views.tuning.axes import Axis, Choices
from knobsmith.views.tuning.effects import Effects
from knobsmith.views.tuning.space import Space
from knobsmith.views.tuning.trees import Ask, Grown, Range, Values, grow

# Several targets ask for the tree of one space.
_GROWN: WeakKeyDictionary[Space, dict[bool, Grown]] = WeakKeyDictionary()


def grown(space: Space, *, with_refused: bool = False) -> Grown:
    """The tree of a space.

    What hangs on a tuned range otherwise than by comparison with constants is left out.

    Raises:
        TooManyCombinations: The conditions multiply to more combinations than are looked at.
    """
    known = _GROWN.setdefault(space, {})
    if with_refused not in known:
        found = grow(_Walk(space).walk, with_refused=with_refused)
        # If nothing is refused, it makes no difference.
        known.update({with_refused: found} if found.refused else {True: found, False: found})
    return known[with_refused]


def outlined(space: Space, name: str, axis: Axis) -> trees.Axis:
    """An axis as trees know it."""
    if isinstance(axis, Choices):
        return Values(axis.values, name in space.switches)
    pieces = tuple((part.low, part.high) for part in space.pieces(name, axis))
    return Range(axis.low, axis.high, axis.scale, axis.step, pieces if len(pieces) > 1 else ())


class _Walk:
    def __init__(self, space: Space) -> None:
        self._space = space
        required = (parameter.name for parameter in space.algorithm.parameters if parameter.required)
        self._given: dict[str, PlainValue | Missing] = {name: UNKNOWN for name in required if name not in space.tuned}
        self._order = [tuned for tuned in space.order if tuned.name not in space.tangled]
        self._known: dict[Hashable, Effects] = {}

    def walk(self, ask: Ask) -> bool:
        drawn: dict[str, Any] = {}
        for tuned in self._order:
            axis = tuned.axis(self._effects(tuned.name, drawn)) if tuned.conditions else tuned.axes[-1].axis
            if axis is not None:
                drawn[tuned.name] = ask(tuned.name, self._outlined(tuned.name, axis))
        return not self._effects(None, drawn).is_refused

    def _effects(self, waiting: str | None, drawn: dict[str, Any]) -> Effects:
        """What all comes to so far; walks have their beginnings in common."""
        key = (waiting, tuple(drawn.items()))
        if key not in self._known:
            unknown = {} if waiting is None else {waiting: UNKNOWN}
            self._known[key] = self._space.effects({**self._given, **drawn, **unknown})
        return self._known[key]

    def _outlined(self, name: str, axis: Axis) -> trees.Axis:
        return outlined(self._space, name, axis)

"""What a configuration comes to before any client is there: what is in use, and whether a rule refuses it.

Phases 4, 6 and 7 of a verdict, by the reference, for a configuration whose single values are valid.
"""

from collections.abc import Mapping
from functools import cached_property

from knobsmith.expr import Expr, Missing, Outcome, Values, holds
from knobsmith.judging import Judge, World, is_refused
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm

Given = Mapping[str, PlainValue | Missing]


class Effects:
    """What each hyperparameter of one configuration comes to.

    Attributes:
        scope: The types of what expressions read.
        used: Those in use; one that may be ignored counts as used, as in a verdict.
        values: What expressions read, for every hyperparameter.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.scope = world.scope
        self.used: frozenset[str] = frozenset(name for name, knob in world.knobs.items() if knob.use is not False)
        self.values: Mapping[str, Outcome] = {name: knob.seen for name, knob in world.knobs.items()}
        facts = {name: world.context(name) for name in world.facts}
        self._seen = Values(scope=world.scope, parameters=self.values, facts=facts)

    def holds(self, condition: Expr) -> bool | Missing:
        """The outcome of a condition."""
        return holds(condition, self._seen)

    @cached_property
    def is_refused(self) -> bool:
        """Whether an error is known: something forbidden is given, or a case, an end of a range or a rule is broken."""
        return is_refused(self._world)


class Consequences:
    """Follows configurations of one algorithm to their effects."""

    def __init__(self, algorithm: Algorithm) -> None:
        self._judge = Judge(algorithm)

    def of(self, given: Given, facts: Mapping[str, PlainValue] | None = None) -> Effects:
        """What a configuration comes to; a value that is given but not known is ``UNKNOWN``."""
        return Effects(self._judge.suppose(given, facts or {}))

# Part of every package that `knobsmith generate` writes; do not edit.
"""Learns the tree of a search space around what is given."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from ._trees import Ask, Grown, grow

# Spaces that are remembered: a search asks about one of them again and again.
_MOST_KEPT = 16

Facts = Mapping[str, object]


class Judge(Protocol):
    """Settings that a search leaves as they are."""

    @property
    def given(self) -> dict[str, Any]:
        """The settings by the names of the training service."""

    def judged(self, config: Mapping[str, object]) -> Any:
        """The verdict on a configuration."""


Settings = TypeVar("Settings", bound=Judge)
Definition = TypeVar("Definition")


class Searches(Generic[Settings, Definition]):
    """The spaces of one algorithm, each around its own settings."""

    def __init__(
        self,
        begin: Callable[[Facts, Facts | None], Settings],
        walk: Callable[[Settings, Ask], dict[str, Any]],
        define: Callable[[Grown], Definition],
        *,
        with_refused: bool = False,
    ) -> None:
        """Nothing is learnt yet.

        Args:
            begin: Reads the settings.
            walk: Asks for what is searched beside them.
            define: Puts a tree into the words of a tuner.
            with_refused: Whether refused combinations stay in the tree.
        """
        self._begin, self._walk, self._define, self._with_refused = begin, walk, define, with_refused
        self._kept: OrderedDict[str, tuple[dict[str, Any], Definition]] = OrderedDict()

    def around(self, base: Facts, context: Facts | None) -> tuple[dict[str, Any], Definition]:
        """The settings as read, and the definition of what is searched beside them.

        Raises:
            InvalidHyperparameters: The settings are wrong.
            ValueError: A rule refuses every combination.
        """
        key = json.dumps([dict(base), dict(context or {})], sort_keys=True, default=repr)
        if key not in self._kept:
            self._kept[key] = self._learnt(base, context)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def _learnt(self, base: Facts, context: Facts | None) -> tuple[dict[str, Any], Definition]:
        fixed = self._begin(base, context)

        def walk(ask: Ask) -> bool:
            return bool(fixed.judged(self._walk(fixed, ask)).valid)

        grown = grow(walk, with_refused=self._with_refused)
        if grown.accepted is None:
            raise ValueError("with these settings every combination is refused")
        return fixed.given, self._define(grown)

# Part of every package that `knobsmith generate` writes; do not edit.
"""Searching around settings that stay as they are."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from ._arguments import expect_base, expect_mapping
from ._codes import EFFECT
from ._reading import read_native_config
from ._state import Found, Laws, State
from .verdict import InvalidHyperparameters, Verdict

# After so many draws of which none is valid, it is no accident.
_MOST_REFUSALS = 10_000


class Fixed:
    """Settings that a search leaves as they are, and what conditions read of them.

    Attributes:
        given: The settings as read, by wire name.
        context: What was told of the job.
        facts: What conditions read of the job, assumptions included.
        values: What conditions read of each hyperparameter that does not hang on what is drawn.
    """

    __slots__ = ("_laws", "context", "facts", "given", "values")

    def __init__(
        self,
        laws: Laws,
        base: Mapping[str, object],
        context: Mapping[str, object] | None,
        awaiting: tuple[str, ...],
    ) -> None:
        """Judge the settings as far as that does not hang on what will be drawn.

        Args:
            laws: Those of the algorithm.
            base: The settings.
            context: What is known of the job.
            awaiting: The hyperparameters and rules that are to be judged when all is drawn.

        Raises:
            InvalidHyperparameters: No draw can make a valid configuration of the settings.
            TypeError: The settings or the context are no mapping.
        """
        expect_base(base)
        expect_mapping("context", context)
        state = read_native_config(laws, base, context)
        verdict = laws.judge(state)
        if any(found.severity == "error" and not _may_pass(found, awaiting) for found in state.found):
            raise InvalidHyperparameters(verdict)
        self._laws = laws
        self.given = dict(state.given)
        self.context = dict(context or {})
        self.facts = dict(state.context)
        self.values = _values_read(state)

    def reads(self, config: Mapping[str, object], name: str) -> Any:
        """What conditions read of a hyperparameter in a configuration: None for nothing."""
        state = read_native_config(self._laws, config, self.context)
        self._laws.judge(state)
        return _values_read(state)[name]

    def judged(self, config: Mapping[str, object]) -> Verdict:
        """The verdict on a configuration."""
        return self._laws.judge(read_native_config(self._laws, config, self.context))

    def valid_ones(
        self, draw: Callable[[], dict[str, Any]], switches: tuple[str, ...] | None
    ) -> Callable[[], dict[str, Any]]:
        """Draws again until a configuration is valid.

        Args:
            draw: Draws a configuration.
            switches: What validity hangs on: among configurations that agree on these all are valid, or none is.
                None if each is to be judged by itself.
        """
        verdicts: dict[Hashable, Verdict] = {}

        def judged(config: dict[str, Any]) -> Verdict:
            if switches is None:
                return self.judged(config)
            values = tuple([config.get(name) for name in switches])
            if values not in verdicts:
                verdicts[values] = self.judged(config)
            return verdicts[values]

        def valid() -> dict[str, Any]:
            for _ in range(_MOST_REFUSALS):
                config = draw()
                verdict = judged(config)
                if verdict.valid:
                    return config
            raise InvalidHyperparameters(verdict)

        return valid


def _may_pass(found: Found, awaiting: tuple[str, ...]) -> bool:
    """Whether an error may be gone when everything is drawn."""
    name = found.code if found.code.startswith("rule:") else found.subject
    return found.place[0] >= EFFECT and name in awaiting


def _values_read(state: State) -> dict[str, Any]:
    """What conditions read of each hyperparameter: a value that a later phase refuses is one all the same."""
    kept = {name: value for name, value in state.given.items() if name in state.failed and name not in state.unused}
    return state.values | kept

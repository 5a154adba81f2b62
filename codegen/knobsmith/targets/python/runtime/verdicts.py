"""The results of validating many configurations."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

from ._accelerating import INVALID, UNSURE, VALID, Accelerator
from ._reading import read_native_config, read_wire_config
from ._state import Laws
from .verdict import Verdict


class Verdicts(Sequence[Verdict]):
    """The verdicts on many configurations, in their order.

    What is known of each is whether it is valid. A verdict is made when it is asked for, from the configuration, which
    must not have been changed since.

    Attributes:
        accelerated: Whether native code has judged them; Python judged those on which it was not certain.
    """

    __slots__ = ("_answers", "_configs", "_context", "_is_wire", "_laws", "accelerated")

    def __init__(
        self,
        laws: Laws,
        configs: tuple[Mapping[str, Any], ...],
        context: Mapping[str, Any] | None,
        *,
        is_wire: bool,
        answers: bytes | None = None,
    ) -> None:
        self._laws = laws
        self._configs = configs
        self._context = context
        self._is_wire = is_wire
        self.accelerated = answers is not None
        self._answers = self._completed(bytes([UNSURE]) * len(configs) if answers is None else answers)

    @property
    def valid(self) -> bool:
        """Whether all configurations are valid."""
        return INVALID not in self._answers

    @property
    def invalid(self) -> tuple[int, ...]:
        """The places of the configurations that are not valid, counted from 0."""
        return () if self.valid else tuple([place for place, answer in enumerate(self._answers) if answer == INVALID])

    def __len__(self) -> int:
        return len(self._configs)

    @overload
    def __getitem__(self, place: int) -> Verdict: ...
    @overload
    def __getitem__(self, place: slice) -> "Verdicts": ...
    def __getitem__(self, place: int | slice) -> "Verdict | Verdicts":
        if not isinstance(place, slice):
            return self._judged(self._configs[place])
        part = Verdicts(
            self._laws, self._configs[place], self._context, is_wire=self._is_wire, answers=self._answers[place]
        )
        part.accelerated = self.accelerated
        return part

    def __repr__(self) -> str:
        count = self._answers.count(INVALID)
        return f"<{self._laws.name}: {len(self)} configurations, {count or 'none'} invalid>"

    def _judged(self, config: Mapping[str, Any]) -> Verdict:
        read = read_wire_config if self._is_wire else read_native_config
        verdict: Verdict = self._laws.judge(read(self._laws, config, self._context))
        return verdict

    def _completed(self, answers: bytes) -> bytes:
        """The answers, with those of Python where there was none."""
        if UNSURE not in answers:
            return answers
        told = bytearray(answers)
        for place, config in enumerate(self._configs):
            if told[place] == UNSURE:
                try:
                    told[place] = VALID if self._judged(config).valid else INVALID
                except Exception as problem:
                    where = f"the configuration at place {place}, counted from 0"
                    problem.add_note(f"{_function(self._is_wire)} was judging {where}.")
                    raise
        return bytes(told)


def judge_many(
    laws: Laws,
    accelerator: Accelerator,
    configs: Iterable[Mapping[str, Any]],
    context: Mapping[str, Any] | None,
    *,
    is_wire: bool,
    pure: bool,
) -> Verdicts:
    """The verdicts on configurations in one context.

    Raises:
        TypeError: There is one configuration and not several.
    """
    kept = _kept(_function(is_wire), configs)
    if context.__class__ is dict:
        context = dict(context or ())
    answers = None if pure else accelerator.answers()
    if answers is None or not (context is None or context.__class__ is dict):
        return Verdicts(laws, kept, context, is_wire=is_wire)
    told = answers(laws.name, is_wire, kept, {} if context is None else context)
    return Verdicts(laws, kept, context, is_wire=is_wire, answers=told)


def _kept(function: str, configs: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """The configurations, taken once from whatever gives them."""
    if isinstance(configs, Mapping):
        raise TypeError(f"{function} takes a list of configurations, and got a single one: put it in a list")
    if isinstance(configs, (str, bytes)):
        raise TypeError(f"{function} takes a list of configurations, each a mapping, and got a text")
    if type(configs) in (list, tuple):
        return tuple(configs)
    try:
        rest = iter(configs)
    except TypeError as problem:
        told = f"{function} takes a list of configurations, and got something of type {type(configs).__name__}"
        raise TypeError(told) from problem
    kept: list[Mapping[str, Any]] = []
    try:
        kept.extend(rest)
    except Exception as problem:
        problem.add_note(f"{function} was taking the configuration at place {len(kept)}, counted from 0.")
        raise
    return tuple(kept)


def _function(is_wire: bool) -> str:
    """What the user has called."""
    return "validate_wire_many" if is_wire else "validate_many"

"""What is wrong with single ranges, by what they say and by the facts of their hyperparameter."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ._grammar import is_number
from ._job_reading import Stated, Text
from ._problems import Problems
from ._state import Laws
from ._wording import listed, nearest, quoted
from ._writing import number_text
from .facts import Parameter

# Names that the service adds by itself.
_is_the_services = re.compile(r"_.*|sagemaker_.*").fullmatch
_has_comma = re.compile(r"[-+]?[0-9]+,[0-9]+(?:[eE][-+]?[0-9]+)?").fullmatch


class Known(NamedTuple):
    """A range that could be read.

    Attributes:
        name: The hyperparameter by its own name.
        stated: The range as it is stated.
        points: The values to try: both ends, or all categories; each with its place.
        is_numeric: Whether the points are the ends of a range of numbers.
        size: How many values the range has; None if they are not counted.
    """

    name: str
    stated: Stated
    points: tuple[Text, ...]
    is_numeric: bool
    size: int | None


class RangeChecks:
    """Judges the ranges of one algorithm's jobs."""

    def __init__(self, laws: Laws, problems: Problems) -> None:
        self._laws = laws
        self._add = problems.add

    def name_of(self, name: Text) -> str | None:
        """The hyperparameter that is meant; None if there is none, which is a problem then."""
        if name.text in self._laws.facts.parameters:
            return name.text
        if _is_the_services(name.text) and name.text not in self._laws.names:
            return None
        meant = self._laws.names.get(name.text)
        fact = f"{quoted(name.text)} is none of {quoted(self._laws.name)}"
        help = nearest(name.text, self._laws.facts.parameters) if meant is None else f"write {quoted(meant)}"
        self._add("KS501", name.path, fact, help, part=name.part)
        return meant

    def known(self, stated: Stated) -> Known | None:
        """A range, if its hyperparameter is known and enough of it could be read."""
        name = self.name_of(stated.name)
        if name is None:
            return None
        parameter = self._laws.facts.parameters[name]
        if parameter.tuning is None and not any(case.tuning is not None for case in parameter.cases):
            tunable = [other.name for other in self._laws.facts.parameters.values() if other.tuning is not None]
            help = f"set it instead; tuned are {listed([quoted(one) for one in tunable], 'and')}"
            self._add("KS502", stated.name.path, f"{quoted(name)} cannot be", help, part=stated.name.part)
        fits = self._fits(parameter, stated)
        if stated.values is not None:
            return Known(name, stated, stated.values, False, len({value.text for value in stated.values}))
        return self._numbers(parameter, stated) if fits else None

    def _fits(self, parameter: Parameter, stated: Stated) -> bool:
        """Whether a range of this kind may be had of a hyperparameter."""
        if stated.kind is None or stated.kind == "Categorical":
            if stated.kind is not None and stated.values is None:
                fact = f"this one is categorical and lists no values of {quoted(parameter.name)}"
                self._add("KS503", stated.kind_path, fact, "list them")
                return False
            return True
        wanted = _kind_of(parameter)
        if wanted != stated.kind or stated.values is not None:
            owner = f"{quoted(parameter.name)} is {wanted.lower()}" if wanted != stated.kind else "it lists values"
            right = "categorical" if stated.values is not None else wanted.lower()
            fact = f"this one is {stated.kind.lower()}, but {owner}"
            self._add("KS503", stated.kind_path, fact, f"make it {right}")
            return False
        return True

    def _numbers(self, parameter: Parameter, stated: Stated) -> Known | None:
        is_integer = parameter.domain.kind == "integer"
        if stated.low is None or stated.high is None:
            self._add("KS504", stated.path, "one of the two is missing", "state both")
        texts = [self._number(end, is_integer) for end in (stated.low, stated.high) if end is not None]
        if None in texts or len(texts) < 2:
            return None
        low, high = (text for text in texts if text is not None)
        self._check_order(low, high, stated)
        self._check_scale(low, stated, float(high.text))
        is_counted = is_integer and float(low.text) <= float(high.text)
        count = int(float(high.text)) - int(float(low.text)) + 1 if is_counted else None
        if low.text == high.text:
            count = 1
        return Known(parameter.name, stated, (low, high), True, count)

    def _number(self, end: Text, is_integer: bool) -> Text | None:
        """An end as a number in wire form; one with a decimal comma is taken for what it means."""
        text = end.text
        if _has_comma(text):
            text = text.replace(",", ".").removeprefix("+")
            self._add("KS504", end.path, f"{quoted(end.text)} has a decimal comma", f"write {text}", part=end.part)
        if not is_number(text) or len(text) > 64 or float(text) in (float("inf"), float("-inf")):
            self._add("KS504", end.path, f"{quoted(end.text)} is none", "write it like 0.5 or 1e-7", part=end.part)
            return None
        if is_integer and not re.fullmatch("-?[0-9]+", text):
            value = float(text)
            help = f"write {int(value)}" if value == int(value) else "write an integer"
            self._add("KS504", end.path, f"{quoted(end.text)} is no integer", help, part=end.part)
            text = str(int(value)) if value == int(value) else ""
        return end._replace(text=text) if text else None

    def _check_order(self, low: Text, high: Text, stated: Stated) -> None:
        if float(low.text) > float(high.text):
            fact = f"{quoted(low.text)} is above {quoted(high.text)}"
            self._add("KS510", low.path, fact, "exchange the two, or mend one", part=low.part)

    def _check_scale(self, low: Text, stated: Stated, high: float) -> None:
        scaling = stated.scaling.text.casefold() if stated.scaling is not None else ""
        least = float(low.text)
        if scaling in ("logarithmic", "log") and least <= 0:
            help = "raise the end, or use a linear scale"
            self._add("KS508", low.path, f"this one starts at {number_text(least)}", help, part=low.part)
        if scaling in ("reverselogarithmic", "reverse-log", "reverse_log") and not 0 <= least <= high < 1:
            fact = f"this one reaches from {number_text(least)} to {number_text(high)}"
            help = "stay below 1, or use a linear scale"
            self._add("KS509", low.path, fact, help, part=low.part)


def size_of(ranges: Sequence[Known]) -> int | None:
    """How many combinations ranges have; None if they are not counted."""
    total = 1
    for known in ranges:
        if known.size is None:
            return None
        total *= known.size
    return total


def _kind_of(parameter: Parameter) -> str:
    domain = parameter.domain
    if domain.values is not None and not domain.open:
        return "Categorical"
    return {"integer": "Integer", "number": "Continuous"}.get(domain.kind, "Categorical")

"""Values to try for a parameter, drawn from what scikit-learn itself says of it; our specs are never asked.

Left out is only what means something else to the two sides by law of the spec language:

- booleans for parameters that take numbers: Python's True is the integer 1, ours is no number;
- raw infinity for ``C``: JSON has none, so the spec has the word ``Infinity``, which is tried;
- null for parameters with a default other than None: null says unset, and there the spec has the word ``None``;
- integers beyond 2**53 - 1: ours end there, Python's never;

and what a spec cannot say (each is a note of the spec):

- dicts for ``class_weight`` and ``monotonic_cst``, and objects of Python anywhere (callables, arrays, generators);
- lists within ``categorical_features`` and ``monotonic_cst``, which NumPy may flatten, and booleans within any list;
- fractions above 1 for the ``validation_fraction`` of boosting, which must be whole there;
- the string "deprecated" for ``penalty``, a placeholder that scikit-learn hides from its users.
"""

import math
import sys
from collections.abc import Iterator, Mapping
from numbers import Integral
from random import Random
from typing import Any, Literal

from sklearn.metrics import get_scorer_names  # type: ignore[import-untyped]
from sklearn.utils._param_validation import StrOptions  # type: ignore[import-untyped]

from tests.scikit_learn_oracle.estimators import Estimator, Value

Kind = Literal["inside", "edge", "far", "word", "list", "near-miss", "wrong-type", "null"]
Candidates = Mapping[Kind, tuple[Value, ...]]

LARGEST_INTEGER = 2**53 - 1
FOREIGN_WORDS = ("", "none", "null", "None", "inf", "Infinity", "nan", "True", "true", "auto", "0.5", "1")
FRACTIONS = (0.5, 1.5, -0.5, 1e-300)
NOT_FINITE = (math.nan, math.inf, -math.inf)


def candidates(random: Random, estimator: Estimator, parameter: str) -> Candidates:
    """Values for a parameter by kind; a kind without values is left out."""
    intervals = estimator.intervals(parameter)
    words = _words(estimator, parameter)
    found: dict[Kind, tuple[Value, ...]] = {
        "word": words,
        "list": estimator.lists.get(parameter, ()),
        "near-miss": _near_misses(words),
        "wrong-type": _wrong_types(estimator, parameter),
        "null": (None,) if estimator.unsets(parameter) else (),
    }
    if _takes_numbers(estimator, parameter):
        found["inside"] = tuple(n for interval in intervals for n in _inside(random, interval)) or tuple(range(-8, 9))
        found["edge"] = tuple(n for interval in intervals for n in _edges(interval)) or (-1, 0, 1)
        found["far"] = _far(intervals)
    allowed = {kind: _without_excluded(estimator, parameter, values) for kind, values in found.items()}
    return {kind: values for kind, values in allowed.items() if values}


def _takes_numbers(estimator: Estimator, parameter: str) -> bool:
    """Whether numbers are among the values, so that Python's booleans are as well."""
    return bool(estimator.intervals(parameter)) or parameter in estimator.counts - estimator.lists.keys()


def _words(estimator: Estimator, parameter: str) -> tuple[Value, ...]:
    """Strings and booleans that have a meaning for the parameter."""
    constraints = estimator.constraints(parameter)
    found = [option for c in constraints if isinstance(c, StrOptions) for option in sorted(c.options)]
    found += estimator.words.get(parameter, ())
    if not _takes_numbers(estimator, parameter) and any(c.is_satisfied_by(True) for c in constraints):
        found += [True, False]
    if parameter == "scoring":
        found += ["loss", *get_scorer_names()]
    return tuple(found)


def _near_misses(words: tuple[Value, ...]) -> tuple[str, ...]:
    """Strings like the words, but none of them."""
    own = [word for word in words if isinstance(word, str)]
    twisted = [miss for word in own for miss in (word.swapcase(), f"{word} ", word[:-1], f"{word}s")]
    return tuple(miss for miss in (*twisted, *FOREIGN_WORDS) if miss not in own)


def _wrong_types(estimator: Estimator, parameter: str) -> tuple[Value, ...]:
    """Values of other JSON types, and numbers that JSON has not."""
    found: list[Value] = [*FRACTIONS, *NOT_FINITE, {}, {"a": 1}]
    if parameter not in estimator.lists:
        found += [[], [1], ["a"]]
    if not _takes_numbers(estimator, parameter):
        found += [0, 1, True, False]
    return tuple(found)


def _inside(random: Random, interval: Any) -> Iterator[float]:
    """Random numbers, and the ends often enough for the rules that single them out (a share of 0 or 1)."""
    yield from 10 * [end for end in (interval.left, interval.right) if end is not None and end in interval]
    for _ in range(30):
        if interval.type is Integral:
            yield random.randint(interval.left, min(interval.right or math.inf, interval.left + 1000))
        elif interval.left is None:
            yield random.uniform(-2, 2)
        elif interval.right is None:
            yield float(interval.left + 10 ** random.uniform(-7, 4))
        else:
            yield random.uniform(interval.left, interval.right)


def _edges(interval: Any) -> Iterator[float]:
    """Each finite end, and the nearest numbers on either side."""
    for end in (interval.left, interval.right):
        if end is not None and interval.type is Integral:
            yield from (end - 1, end, end + 1)
        elif end is not None:
            yield from (math.nextafter(end, -math.inf), float(end), math.nextafter(end, math.inf))
        if end == 0:
            yield -0.0


def _far(intervals: list[Any]) -> tuple[float, ...]:
    """Numbers far beyond what is usual."""
    whole = (-LARGEST_INTEGER, -1000, 10**6, LARGEST_INTEGER)
    if all(interval.type is Integral for interval in intervals):
        return whole
    return (*whole, -1e308, -5e-324, 5e-324, 1e-30, 1e30, sys.float_info.max)


def _without_excluded(estimator: Estimator, parameter: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    return tuple(value for value in values if not _is_excluded(estimator, parameter, value))


def _is_excluded(estimator: Estimator, parameter: str, value: Value) -> bool:
    match parameter:
        case "C":
            return bool(value == math.inf)
        case "penalty":
            return bool(value == "deprecated")
        case "class_weight" | "monotonic_cst":
            return isinstance(value, dict)
        case "validation_fraction" if parameter in estimator.counts:
            return isinstance(value, float) and 1 < value < math.inf and value != int(value)
    return False

"""What a refusal is about: a value that the case gives, or something else.

A framework's exception says little. What can be known is whether the kernel refuses what the case itself gives, whether
that really lies outside of what `describe` declares, and whether the framework's message names another hyperparameter.
"""

import math
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any

from vision_kernels import describe
from vision_kernels._descriptions import FunctionDescription, Rule, ScalarDescription
from vision_kernels.replay.machine import Refused
from vision_kernels.replay.manifests import Case

# Hyperparameters of the frameworks that the scalars of kernels come from, where they do not have the same name.
_COMES_FROM = {
    "base_learning_rate": ("base_lr", "learning_rate"), "beta_1": ("beta1",), "beta_2": ("beta2",),
    "boundaries": ("step",), "box_format": ("format",), "clip_norm": ("clipnorm",), "clip_value": ("clipvalue",),
    "epsilon": ("eps",), "feature_height": ("feature_h",), "feature_width": ("feature_w",), "gamma_1": ("gamma1",),
    "gamma_2": ("gamma2",), "gradient_scale": ("grad_scale",), "height": ("h", "size", "size_hw", "size_wh"),
    "interpolation": ("interp", "inter_method"), "learning_rate": ("lr_mult", "base_lr"),
    "negative_mining_threshold": ("negative_mining_thresh",), "overlap_threshold": ("overlap_thresh",),
    "rescale_gradient": ("rescale_grad",), "score_threshold": ("threshold",),
    "sigma": ("scalar", "smooth_l1_scalar"), "smoothing": ("smooth_alpha",), "valid_threshold": ("valid_thresh",),
    "warmup_begin_learning_rate": ("warmup_begin_lr",), "weight_decay": ("wd", "wd_mult"),
    "width": ("w", "size", "size_hw", "size_wh"),
}  # fmt: skip
# Arrays that a case gives although the function changes them.
_OF_THE_CASE = ("weight", "gradient")


def foreign_cause(case: Case, refusal: Refused) -> str:
    """Why a refusal is not about the cause of the framework's exception; empty where it is, as far as can be known."""
    if refusal.words:
        own, *others = refusal.words
        named = [word for word in others if _has_word(case.complaint, word)]
        return "" if own in named or not named else f"the framework speaks of {named[0]}"
    scalars = refused_scalars(refusal)
    origins = {name for scalar in scalars for name in _origins(case, scalar)}
    if not origins and not _refuses_input(case, refusal):
        return "it is about nothing that the case gives"
    named = [name for name in _given(case) if _has_word(case.complaint, name)]
    if named and not origins & set(named):
        return f"the framework speaks of {', '.join(named)}"
    subject = _subject(refusal)
    scalar = _scalar(describe(refusal.function), subject)
    if scalar is not None and not lies_outside(scalar, refusal.options.get(subject)):
        return f"{subject} is as it is declared, {scalar.valid}"
    return ""


def refused_scalars(refusal: Refused) -> tuple[str, ...]:
    """The scalars that a refusal is about: the one whose value it is, or those that a broken rule reads."""
    description = describe(refusal.function)
    if _scalar(description, _subject(refusal)) is not None:
        return (_subject(refusal),)
    for rule in description.rules:
        if rule.severity == "error" and str(refusal).startswith(f"{refusal.function}: {rule.message}; "):
            return scalars_of(description, rule)
    return ()


def scalars_of(description: FunctionDescription, rule: Rule) -> tuple[str, ...]:
    """The scalars that a rule reads."""
    return tuple(scalar.name for scalar in description.scalars if _has_word(rule.require, scalar.name))


def out_of_range(case: Case, refusal: Refused) -> ScalarDescription | None:
    """The scalar that a kernel refuses since its number, which the case gives, lies outside of its declared range."""
    subject = _subject(refusal)
    scalar = _scalar(describe(refusal.function), subject)
    if scalar is None or scalar.range is None or f"{subject} must lie in {scalar.range}" not in str(refusal):
        return None
    value = refusal.options.get(subject)
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not lies_outside(scalar, value):
        return None
    numbers = [number for name in _origins(case, subject) for number in _numbers(_given(case)[name])]
    products = [one * other for one, other in combinations(numbers, 2)]  # a rate and its multiplier
    return scalar if value in (*numbers, *products) else None


def is_given(case: Case, scalars: tuple[str, ...]) -> bool:
    """Whether a case gives one of the scalars; where the framework's message names hyperparameters, one of those."""
    origins = {name for scalar in scalars for name in _origins(case, scalar)}
    named = {name for name in _given(case) if _has_word(case.complaint, name)}
    return bool(origins & named if named else origins)


def lies_outside(scalar: ScalarDescription, value: Any) -> bool:
    """Whether a value is none that a scalar is declared to have."""
    match scalar.type:
        case "boolean":
            return not isinstance(value, bool)
        case "string":
            return not isinstance(value, str) or (scalar.values is not None and value not in scalar.values)
        case "list":
            return not isinstance(value, (list, tuple)) or _is_no_list_of(scalar, list(value))
    kinds = int if scalar.type == "integer" else (int, float)
    if not isinstance(value, kinds) or isinstance(value, bool) or not math.isfinite(value):
        return True
    return scalar.range is not None and not _lies_in(scalar.range, value)


def _is_no_list_of(scalar: ScalarDescription, items: list[Any]) -> bool:
    """Whether items break what is said about a list: its count, the range of its items, their order."""
    valid = scalar.valid
    if not all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items):
        return True
    count = re.search(r"a list of (\d+) ", valid)
    counts = re.search(r"their number in `([^`]+)`", valid)
    ranges = [scalar.range] if scalar.range else []
    ranges += re.findall(r"each in `([^`]+)`", valid)
    return bool(
        (count and len(items) != int(count[1]))
        or (counts and not _lies_in(counts[1], len(items)))
        or not all(_lies_in(interval, item) for interval in ranges for item in items)
        or ("increasing" in valid and any(one >= other for one, other in pairwise(items)))
    )


def _lies_in(interval: str, value: float) -> bool:
    lower, upper = (float(end) for end in interval[1:-1].split(","))
    above = value > lower if interval[0] == "(" else value >= lower
    return above and (value < upper if interval[-1] == ")" else value <= upper)


def _subject(refusal: Refused) -> str:
    """The argument that a refusal begins with; empty if it begins otherwise."""
    found = re.match(rf"{re.escape(refusal.function)}: (\w+)(?:\[\d+\])* must ", str(refusal))
    return found[1] if found else ""


def _scalar(description: FunctionDescription, name: str) -> ScalarDescription | None:
    return next((scalar for scalar in description.scalars if scalar.name == name), None)


def _refuses_input(case: Case, refusal: Refused) -> bool:
    tensors = {tensor.name: tensor.access for tensor in describe(refusal.function).tensors}
    access = tensors.get(_subject(refusal))
    is_read = access == "in" or (access == "inout" and _subject(refusal) in _OF_THE_CASE)
    return is_read and bool(case.entry["inputs"])


def _origins(case: Case, scalar: str) -> list[str]:
    """The hyperparameters of a case that a scalar comes from."""
    given = _given(case)
    return [name for name in (scalar, *_COMES_FROM.get(scalar, ())) if name in given]


def _given(case: Case) -> dict[str, Any]:
    """The hyperparameters of a case, and those of its schedule."""
    schedule = case.hyper.get("lr_scheduler")
    return {**(schedule if isinstance(schedule, dict) else {}), **case.hyper}


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _numbers(item)


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None

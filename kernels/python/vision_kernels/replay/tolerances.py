"""What a tolerance hint allows for an array."""

from typing import Any

import numpy as np

from vision_kernels.replay.outcomes import CaseError, shown

Limits = dict[str, float]
# Where a case has no hint: ten updates in single precision without fused operations, and one ulp of half precision.
DEFAULTS = {"rtol": 3e-6, "atol": 1e-7}
DEFAULT_ULP = 1.0
# Below which a number must lie: from there on it would allow any result, or nearly any.
_BOUNDS = {
    "rtol": 1.0, "rtol_fp32_arrays": 1.0, "atol": 1e6, "atol_fp32_arrays": 1e6, "ulp_fp16": 1024.0,
    "ulp_fp16_arrays": 1024.0, "atol_levels": 256.0, "mean_abs_levels": 256.0, "fraction_allowed_larger": 0.5,
}  # fmt: skip
# NaN always agrees with NaN alone.
_ONLY = {"exact": (True, False), "nan_positions": ("must match",)}
FIELDS = frozenset({*_BOUNDS, *_ONLY, "note"})


def tolerance(hint: dict[str, Any], dtype: np.dtype) -> Limits:
    """What is allowed for an array of the type: `rtol` and `atol`, or `ulp` for half precision.

    For bytes there may also be the `fraction` of numbers that may differ by more, and what all may differ by in the
    `mean`. Raises CaseError for a field that is unknown, or has a value that no comparison can use.
    """
    _check(hint)
    if hint.get("exact") or (dtype.kind in "biu" and not (dtype == np.uint8 and "atol_levels" in hint)):
        return {"rtol": 0.0, "atol": 0.0}
    if dtype == np.float16:
        return {"ulp": float(hint.get("ulp_fp16_arrays", hint.get("ulp_fp16", DEFAULT_ULP)))}
    if dtype == np.uint8:
        names = {"fraction_allowed_larger": "fraction", "mean_abs_levels": "mean"}
        further = {ours: float(hint[theirs]) for theirs, ours in names.items() if theirs in hint}
        return {"rtol": 0.0, "atol": float(hint["atol_levels"]), **further}
    names = {name: name if name in hint else f"{name}_fp32_arrays" for name in DEFAULTS}
    if not any(theirs in hint for theirs in names.values()):
        return dict(DEFAULTS)
    return {ours: float(hint.get(theirs, 0.0)) for ours, theirs in names.items()}


def _check(hint: dict[str, Any]) -> None:
    unknown = sorted(set(hint) - FIELDS)
    if unknown:
        raise CaseError(f"'tolerance_hint' must have only {', '.join(sorted(FIELDS))}; it has {shown(unknown[0])}")
    for name, value in hint.items():
        if name in _ONLY and not any(value is one or (value == one and isinstance(one, str)) for one in _ONLY[name]):
            law = " or ".join(map(repr, _ONLY[name]))
            raise CaseError(f"{name} of 'tolerance_hint' must be {law}; it is {shown(value)}")
        if name == "note" and not isinstance(value, str):
            raise CaseError(f"note of 'tolerance_hint' must be a string; it is {shown(value)}")
        if name in _BOUNDS:
            _check_number(name, value, _BOUNDS[name])


def _check_number(name: str, value: Any, bound: float) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise CaseError(f"{name} of 'tolerance_hint' must be a number; it is {shown(value)}")
    if not 0 <= value < bound:
        raise CaseError(f"{name} of 'tolerance_hint' must lie in [0, {bound:g}); it is {shown(value)}")

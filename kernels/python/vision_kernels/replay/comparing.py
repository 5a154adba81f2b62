"""Numbers side by side: how far apart they are, and how far they may be."""

from dataclasses import dataclass

import numpy as np

from vision_kernels.replay.adapters import Allowance
from vision_kernels.replay.outcomes import CaseError

# Where a case has no hint: ten updates in single precision without fused operations, and one ulp of half precision.
DEFAULTS = {"rtol": 3e-6, "atol": 1e-7}
# No comparison allows as much, and what is allowed says nothing from there on.
LARGEST_TOLERANCE = 1e6
DEFAULT_ULP = 1.0
_OF_HALF = ("ulp_fp16", "ulp_fp16_arrays")
_OF_BYTES = ("atol_levels", "fraction_allowed_larger", "mean_abs_levels")
_KNOWN = {
    "rtol",
    "atol",
    "exact",
    "rtol_fp32_arrays",
    "atol_fp32_arrays",
    "nan_positions",
    "note",
    *_OF_HALF,
    *_OF_BYTES,
}


@dataclass(frozen=True)
class Comparison:
    """How one array compares.

    Attributes:
        largest_error: Largest absolute difference between finite numbers.
        share: Largest difference as a share of what is allowed there.
        problem: The worst place in words; empty where all is within tolerance.
        used: Reasons of the allowances that were needed.
    """

    largest_error: float
    share: float
    problem: str
    used: tuple[str, ...]


def tolerance(hint: dict[str, object], dtype: np.dtype) -> dict[str, float]:
    """What is allowed for an array of the type: `rtol` and `atol`, or `ulp` for half precision.

    For bytes there may also be the `fraction` of numbers that may differ by more.
    """
    unknown = set(hint) - _KNOWN
    if unknown:
        raise CaseError(f"'tolerance_hint' must have only {', '.join(sorted(_KNOWN))}; it has {min(unknown)!r}")
    if dtype == np.float16:
        return {"ulp": _number(hint, "ulp_fp16_arrays", _number(hint, "ulp_fp16", DEFAULT_ULP))}
    if dtype == np.uint8 and "atol_levels" in hint:
        fraction = _number(hint, "fraction_allowed_larger", 0.0)
        return {"rtol": 0.0, "atol": _number(hint, "atol_levels", 0.0), **({"fraction": fraction} if fraction else {})}
    if dtype.kind != "f" or hint.get("exact"):
        return {"rtol": 0.0, "atol": 0.0}
    single = {name: _number(hint, name, _number(hint, f"{name}_fp32_arrays", 0.0)) for name in ("rtol", "atol")}
    return single if any(single.values()) else dict(DEFAULTS)


def compare(
    name: str, computed: np.ndarray, expected: np.ndarray, allowed: dict[str, float], allowances: tuple[Allowance, ...]
) -> Comparison:
    """Compares a result with what was recorded. NaN agrees with NaN alone, an infinity with itself."""
    if computed.shape != expected.shape:
        raise CaseError(
            f"{name} must have the shape {list(computed.shape)} of the result; it has {list(expected.shape)}"
        )
    ours, theirs = computed.astype(np.float64), expected.astype(np.float64)
    finite = np.isfinite(ours) & np.isfinite(theirs)
    error = np.abs(np.where(finite, ours, 0) - np.where(finite, theirs, 0))
    share, used = _with_allowances(error, theirs, finite, allowed, allowances)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    wrong = np.where(finite, share > 1, ~same)
    for allowance in allowances:
        if allowance.nonfinite_at is not None:
            excused = wrong & ~finite & np.broadcast_to(allowance.nonfinite_at, wrong.shape)
            used += [allowance.reason] if excused.any() else []
            wrong &= ~excused
    if wrong.size and wrong.mean() <= allowed.get("fraction", 0.0):
        wrong = np.zeros_like(wrong)
    problem = _worst(name, wrong, share, finite, ours, theirs) if wrong.any() else ""
    return Comparison(float(error.max(initial=0)), float(share.max(initial=0)), problem, tuple(used))


def _with_allowances(
    error: np.ndarray,
    theirs: np.ndarray,
    finite: np.ndarray,
    allowed: dict[str, float],
    allowances: tuple[Allowance, ...],
) -> tuple[np.ndarray, list[str]]:
    """Errors as shares of the tolerance, widened by the allowances that are needed."""
    size = np.abs(np.where(finite, theirs, 0))
    limit = _half_limit(size, allowed["ulp"]) if "ulp" in allowed else allowed["atol"] + allowed["rtol"] * size
    used = []
    for allowance in allowances:
        if allowance.absolute and (error > limit).any():
            limit = limit + allowance.absolute
            used.append(allowance.reason)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error == 0, 0.0, error / limit), used


def _half_limit(size: np.ndarray, units: float) -> np.ndarray:
    with np.errstate(over="ignore"):
        return units * np.spacing(size.astype(np.float16)).astype(np.float64)


def _worst(
    name: str, wrong: np.ndarray, share: np.ndarray, finite: np.ndarray, ours: np.ndarray, theirs: np.ndarray
) -> str:
    order = np.where(wrong, np.where(finite, share, np.inf), -1)
    place = np.unravel_index(int(np.argmax(order)), wrong.shape)
    where = f"{name}{[int(index) for index in place]}" if place else name
    more = int(wrong.sum()) - 1
    rest = f", and {more} more of {wrong.size} differ" if more else ""
    return f"{where} must be {theirs[place]!r}; it is {ours[place]!r}{rest}".replace("np.float64", "")


def _number(hint: dict[str, object], name: str, default: float) -> float:
    value = hint.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise CaseError(f"{name} of 'tolerance_hint' must be a number; it is {value!r}")
    if not 0 <= value < LARGEST_TOLERANCE:
        raise CaseError(f"{name} of 'tolerance_hint' must lie in [0, {LARGEST_TOLERANCE:g}); it is {str(value)[:40]}")
    return float(value)

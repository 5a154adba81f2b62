"""Numbers side by side: how far apart they are, and how far they may be."""

from dataclasses import dataclass

import numpy as np

from vision_kernels.replay.adapters import Allowance
from vision_kernels.replay.files import check_numbers
from vision_kernels.replay.outcomes import CaseError
from vision_kernels.replay.tolerances import Limits

# All integers up to here are exact in double precision.
_EXACT = 2.0**53


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


def compare(
    name: str, computed: np.ndarray, expected: np.ndarray, allowed: Limits, allowances: tuple[Allowance, ...] = (),
    has_exact_classes: bool = False,
) -> Comparison:  # fmt: skip
    """Compares a result with what was recorded. NaN agrees with NaN alone, an infinity with itself.

    Raises CaseError for arrays that cannot be compared: no real numbers, another shape, or half precision on one side.
    """
    check_comparable(name, computed, expected)
    ours, theirs = computed.astype(np.float64), expected.astype(np.float64)
    finite = np.isfinite(ours) & np.isfinite(theirs)
    error = _apart(computed, expected, np.where(finite, ours, 0), np.where(finite, theirs, 0))
    share, used = _with_allowances(error, theirs, finite, allowed, allowances, has_exact_classes)
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    # NaN is no share of anything, and within no tolerance.
    wrong = np.where(finite, ~(share <= 1), ~same)
    for allowance in allowances:
        if allowance.nonfinite_at is not None:
            excused = wrong & ~finite & np.broadcast_to(allowance.nonfinite_at, wrong.shape)
            used += [allowance.reason] if excused.any() else []
            wrong &= ~excused
    if wrong.size and wrong.mean() <= allowed.get("fraction", 0.0):
        wrong = np.zeros_like(wrong)
    problem = _worst(name, wrong, share, finite, computed, expected) if wrong.any() else ""
    mean = float(error.mean()) if error.size else 0.0
    if not problem and not mean <= allowed.get("mean", np.inf):
        problem = f"{name} must differ by at most {allowed['mean']:g} on average; it differs by {mean:.4g}"
    return Comparison(float(error.max(initial=0)), float(share.max(initial=0)), problem, tuple(used))


def check_comparable(name: str, computed: np.ndarray, expected: np.ndarray) -> None:
    """Raises CaseError for arrays that cannot be compared."""
    check_numbers(name, expected.dtype)
    check_numbers(f"the result {name}", computed.dtype)
    if computed.shape != expected.shape:
        raise CaseError(
            f"{name} must have the shape {list(computed.shape)} of the result; it has {list(expected.shape)}"
        )
    if (computed.dtype == np.float16) != (expected.dtype == np.float16):
        raise CaseError(
            f"{name} must be in half precision only if the result is, which is {computed.dtype}; it is {expected.dtype}"
        )


def _apart(computed: np.ndarray, expected: np.ndarray, ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """How far apart numbers are, where neither is infinite. Large integers are not rounded before they are compared."""
    error = np.asarray(np.abs(ours - theirs))
    if computed.dtype.kind in "iu" or expected.dtype.kind in "iu":
        large = np.maximum(np.abs(ours), np.abs(theirs)) >= _EXACT
        pairs = zip(computed[large].tolist(), expected[large].tolist(), strict=True)
        # Doubles as large are whole.
        error[large] = [float(abs(int(one) - int(other))) for one, other in pairs]
    return error


def _with_allowances(
    error: np.ndarray, theirs: np.ndarray, finite: np.ndarray, allowed: Limits, allowances: tuple[Allowance, ...],
    has_exact_classes: bool,
) -> tuple[np.ndarray, list[str]]:  # fmt: skip
    """Errors as shares of the tolerance, widened by the allowances that are needed."""
    size = np.abs(np.where(finite, theirs, 0))
    limit = _half_limit(size, allowed["ulp"]) if "ulp" in allowed else allowed["atol"] + allowed["rtol"] * size
    if has_exact_classes:
        limit[..., 0] = 0
    used = []
    for allowance in allowances:
        if allowance.absolute and (error > limit).any():
            limit = limit + allowance.absolute
            used.append(allowance.reason)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error == 0, 0.0, error / limit), used


def _half_limit(size: np.ndarray, units: float) -> np.ndarray:
    """Units in the last place of half precision: 2^-24 up to 2^-13, and twice as much for each further power of 2."""
    _, exponent = np.frexp(size)
    place = np.maximum(np.where(size > 0, exponent, -13), -13) - 11
    return np.asarray(units * np.ldexp(1.0, place))


def _worst(
    name: str, wrong: np.ndarray, share: np.ndarray, finite: np.ndarray, computed: np.ndarray, expected: np.ndarray
) -> str:
    order = np.where(wrong, np.where(finite, np.nan_to_num(share, nan=np.inf), np.inf), -1)
    place = np.unravel_index(int(np.argmax(order)), wrong.shape)
    where = f"{name}{[int(index) for index in place]}" if place else name
    more = int(wrong.sum()) - 1
    rest = f", and {more} more of {wrong.size} differ" if more else ""
    return f"{where} must be {expected[place].item()!r}; it is {computed[place].item()!r}{rest}"

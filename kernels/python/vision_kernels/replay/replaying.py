"""The story of a replay: read, run, compare, and say what became of each case."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

# Importing the adapters registers them.
from vision_kernels.replay import (
    keras_loops,
    keras_losses,
    metrics,
    mxnet_detection,
    mxnet_images,
    mxnet_loops,
    mxnet_losses,
    schedule,
    tensorflow_images,
)
from vision_kernels.replay.adapters import Computed, adapter_of, numbers
from vision_kernels.replay.comparing import Comparison, check_comparable, compare
from vision_kernels.replay.files import Files
from vision_kernels.replay.hints import Arrays, hint_of
from vision_kernels.replay.machine import Machine, Refused
from vision_kernels.replay.manifests import Case, cases_of, manifests_of
from vision_kernels.replay.outcomes import CaseError, Outcome, OutOfScope, Status, first_line, shown
from vision_kernels.replay.refusals import judged_refusal, judged_result_for_exception
from vision_kernels.replay.tolerances import tolerance

__all__ = [
    "keras_loops",
    "keras_losses",
    "metrics",
    "mxnet_detection",
    "mxnet_images",
    "mxnet_loops",
    "mxnet_losses",
    "replay",
    "schedule",
    "tensorflow_images",
]


def replay(folder: Path, machine: Machine) -> Iterator[Outcome]:
    """Runs every case of every manifest of a folder on a machine."""
    files = Files(folder)
    seen: set[str] = set()
    for manifest in manifests_of(folder):
        try:
            for case in cases_of(manifest, files):
                yield _outcome(case, machine, seen)
        except (CaseError, MemoryError) as problem:
            yield Outcome(manifest.name, "", Status.ERROR, _told(problem))


def _outcome(case: Case | tuple[str, str, str], machine: Machine, seen: set[str]) -> Outcome:
    if isinstance(case, tuple):
        return Outcome(case[0], case[1], Status.ERROR, case[2])
    if case.id in seen:
        return Outcome(case.id, case.operation, Status.ERROR, "'id' must be unique; another case of the folder has it")
    seen.add(case.id)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
            return _run(case, machine)
    except OutOfScope as reason:
        return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, str(reason))
    except Exception as problem:  # a damaged case must not hide the others
        return Outcome(case.id, case.operation, Status.ERROR, _told(problem))


def _told(problem: Exception) -> str:
    if isinstance(problem, MemoryError):
        return "cannot be run: it takes more memory than there is"
    if isinstance(problem, CaseError):
        return str(problem)
    return f"cannot be run: {type(problem).__name__}: {first_line(problem)}"


def _run(case: Case, machine: Machine) -> Outcome:
    adapter = adapter_of(case)
    case.check_arrays()
    machine.forget()
    try:
        computed = adapter(case, machine)
    except Refused as refusal:
        return judged_refusal(case, refusal)
    if case.raised:
        return judged_result_for_exception(case, machine)
    case.check_all_read()
    return _compared(case, computed)


def _compared(case: Case, computed: Computed) -> Outcome:
    comparisons, used = [], dict.fromkeys(computed.left_out.values())
    allowed: dict[str, float] = {}
    arrays = Arrays(frozenset(case.entry["expected"]), computed.aliases, computed.detections)
    for name, recorded in case.expected().items():
        if name in computed.left_out:
            continue
        if name not in computed.arrays:
            raise CaseError(f"expected must have only {', '.join(sorted(computed.arrays))}; it has {shown(name)}")
        hint, has_exact_classes = hint_of(case.entry.get("tolerance_hint", {}), name, arrays)
        limits = tolerance(hint, recorded.dtype)
        allowed |= limits
        ours = computed.arrays[name]
        check_comparable(name, ours, recorded)
        overruled = computed.overruled.get(name)
        if overruled is not None and (meaningless := overruled.at(recorded)).any():
            recorded = np.where(meaningless, np.asarray(overruled.value, recorded.dtype), recorded)
            used[overruled.reason] = None
        allowances = computed.allowances.get(name, ())
        for called, each in {name: ours, **computed.also.get(name, {})}.items():
            comparisons.append(compare(called, each, recorded, limits, allowances, has_exact_classes))
    comparisons += [_from_manifest(case, name, array) for name, array in computed.recorded.items()]
    return _judged(case, comparisons, allowed, used)


def _judged(case: Case, comparisons: list[Comparison], allowed: dict[str, float], used: dict[str, None]) -> Outcome:
    if not comparisons:
        return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, "; ".join(used))
    problems = [comparison.problem for comparison in comparisons if comparison.problem]
    return Outcome(
        case.id,
        case.operation,
        Status.DIFFERS if problems else Status.AGREES,
        "; ".join(problems),
        max(comparison.largest_error for comparison in comparisons),
        max(comparison.share for comparison in comparisons),
        allowed,
        tuple(used | dict.fromkeys(reason for comparison in comparisons for reason in comparison.used)),
    )


def _from_manifest(case: Case, name: str, array: np.ndarray) -> Comparison:
    """Compares with numbers that stand in the manifest itself, in double precision."""
    recorded = np.array(numbers(name, case.entry[name]), np.float64)
    return compare(name, array, recorded, {"rtol": 1e-15, "atol": 0.0})

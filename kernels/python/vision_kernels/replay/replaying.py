"""The story of a replay: read, run, compare, and say what became of each case."""

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
from vision_kernels.replay.adapters import Computed, adapter_of
from vision_kernels.replay.comparing import Comparison, compare, tolerance
from vision_kernels.replay.hints import hint_of
from vision_kernels.replay.machine import Machine, Refused
from vision_kernels.replay.manifests import Case, cases_of, manifests_of
from vision_kernels.replay.outcomes import CaseError, Outcome, OutOfScope, Status
from vision_kernels.replay.refusals import judged_refusal, judged_result_for_exception

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
    files: dict[str, dict[str, np.ndarray]] = {}
    seen: set[str] = set()
    for manifest in manifests_of(folder):
        try:
            for case in cases_of(manifest, files):
                yield _outcome(case, machine, seen)
        except CaseError as problem:
            yield Outcome(manifest.name, "", Status.ERROR, str(problem))


def _outcome(case: Case | tuple[str, str, str], machine: Machine, seen: set[str]) -> Outcome:
    if isinstance(case, tuple):
        return Outcome(case[0], case[1], Status.ERROR, case[2])
    if case.id in seen:
        return Outcome(case.id, case.operation, Status.ERROR, "'id' must be unique; another case of the folder has it")
    seen.add(case.id)
    try:
        return _run(case, machine)
    except CaseError as problem:
        return Outcome(case.id, case.operation, Status.ERROR, str(problem))
    except OutOfScope as reason:
        return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, str(reason))
    except Exception as problem:  # a damaged case must not hide the others
        return Outcome(case.id, case.operation, Status.ERROR, f"cannot be run: {type(problem).__name__}: {problem}")


def _run(case: Case, machine: Machine) -> Outcome:
    adapter = adapter_of(case.operation)
    machine.forget()
    try:
        computed = adapter(case, machine)
    except Refused as refusal:
        return judged_refusal(case, refusal)
    if case.raised:
        return judged_result_for_exception(case, machine)
    return _compared(case, computed)


def _compared(case: Case, computed: Computed) -> Outcome:
    hint = case.entry.get("tolerance_hint") or {}
    comparisons, used = [], dict.fromkeys(computed.left_out.values())
    allowed: dict[str, float] = {}
    for name, recorded in case.expected().items():
        if name in computed.left_out:
            continue
        if name not in computed.arrays:
            raise CaseError(f"expected must have only {', '.join(sorted(computed.arrays))}; it has {name!r}")
        limits = tolerance(hint_of(hint, name, set(case.entry["expected"])), recorded.dtype)
        allowed |= limits
        overruled = computed.overruled.get(name)
        if overruled is not None and (meaningless := overruled.at(recorded)).any():
            recorded = np.where(meaningless, np.asarray(overruled.value, recorded.dtype), recorded)
            used[overruled.reason] = None
        found = compare(name, computed.arrays[name], recorded, limits, computed.allowances.get(name, ()))
        comparisons.append(found)
        used |= dict.fromkeys(found.used)
    comparisons += [_from_manifest(case, name, array) for name, array in computed.recorded.items()]
    problems = [comparison.problem for comparison in comparisons if comparison.problem]
    return Outcome(
        case.id,
        case.operation,
        Status.DIFFERS if problems else Status.AGREES,
        "; ".join(problems),
        max((comparison.largest_error for comparison in comparisons), default=0.0),
        max((comparison.share for comparison in comparisons), default=0.0),
        allowed,
        tuple(used),
    )


def _from_manifest(case: Case, name: str, array: np.ndarray) -> Comparison:
    """Compares with numbers that stand in the manifest itself, in double precision."""
    try:
        recorded = np.array(case.entry[name], np.float64)
    except (TypeError, ValueError) as problem:
        raise CaseError(f"{name!r} must be a list of numbers; it is {case.entry[name]!r}") from problem
    return compare(name, array, recorded, {"rtol": 1e-15, "atol": 0.0}, ())

"""Where the kernels or the framework refuse."""

from typing import Any

from vision_kernels.replay.adapters import Computed
from vision_kernels.replay.machine import Refused
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import Outcome, Status


def judged_refusal(case: Case, refusal: Refused) -> Outcome:
    """A kernel refused: as the framework did, or because a value lies outside of its range, or wrongly."""
    if case.raised:
        status = Status.REFUSED
    elif _outside(refusal.function, refusal.options):
        status = Status.OUT_OF_SCOPE
    else:
        status = Status.DIFFERS
    return Outcome(case.id, case.operation, status, str(refusal))


def judged_result_for_exception(case: Case, computed: Computed) -> Outcome:
    """The framework raised, a kernel computed: they differ."""
    return Outcome(case.id, case.operation, Status.DIFFERS, f"must be refused, as by {case.raised}; it was computed")


def _outside(function: str, options: dict[str, Any]) -> bool:
    return False

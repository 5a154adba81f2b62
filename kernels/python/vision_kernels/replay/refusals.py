"""Where the kernels refuse, or the framework did."""

import re
from typing import Any

import vision_kernels
from vision_kernels.replay.machine import Machine, Refused
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import Outcome, Status


def judged_refusal(case: Case, refusal: Refused) -> Outcome:
    """A kernel refused: as the framework did, or because a value lies outside of its range, or wrongly."""
    if case.raised:
        status = Status.REFUSED
    elif _is_out_of_range(refusal):
        status = Status.OUT_OF_SCOPE
    else:
        status = Status.DIFFERS
    return Outcome(case.id, case.operation, status, str(refusal))


def judged_result_for_exception(case: Case, machine: Machine) -> Outcome:
    """The framework raised and a kernel computed, which its hazards must have foretold."""
    foretold = [message for function, options in machine.calls for message in _hazards(function, options)]
    if not foretold:
        reason = f"must be refused, as by {case.raised}; it was computed"
        return Outcome(case.id, case.operation, Status.DIFFERS, reason)
    reason = f"{case.raised} was raised where the kernel computes on and warns: {foretold[0]}"
    return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, reason)


def _is_out_of_range(refusal: Refused) -> bool:
    """Whether the kernel refused the value of a scalar that it was given, for its range."""
    found = re.match(rf"{refusal.function}: (\w+) must lie in ", str(refusal))
    return found is not None and isinstance(refusal.options.get(found[1]), (int, float))


def _hazards(function: str, options: dict[str, Any]) -> list[str]:
    scalars = {name: value for name, value in options.items() if isinstance(value, (bool, int, float, str))}
    return list(vision_kernels.hazards(function, **scalars))

"""Where the kernels refuse, or the framework did."""

import vision_kernels
from vision_kernels import describe
from vision_kernels.replay.causes import foreign_cause, is_given, out_of_range, scalars_of
from vision_kernels.replay.machine import Machine, Refused
from vision_kernels.replay.manifests import Case
from vision_kernels.replay.outcomes import Outcome, Status


def judged_refusal(case: Case, refusal: Refused) -> Outcome:
    """A kernel refused: as the framework did, or because a value lies outside of its range, or wrongly."""
    if case.raised:
        foreign = foreign_cause(case, refusal)
        status, reason = Status.REFUSED, str(refusal)
        if foreign:
            status = Status.DIFFERS
            reason = f"must be refused for the cause of {case.raised}; it is for another, as {foreign}: {refusal}"
        return Outcome(case.id, case.operation, status, reason)
    scalar = out_of_range(case, refusal)
    if scalar is None:
        return Outcome(case.id, case.operation, Status.DIFFERS, str(refusal))
    reason = f"{refusal}; the framework computes on, but the spec's range of {scalar.name} is {scalar.range}"
    return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, reason)


def judged_result_for_exception(case: Case, machine: Machine) -> Outcome:
    """The framework raised and a kernel computed, which its hazards must have foretold of what the case gives."""
    foretold = [message for call in machine.calls for message in _hazards(case, *call)]
    if not foretold:
        reason = f"must be refused, as by {case.raised}; it was computed"
        return Outcome(case.id, case.operation, Status.DIFFERS, reason)
    reason = f"{case.raised} was raised where the kernel computes on and warns: {foretold[0]}"
    return Outcome(case.id, case.operation, Status.OUT_OF_SCOPE, reason)


def _hazards(case: Case, function: str, options: dict[str, object]) -> list[str]:
    description = describe(function)
    scalars = {scalar.name: options[scalar.name] for scalar in description.scalars if scalar.name in options}
    about = [rule.message for rule in description.hazards if is_given(case, scalars_of(description, rule))]
    return [told for told in vision_kernels.hazards(function, **scalars) if told.rpartition("; ")[0] in about]

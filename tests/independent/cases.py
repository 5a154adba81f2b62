"""For each fact counts the first case that holds and states it, else the parameter's own (section 7)."""

from tests.independent.evaluating import UNKNOWN
from tests.independent.numbers import finite
from tests.independent.reading import read_native
from tests.independent.values import Json, Outcome, Result, Row, is_numeric
from tests.independent.world import Job


def _deciding_case(entry: Json, fact: str, job: Job) -> Json:
    for case in entry["cases"]:
        if case[fact] is None:
            continue
        outcome = job.outcome(case["when"])
        if outcome is UNKNOWN:
            return UNKNOWN
        if outcome is True:
            return case
    return None


def case_domain(entry: Json, job: Job) -> Json | None:
    """The domain that a case states; None if no case does, or it is unknown whether one does."""
    case = _deciding_case(entry, "domain", job)
    return None if case is None or case is UNKNOWN else case["domain"]


def recommended_of(entry: Json, job: Job) -> Json | None:
    """The advice that counts."""
    case = _deciding_case(entry, "recommended", job)
    if case is UNKNOWN:
        return None
    return entry["recommended"] if case is None else case["recommended"]


def default_of(entry: Json, job: Job) -> Result:
    """The default that counts: a value, nothing, or unknown."""
    case = _deciding_case(entry, "default", job)
    if case is UNKNOWN:
        return Outcome.UNKNOWN
    default = entry["default"] if case is None else case["default"]
    if default is None:
        return Outcome.NOTHING
    if default["expr"] is None:
        return read_native(entry["domain"], default["value"])
    value = job.result(default["expr"]["text"])
    if isinstance(value, Row):
        return Row(value.items, tuple(entry["domain"]["fields"]))
    if entry["domain"]["kind"] == "number" and isinstance(value, (int, float)) and is_numeric(value):
        return finite(float(value)) or 0.0
    return value

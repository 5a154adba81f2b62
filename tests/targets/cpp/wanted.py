"""What is expected of the C++ client: verdicts without their wording, for it has its own."""

from typing import Any

from tests.support.verdicts import kind_of_reason

Json = Any


def without_wording(verdict: Json) -> Json:
    """A verdict with codes, severities, parameters and kinds of reasons only."""
    findings = [{key: finding[key] for key in ("code", "severity", "parameter")} for finding in verdict["findings"]]
    parameters = {
        name: {**state, "reason": kind_of_reason(state["reason"])} for name, state in verdict["parameters"].items()
    }
    return {**verdict, "findings": findings, "parameters": parameters}

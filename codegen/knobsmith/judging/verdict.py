"""What a verdict says."""

from typing import Any, Literal, NamedTuple

from knobsmith.model.base import PlainValue, json_value

Form = Literal["native", "wire"]
Severity = Literal["error", "warning", "info"]
State = Literal["given", "default", "unset"]
# Why a hyperparameter is not used or not judged, by the first words of the reason.
Reason = Literal["ignored", "forbidden", "not judged"]


class Finding(NamedTuple):
    """Something found; ``parameter`` is a wire name, ``context.NAME``, an unknown key, or None."""

    code: str
    severity: Severity
    parameter: str | None


class ParameterVerdict(NamedTuple):
    """What one hyperparameter comes to; ``value`` is native, None where there is none."""

    state: State
    used: bool
    reason: Reason | None
    value: PlainValue | None

    def as_json(self) -> list[Any]:
        """State, used, reason, value."""
        value = None if self.value is None else json_value(self.value)
        return [self.state, self.used, self.reason, value]


class Verdict(NamedTuple):
    """Everything found, in the order of the phases, and what each hyperparameter comes to, in that of the spec."""

    findings: tuple[Finding, ...]
    parameters: dict[str, ParameterVerdict]

    @property
    def is_valid(self) -> bool:
        """Whether no finding is an error."""
        return all(finding.severity != "error" for finding in self.findings)

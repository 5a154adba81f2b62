# Part of every package that `knobsmith generate` writes; do not edit.
"""The result of validating a configuration."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ._describing import parameter_states, values_in_effect
from ._messages import findings_of
from ._state import UNKNOWN, State
from ._writing import json_ready, wire_texts
from .findings import Finding, ParameterState


class Verdict:
    """Whether a configuration is valid, everything that was found, and what each hyperparameter comes to.

    Attributes:
        valid: Whether no finding is an error.
    """

    __slots__ = ("_findings", "_parameters", "_state", "valid")

    def __init__(self, state: State) -> None:
        self._state = state
        self._findings: tuple[Finding, ...] | None = None
        self._parameters: dict[str, ParameterState] | None = None
        self.valid = not state.found or all(found.severity != "error" for found in state.found)

    @property
    def algorithm(self) -> str:
        """The name of the algorithm."""
        return self._state.laws.name

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Errors, warnings and advice, in the order of the phases of validation."""
        if self._findings is None:
            self._findings = findings_of(self._state)
        return self._findings

    @property
    def parameters(self) -> Mapping[str, ParameterState]:
        """What each hyperparameter comes to, by its wire name, in the order of the documentation."""
        if self._parameters is None:
            self._parameters = dict(parameter_states(self._state))
        return MappingProxyType(self._parameters)

    @property
    def values(self) -> dict[str, Any]:
        """What each hyperparameter is, given or by default, by its wire name; None for no value."""
        return values_in_effect(self._state)

    @property
    def given(self) -> tuple[str, ...]:
        """The wire names of what was given."""
        return tuple(self._state.given)

    @property
    def context(self) -> dict[str, Any]:
        """What is known of the job, by the names of the facts."""
        return {name: value for name, value in self._state.context.items() if value is not UNKNOWN}

    def to_wire(self, *, defaults: bool = False) -> dict[str, str]:
        """The texts to send to the training service: what was given, and on request the defaults in use.

        Raises:
            InvalidHyperparameters: The configuration is not valid.
            ValueError: An item of a list holds the separator of the list's wire form.
        """
        if not self.valid:
            raise InvalidHyperparameters(self)
        return wire_texts(self._state, defaults)

    def as_dict(self) -> dict[str, Any]:
        """The verdict as plain data, ready for JSON."""
        return {
            "algorithm": self.algorithm,
            "valid": self.valid,
            "findings": [finding._asdict() for finding in self.findings],
            "parameters": {
                name: {**state._asdict(), "value": json_ready(state.value)} for name, state in self.parameters.items()
            },
        }

    def to_json(self) -> str:
        """The verdict as one line of JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False)

    def __eq__(self, other: object) -> bool:
        return self.as_dict() == other.as_dict() if isinstance(other, Verdict) else NotImplemented

    def __repr__(self) -> str:
        findings = "".join(f"\n  {finding.severity}: {finding}" for finding in self.findings)
        return f"<{self.algorithm}: {'valid' if self.valid else 'invalid'}{findings}>"


class InvalidHyperparameters(ValueError):
    """A configuration is not valid; `verdict` says why."""

    def __init__(self, verdict: Verdict) -> None:
        errors = [str(finding) for finding in verdict.findings if finding.severity == "error"]
        super().__init__("\n".join([f"invalid hyperparameters of {verdict.algorithm}", *errors]))
        self.verdict = verdict

    def __reduce__(self) -> tuple[type["InvalidHyperparameters"], tuple[Verdict]]:
        return type(self), (self.verdict,)

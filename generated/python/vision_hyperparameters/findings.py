# Part of every package that `knobsmith generate` writes; do not edit.
"""What validation finds, and what it says of each hyperparameter."""

from typing import Any, Literal, NamedTuple

from .facts import Severity


class Finding(NamedTuple):
    """One thing that is wrong, or worth knowing, about a configuration.

    Attributes:
        code: What kind of finding: `unknown`, `type`, `range`, `required`, `ignored`, `rule:NAME`, ...
        severity: `error` makes the configuration invalid; `warning` and `info` do not.
        parameter: The hyperparameter by its wire name, `context.NAME`, or None.
        message: What must hold and what does not.
        help: What to do about it, if there is something to say.
    """

    code: str
    severity: Severity
    parameter: str | None
    message: str
    help: str | None = None

    def __str__(self) -> str:
        return f"{self.message}: {self.help}" if self.help else self.message


class ParameterState(NamedTuple):
    """What a hyperparameter comes to.

    Attributes:
        state: Whether the value was given, is a default, or there is none.
        used: Whether the algorithm reads the value.
        reason: Why it is not used, or could not be judged; None otherwise.
        value: The native value; None if there is none, or none that could be read.
    """

    state: Literal["given", "default", "unset"]
    used: bool
    reason: str | None
    value: Any

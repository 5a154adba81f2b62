"""What became of a case."""

import math
import reprlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a case ended. `DIFFERS` and `ERROR` are failures."""

    AGREES = "agrees"
    REFUSED = "refused"
    OUT_OF_SCOPE = "out of scope"
    DIFFERS = "differs"
    ERROR = "error"

    @property
    def failed(self) -> bool:
        """Whether the case counts against the kernels or against its own data."""
        return self in (Status.DIFFERS, Status.ERROR)


@dataclass(frozen=True)
class Outcome:
    """What became of one case.

    Attributes:
        case: Its id.
        operation: Its operation.
        status: How it ended.
        reason: Why it was refused, left out or failed; empty where it agrees.
        largest_error: Largest absolute difference between finite numbers.
        share_of_tolerance: Largest difference as a share of what is allowed there; at most 1 where the case agrees.
        tolerance: What is allowed.
        differences: Documented differences that made allowances.
    """

    case: str
    operation: str
    status: Status
    reason: str = ""
    largest_error: float | None = None
    share_of_tolerance: float | None = None
    tolerance: dict[str, float] = field(default_factory=dict)
    differences: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The outcome as a JSON object, without what it has nothing to say about."""
        told: dict[str, Any] = {"id": self.case, "op": self.operation, "status": str(self.status)}
        for name in ("reason", "largest_error", "share_of_tolerance", "tolerance"):
            value = getattr(self, name)
            if value not in ("", None, {}):
                # JSON has no infinity: what is beyond any tolerance has no share of it.
                told[name] = None if isinstance(value, float) and not math.isfinite(value) else value
        if self.differences:
            told["differences"] = list(self.differences)
        return told


class CaseError(Exception):
    """A case cannot be run as it is written; the message says what must hold and what does not."""


class OutOfScope(Exception):
    """A case asks for what no kernel computes; the message is the reason."""


_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 80


def shown(value: object) -> str:
    """A value of somebody else's as Python shows it, cut where it is long or deep."""
    return _SHORT.repr(value)


def first_line(problem: BaseException) -> str:
    """What an error says, on one line."""
    return (str(problem).splitlines() or [type(problem).__name__])[0]

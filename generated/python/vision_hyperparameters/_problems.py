# Part of every package that `knobsmith generate` writes; do not edit.
"""What can be wrong with a job before it is launched."""

from collections.abc import Iterable
from typing import NamedTuple

from ._preflight_laws import LAWS
from .facts import Severity

Path = tuple[str | int, ...]


class Problem(NamedTuple):
    """One thing that is wrong with a job.

    Attributes:
        code: The id of the law that is broken, `KS501` to `KS520`.
        path: Where it is broken in the document: keys and places in lists.
        fact: What is.
        help: What to do about it.
        severity: `error` keeps a job from being submitted; `warning` and `info` do not.
        part: Where in the text at that place, if it is only a part of it.
    """

    code: str
    path: Path
    fact: str
    help: str
    severity: Severity
    part: tuple[int, int] | None = None

    @property
    def law(self) -> str:
        """What must hold."""
        return LAWS[self.code].text

    @property
    def place(self) -> str:
        """The path as people write it: `TrainingJobDefinitions[0].RoleArn`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text

    def __str__(self) -> str:
        where = f"{self.place}: " if self.path else ""
        help = f": {self.help}" if self.help else ""
        return f"{where}{self.code}: {self.law}, {self.fact}{help}"


class Problems:
    """A growing list of problems, each of them once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(
        self,
        code: str,
        path: Path,
        fact: str,
        help: str = "",
        *,
        severity: Severity | None = None,
        part: tuple[int, int] | None = None,
    ) -> None:
        """Note a problem; its severity is that of the law unless told otherwise."""
        self._found[Problem(code, path, fact, help, severity or LAWS[code].severity, part)] = None

    def all(self) -> tuple[Problem, ...]:
        """What was noted, in that order; what is the same at many places once, at the first of them."""
        return _gathered(self._found)


# What they quote is wrong wherever it stands.
_SAME_EVERYWHERE = ("KS501", "KS517")


def _gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems, but what is the same at many places told once, at the first of them.

    Args:
        problems: All problems, in order.
    """
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for one in problems:
        place = () if one.code in _SAME_EVERYWHERE else _in_its_definition(one.path)
        alike.setdefault((one.code, one.fact, one.help, one.severity, place), []).append(one)
    return tuple(_told_once(*group) for group in alike.values())


def _in_its_definition(path: Path) -> Path:
    """A path without the place of the definition that it leads through."""
    several = path[:1] == ("TrainingJobDefinitions",) and len(path) > 2
    return (path[0], *path[2:]) if several else path


def _told_once(first: Problem, *others: Problem) -> Problem:
    more = len({one.path for one in others} - {first.path})
    if not more:
        return first
    return first._replace(fact=f"{first.fact}, and at {more} more place{'s' if more > 1 else ''}")


class JobRefused(ValueError):
    """A job was not submitted; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [str(problem) for problem in self.problems if problem.severity == "error"]
        super().__init__("\n".join(["the job was not submitted", *errors]))

    def __reduce__(self) -> "tuple[type[JobRefused], tuple[tuple[Problem, ...]]]":
        return type(self), (self.problems,)

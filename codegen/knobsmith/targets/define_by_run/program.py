"""The program that draws: a statement for each tuned hyperparameter, in an order in which its conditions are decided.

The program fills a dict ``config``, which starts with what is given. Of ``fixed`` it reads what is not drawn; there
``reads(config, NAME)`` follows a configuration to the value that conditions read of a hyperparameter in it.
"""

import builtins
import keyword
import re
from collections.abc import Iterator
from typing import Protocol

from knobsmith.expr import Expr
from knobsmith.expr.formula import FALSE, TRUE, Formula, conjunction, disjunction, opposite
from knobsmith.expr.outcomes import when_true, when_unknown
from knobsmith.expr.render_python import PythonNames, quoted, render_formula
from knobsmith.expr.simplifying import simplified
from knobsmith.expr.syntax import ContextName, Name
from knobsmith.records import Record
from knobsmith.targets.define_by_run.known import Known, references_of
from knobsmith.targets.python_conditions import both, broken
from knobsmith.targets.source_text import INDENT, WIDTH
from knobsmith.views.identifiers import Names, identifier
from knobsmith.views.tuning.axes import Axis
from knobsmith.views.tuning.space import Space
from knobsmith.views.tuning.tuned import Tuned

# What the programs of all targets use beside their variables.
_USED = frozenset(
    (
        *("UNKNOWN", "Any", "ask", "base", "begin", "config", "context", "draw", "exp", "fits", "fixed", "found"),
        *("given", "is_finite", "number", "random", "trial", "uniform", "configured"),
    )
)
# An assignment from a call, which stands on a line of its own if it is long.
_CALL = re.compile(r"(config\[.*?\] = [\w.]+\()(.*)\)")


class Calls(Protocol):
    """What a target writes where something is drawn."""

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression that draws a value of a hyperparameter."""


class Program(Record):
    """A program in lines without indentation.

    Attributes:
        before: The assignments of what is the same in all configurations.
        lines: The statements that draw.
    """

    before: tuple[str, ...]
    lines: tuple[str, ...]

    def indented(self, margin: str) -> list[str]:
        """The statements below a margin, long conditions broken."""
        return [part for line in self.lines for part in _laid_out(line, margin)]


def program(space: Space, calls: Calls) -> Program:
    """The program that draws the tuned hyperparameters of an algorithm."""
    writer = _Writer(space, calls)
    lines = tuple(line for tuned in space.order for line in writer.statement(tuned))
    return Program(tuple(writer.before), lines)


def support(drawing: Program, client: str) -> list[str]:
    """The imports of what the conditions of a program use, from the generated client."""
    code = "\n".join(drawing.lines)
    used = ", ".join(name for name in ("fits", "found", "is_finite") if f"{name}(" in code)
    unknown = [f"from {client}._state import UNKNOWN"] if "UNKNOWN" in code else []
    return [*unknown, *([f"from {client}._support import {used}"] if used else [])]


class _Writer:
    def __init__(self, space: Space, calls: Calls) -> None:
        self.before: list[str] = []
        self._space = space
        self._calls = calls
        self._known = Known(space.algorithm)
        self._names = Names({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *_USED})
        self._locals: dict[Name | ContextName, str] = {}
        self._drawn: set[str] = set()
        self._read_later = _read_later(space)
        self._python = PythonNames(reference=lambda ref: self._local(ref), unknown="UNKNOWN", nothing="None")

    def statement(self, tuned: Tuned) -> Iterator[str]:
        """What draws one hyperparameter, and keeps it where later conditions read it."""
        yield from self._fetched(tuned)
        key = quoted(tuned.name)
        used = self._use(tuned)
        test = "" if used == TRUE else render_formula(used, self._python)
        (first, *others) = tuned.axes
        is_plain = first.when is None and not others
        self._drawn.add(tuned.name)
        ref = Name(tuned.name)
        if not self._is_kept(tuned) or not is_plain or (test and self._known.can_be_unknown(ref)):
            yield from _if(_both(test, f"{key} not in config"), self._draws(tuned))
            if self._is_kept(tuned):
                yield f"{self._local(ref)} = fixed.reads(config, {key})"
            return
        local, draw = self._local(ref), list(_if(f"{key} not in config", self._draws(tuned)))
        keep = f"{local} = config[{key}]"
        if test:
            yield f"{local} = None"
            yield from _if(test, [*draw, keep])
        else:
            yield from (*draw, keep)

    def _is_kept(self, tuned: Tuned) -> bool:
        return tuned.name in self._read_later

    def _use(self, tuned: Tuned) -> Formula:
        parameter = tuned.parameter
        used: Formula = TRUE
        if parameter.used_when is not None:
            used = disjunction(self._true(parameter.used_when), self._unknown(parameter.used_when))
        if parameter.forbidden_when is not None:
            used = conjunction(used, opposite(self._true(parameter.forbidden_when)))
        return simplified(used)

    def _draws(self, tuned: Tuned) -> list[str]:
        """The draw from the axis that counts; no case may be passed by that might hold."""
        key, lines, word = quoted(tuned.name), list[str](), "if"
        for guarded in tuned.axes:
            action = (
                "pass" if guarded.axis is None else f"config[{key}] = {self._calls.drawn(tuned.name, guarded.axis)}"
            )
            if guarded.when is None:
                if not lines:
                    return [action]
                lines += [] if guarded.axis is None else ["else:", f"{INDENT}{action}"]
                break
            unknown = self._unknown(guarded.when)
            if unknown != FALSE:
                lines += _if(render_formula(unknown, self._python), ["pass"], word)
                word = "elif"
            lines += _if(render_formula(self._true(guarded.when), self._python), [action], word)
            word = "elif"
        return lines

    def _fetched(self, tuned: Tuned) -> Iterator[str]:
        """Assignments of what is read here and not drawn."""
        for ref in dict.fromkeys(ref for condition in tuned.conditions for ref in references_of(condition)):
            if isinstance(ref, ContextName):
                if ref not in self._locals:
                    self.before.append(f"{self._local(ref)} = fixed.facts[{quoted(ref.name)}]")
            elif self._space.hangs_on([ref.name]):
                if ref.name not in self._drawn:
                    yield f"{self._local(ref)} = fixed.reads(config, {quoted(ref.name)})"
            elif ref not in self._locals:
                self.before.append(f"{self._local(ref)} = fixed.values[{quoted(ref.name)}]")

    def _true(self, expr: Expr) -> Formula:
        return when_true(expr, self._known)

    def _unknown(self, expr: Expr) -> Formula:
        return when_unknown(expr, self._known)

    def _local(self, ref: Name | ContextName) -> str:
        if ref not in self._locals:
            prefix = "context_" if isinstance(ref, ContextName) else ""
            self._locals[ref] = self._names.unique(f"{prefix}{identifier(ref.name, 'p')}")
        return self._locals[ref]


def _read_later(space: Space) -> frozenset[str]:
    """What is read by the conditions of a hyperparameter that is drawn later."""
    found: set[str] = set()
    drawn: set[str] = set()
    for tuned in space.order:
        read = {ref.name for expr in tuned.conditions for ref in references_of(expr) if isinstance(ref, Name)}
        found |= read & drawn
        drawn.add(tuned.name)
    return frozenset(found)


def _if(test: str, lines: list[str], word: str = "if") -> Iterator[str]:
    yield f"{word} {test}:"
    yield from (f"{INDENT}{line}" for line in lines)


def _both(first: str, second: str) -> str:
    """Two conditions that must both hold."""
    return both([first, second]) if first else second


def _laid_out(line: str, margin: str) -> list[str]:
    code = line.lstrip(" ")
    margin += " " * (len(line) - len(code))
    word, _, rest = code.partition(" ")
    if word not in ("if", "elif") or not rest.endswith(":"):
        call = _CALL.fullmatch(code) if len(margin) + len(code) > WIDTH else None
        return [f"{margin}{call[1]}", f"{margin}{INDENT}{call[2]}", f"{margin})"] if call else [f"{margin}{code}"]
    return broken(f"{word} ", rest[:-1], ":", margin)

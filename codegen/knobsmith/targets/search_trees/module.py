"""What the modules of all such targets have in common: the walk, and the files that go with it."""

import re
from functools import cached_property
from pathlib import Path

from knobsmith.model.catalog import Algorithm
from knobsmith.targets.define_by_run import Constants, program
from knobsmith.targets.define_by_run.distribution import runtime_files
from knobsmith.targets.source_text import INDENT, docstring_line, literal
from knobsmith.views.python_names import PythonNames
from knobsmith.views.tuning import trees
from knobsmith.views.tuning.axes import Axis
from knobsmith.views.tuning.growing import outlined
from knobsmith.views.tuning.space import Space, space_of
from knobsmith.views.tuning.tuned import Tuned

_SUPPORT = ("fits", "found", "is_finite")
_OWN_MODULE = re.compile(r"from knobsmith\.[a-z_.]*\b_?(trees|searches|document) import")

_OWN_IMPORTS = re.compile(r"(?:from \._[^\n]*\n)+")


class _Untangled(Space):
    """A space without what hangs on tuned ranges otherwise than by comparison with constants."""

    @cached_property
    def order(self) -> tuple[Tuned, ...]:
        """What is tuned, each after all that decides about it."""
        return tuple(tuned for tuned in super().order if tuned.name not in self.tangled)


class _Questions:
    """Asks for places on axes."""

    def __init__(self, space: Space, constants: Constants) -> None:
        self._space = space
        self._constants = constants

    def drawn(self, name: str, axis: Axis) -> str:
        """An expression over ``ask``."""
        return f"ask({literal(name)}, {self._spelled(name, outlined(self._space, name, axis))})"

    def _spelled(self, name: str, axis: trees.Axis) -> str:
        if isinstance(axis, trees.Values):
            decides = ", decides=True" if axis.decides else ""
            return f"Values({self._constants.spelled(name, axis.values)}{decides})"
        defaults = trees.Range(axis.low, axis.high)
        pairs = zip(axis._fields, axis, defaults, strict=True)
        options = [f"{field}={literal(value)}" for field, value, default in pairs if value != default]
        return f"Range({', '.join([repr(axis.low), repr(axis.high), *options])})"


def module_context(algorithm: Algorithm, names: PythonNames, client: str) -> dict[str, object]:
    """What the template of a module is filled with."""
    space, constants = _Untangled(algorithm), Constants()
    asked = program(space, _Questions(space, constants))
    code = "\n".join([*asked.before, *asked.lines])
    imports = [f"from {client}._state import UNKNOWN"] if "UNKNOWN" in code else []
    used = ", ".join(name for name in _SUPPORT if f"{name}(" in code)
    return {
        "title": docstring_line(algorithm.title),
        "name": literal(algorithm.name),
        "client": client,
        "module": names.module,
        "support": [*imports, *([f"from {client}._support import {used}"] if used else [])],
        "axes": ", ".join(["Ask", *(kind for kind in ("Range", "Values") if f"{kind}(" in code)]),
        "constants": constants.lines,
        "before": asked.before,
        "lines": asked.indented(INDENT),
    }


def placeholders(algorithm: Algorithm) -> dict[str, str]:
    """What has to be given, with words that are to be replaced."""
    tuned = space_of(algorithm).tuned
    return {p.name: f"<{p.name}>" for p in algorithm.parameters if p.required and p.name not in tuned}


def runtime(folder: Path) -> dict[str, str]:
    """The modules that are the same for all projects, those that learn trees among them."""
    shared = runtime_files(Path(__file__).parent / "runtime")
    part, *_ = next(iter(shared.values())).splitlines(keepends=True)
    tree = {"_trees.py": part + Path(trees.__file__).read_text(encoding="utf-8")}
    files = {**shared, **runtime_files(folder), **tree}
    return {path: _OWN_IMPORTS.sub(_in_order, _OWN_MODULE.sub(r"from ._\1 import", t)) for path, t in files.items()}


def _in_order(imports: re.Match[str]) -> str:
    """Imports as linters want them, which the modules had other names for."""
    return "".join(sorted(imports[0].splitlines(keepends=True)))

"""The package for Ray Tune: from the search spaces to files."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment

from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, dropped, searched
from knobsmith.targets.define_by_run import Constants, StudyNames, program, support, switches
from knobsmith.targets.define_by_run.distribution import Tuner, runtime_files
from knobsmith.targets.define_by_run.packaging import package_files
from knobsmith.targets.ray.lowering import ENDS, Questions
from knobsmith.targets.source_text import INDENT, docstring_line, source
from knobsmith.targets.templating import environment
from knobsmith.views.python_names import PythonNames
from knobsmith.views.tuning.axes import Numbers
from knobsmith.views.tuning.branching import MOST_COMBINATIONS
from knobsmith.views.tuning.space import Space, space_of

RAY = Tuner("ray", "Ray Tune", "ray.tune", "ray[tune]>=2.50")


class RayTarget:
    """A package with a module for each algorithm that has something to tune."""

    name = "ray"
    ends = ENDS
    fidelity = searched(
        objective=dropped("a run of Ray Tune is told its metric by the caller"),
        impact=dropped("Ray Tune has no place for it"),
    )

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The files of the package."""
        runtime = runtime_files(Path(__file__).parent / "runtime")
        return package_files(catalog, RAY, runtime, _module, _usage)


def _module(algorithm: Algorithm, names: PythonNames, client: str) -> str:
    space, constants = space_of(algorithm), Constants()
    draws = program(space, Questions(constants, StudyNames(space)))
    has_branches = _has_branches(space)
    begin = "begin" if has_branches else "begin, sampler"
    imports = [f"from {client}.{names.module}.sampling import {begin}", f"from {client}._sampling import Fixed"]
    return (
        _templates()
        .get_template("module.py.jinja")
        .render(
            title=docstring_line(algorithm.title),
            imports=sorted([*imports, *support(draws, client)]),
            constants=constants.lines,
            switches=f"_SWITCHES: tuple[str, ...] = {source(tuple(space.switches), taken=12)}",
            pieces=f"_PIECES: Pieces = {source(_pieces(space), taken=18)}" if has_branches else "",
            before=draws.before,
            lines=draws.indented(INDENT),
        )
    )


def _has_branches(space: Space) -> bool:
    """Whether the space falls into branches each of which is valid as a whole or not at all."""
    count = 1
    for parts in space.switches.values():
        count *= len(parts)
    return not space.tangled and switches(space) is not None and count <= MOST_COMBINATIONS


def _pieces(space: Space) -> dict[str, dict[tuple[float | None, ...], tuple[tuple[float, float], ...]]]:
    """The pieces of each tuned range that decides about others: by its ends and its step."""
    found: dict[str, dict[tuple[float | None, ...], tuple[tuple[float, float], ...]]] = {}
    for name in space.switches:
        for axis in (guarded.axis for guarded in space.tuned[name].axes):
            if isinstance(axis, Numbers):
                step = axis.step or (1 if axis.is_integer else None)
                pieces = tuple((piece.low, piece.high) for piece in space.pieces(name, axis))
                found.setdefault(name, {})[axis.low, axis.high, step] = pieces
    return found


def _usage(module: str, given: str) -> list[str]:
    return [
        "from ray import tune",
        f"from {module} import param_space",
        "",
        "",
        "def train(config):",
        '    settings = config["hyperparameters"]',
        "    ...",
        "",
        "",
        f"tune.Tuner(train, param_space=param_space({given})).fit()",
    ]


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

"""The package for Optuna: from the search spaces to files."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment

from knobsmith.expr import UNKNOWN
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, dropped, searched
from knobsmith.targets.define_by_run import Constants, StudyNames, program, support
from knobsmith.targets.define_by_run.distribution import Tuner, runtime_files
from knobsmith.targets.define_by_run.packaging import package_files
from knobsmith.targets.optuna.lowering import ENDS, Questions, distribution
from knobsmith.targets.source_text import INDENT, WIDTH, docstring_line, literal
from knobsmith.targets.templating import environment
from knobsmith.views.python_names import PythonNames
from knobsmith.views.tuning.branching import TooManyBranches
from knobsmith.views.tuning.space import Space, space_of

OPTUNA = Tuner("optuna", "Optuna", "optuna", "optuna>=4.4")
_TRIALS = ("beyond", "configured", "near_one", "number", "one_of")
_DISTRIBUTIONS = ("BaseDistribution", "CategoricalDistribution", "FloatDistribution", "IntDistribution")


class OptunaTarget:
    """A package with a module for each algorithm that has something to tune."""

    name = "optuna"
    ends = ENDS
    fidelity = searched(
        objective=dropped("a study knows only the direction, which is for the caller to state"),
        impact=dropped("Optuna has no place for it"),
    )

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The files of the package."""
        runtime = runtime_files(Path(__file__).parent / "runtime")
        return package_files(catalog, OPTUNA, runtime, _module, _usage)


def _module(algorithm: Algorithm, names: PythonNames, client: str) -> str:
    space, constants = space_of(algorithm), Constants()
    known = StudyNames(space)
    asked = program(space, Questions(constants, known))
    branches = _branches(space, constants, known)
    code = "\n".join([*asked.lines, *(line for branch in branches for line in branch)])
    return (
        _templates()
        .get_template("module.py.jinja")
        .render(
            title=docstring_line(algorithm.title),
            model=names.model,
            signature=_signature(names.model),
            imports=sorted(
                [
                    f"from optuna.distributions import {_used(_DISTRIBUTIONS, f'{code} BaseDistribution(')}",
                    "from optuna.trial import BaseTrial",
                    *support(asked, client),
                    f"from {client}.{names.module}.model import {names.model}",
                    f"from {client}.{names.module}.sampling import begin",
                ]
            ),
            trials=f"._trials import {_used(_TRIALS, f'{code} configured(')}",
            constants=constants.lines,
            branches=branches,
            before=asked.before,
            lines=asked.indented(INDENT),
        )
    )


def _signature(model: str) -> list[str]:
    arguments = "trial: BaseTrial, base: Mapping[str, object], *, context: Mapping[str, object] | None = None"
    line = f"def suggest({arguments}) -> {model}:"
    return [line] if len(line) <= WIDTH else ["def suggest(", f"{INDENT}{arguments}", f") -> {model}:"]


def _branches(space: Space, constants: Constants, known: StudyNames) -> list[list[str]]:
    """The distributions in each branch; none if there are too many."""
    given = {parameter.name: UNKNOWN for parameter in space.algorithm.parameters if parameter.required}
    try:
        found = space.branches({name: value for name, value in given.items() if name not in space.tuned})
    except TooManyBranches:
        return []
    pairs = [
        [distribution(known.of_part(name, axis), axis, constants) for name, axis in branch.axes.items()]
        for branch in found
    ]
    return [[f"{literal(name)}: {text}" for name, text in branch] for branch in pairs]


def _used(names: tuple[str, ...], code: str) -> str:
    return ", ".join(name for name in names if f"{name}(" in code)


def _usage(module: str, given: str) -> list[str]:
    return [
        "import optuna",
        f"from {module} import suggest",
        "",
        "",
        "def objective(trial):",
        f"    settings = suggest(trial, {given})",
        "    return train(settings.to_wire())",
        "",
        "",
        'optuna.create_study(direction="maximize").optimize(objective, n_trials=100)',
    ]


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

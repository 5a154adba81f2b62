"""What is written for Vizier: a study for each algorithm, and a package that makes studies."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, dropped, partial, searched
from knobsmith.targets.define_by_run.distribution import Tuner
from knobsmith.targets.define_by_run.packaging import is_tuned, package_files
from knobsmith.targets.json_text import json_text
from knobsmith.targets.search_trees import examined, module_context, placeholders, runtime
from knobsmith.targets.source_text import literal
from knobsmith.targets.templating import environment
from knobsmith.targets.vizier.lowering import ENDS
from knobsmith.targets.vizier.runtime._document import Document
from knobsmith.views.python_names import PythonNames
from knobsmith.views.tuning.growing import grown
from knobsmith.views.tuning.space import space_of

VIZIER = Tuner("vizier", "Vizier", "vizier", "google-vizier>=0.1.21")


class VizierTarget:
    """Documents and a package, for every algorithm that has something to tune."""

    name = "vizier"
    ends = ENDS
    fidelity = searched(
        range_conditions=partial("the range is searched in pieces, each as often as the others"),
        computed_conditions=dropped("what hangs on them is not searched and keeps its default"),
        impact=dropped("Vizier has no place for it"),
    )

    def examine(self, catalog: Catalog, options: Options) -> Iterator[tuple[str, Finding]]:
        """Whether conditions multiply too far."""
        return examined(catalog)

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The documents, and the files of the package."""
        yield from package_files(catalog, VIZIER, runtime(Path(__file__).parent / "runtime"), _module, _usage)
        for algorithm in filter(is_tuned, catalog.algorithms):
            yield from _document(algorithm)


def _module(algorithm: Algorithm, names: PythonNames, client: str) -> str:
    context = module_context(algorithm, names, client)
    return _templates().get_template("module.py.jinja").render(context, metrics=literal(_goals(algorithm)))


def _document(algorithm: Algorithm) -> Iterator[OutputFile]:
    """The space where nothing is given but what must be; none if all of it is refused."""
    found = grown(space_of(algorithm))
    if found.accepted is not None:
        document = Document(found).json(placeholders(algorithm), *_objective(algorithm))
        yield OutputFile(f"tuning/{VIZIER.name}/{algorithm.name}.json", json_text(document))


def _goals(algorithm: Algorithm) -> dict[str, str]:
    """What may be measured, each with its goal."""
    return {metric.name: metric.direction.upper() for metric in algorithm.metrics if metric.objective}


def _objective(algorithm: Algorithm) -> tuple[str | None, str]:
    return next(iter(_goals(algorithm).items()), (None, ""))


def _usage(module: str, given: str) -> list[str]:
    return [
        "from vizier.service import clients",
        f"from {module} import native, study_config",
        "",
        f"base = {given}",
        'study = clients.Study.from_study_config(study_config(base), owner="me", study_id="first")',
        "for trial in study.suggest(count=1):",
        "    settings = native(trial.parameters, base)",
    ]


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

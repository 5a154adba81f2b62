"""What is written for ConfigSpace: a document for each algorithm, and a package that makes spaces."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, dropped, partial, searched
from knobsmith.targets.configspace.lowering import ENDS
from knobsmith.targets.configspace.runtime._document import Document
from knobsmith.targets.define_by_run.distribution import Tuner
from knobsmith.targets.define_by_run.packaging import is_tuned, package_files
from knobsmith.targets.json_text import json_text
from knobsmith.targets.search_trees import examined, module_context, placeholders, runtime
from knobsmith.targets.templating import environment
from knobsmith.views.python_names import PythonNames
from knobsmith.views.tuning.growing import grown
from knobsmith.views.tuning.space import space_of

CONFIGSPACE = Tuner("configspace", "ConfigSpace", "ConfigSpace", "ConfigSpace>=1.2")


class ConfigSpaceTarget:
    """Documents and a package, for every algorithm that has something to tune."""

    name = "configspace"
    ends = ENDS
    fidelity = searched(
        range_conditions=partial("the range is searched in pieces: first which one, then where in it"),
        computed_conditions=dropped("what hangs on them is not searched and keeps its default"),
        objective=dropped("a space does not say what is measured"),
        impact=dropped("ConfigSpace has no place for it"),
    )

    def examine(self, catalog: Catalog, options: Options) -> Iterator[tuple[str, Finding]]:
        """Whether conditions multiply too far."""
        return examined(catalog)

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The documents, and the files of the package."""
        yield from package_files(catalog, CONFIGSPACE, runtime(Path(__file__).parent / "runtime"), _module, _usage)
        for algorithm in filter(is_tuned, catalog.algorithms):
            yield from _document(algorithm)


def _module(algorithm: Algorithm, names: PythonNames, client: str) -> str:
    context = module_context(algorithm, names, client)
    return _templates().get_template("module.py.jinja").render(context)


def _document(algorithm: Algorithm) -> Iterator[OutputFile]:
    """The space where nothing is given but what must be; none if all of it is refused."""
    found = grown(space_of(algorithm), with_refused=True)
    if found.accepted is not None:
        document = Document(found).json(algorithm.name, placeholders(algorithm))
        yield OutputFile(f"tuning/{CONFIGSPACE.name}/{algorithm.name}.json", json_text(document))


def _usage(module: str, given: str) -> list[str]:
    return [
        f"from {module} import configuration_to_native, space",
        "",
        f"base = {given}",
        "searched = space(base)",
        "settings = configuration_to_native(searched.sample_configuration(), base)",
    ]


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

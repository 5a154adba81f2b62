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
from knobsmith.targets.define_by_run.distribution import Tuner, notice, project_files
from knobsmith.targets.json_text import json_text
from knobsmith.targets.search_trees import examined, module_context, placeholders, runtime
from knobsmith.targets.source_text import finished, literal
from knobsmith.targets.templating import environment
from knobsmith.views.python_names import PythonNames, package_name, python_names
from knobsmith.views.tuning.growing import grown
from knobsmith.views.tuning.space import space_of

ROOT = "tuning/configspace"
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
        client = package_name(catalog.project)
        own = f"{client}_{self.name}"
        pairs = list(zip(catalog.algorithms, python_names(catalog.algorithms), strict=True))
        tuned = [(algorithm, names) for algorithm, names in pairs if space_of(algorithm).tuned]
        usage = _usage(own, *tuned[0]) if tuned else ""
        for path, text in project_files(catalog, CONFIGSPACE, usage).items():
            yield OutputFile(f"{ROOT}/{path}", text)
        for path, text in runtime(Path(__file__).parent / "runtime").items():
            yield OutputFile(f"{ROOT}/{own}/{path}", text)
        for algorithm, names in tuned:
            yield from _document(algorithm)
            text = _templates().get_template("module.py.jinja").render(module_context(algorithm, names, client))
            source = notice(f" from algorithms/{algorithm.name}.yaml")
            yield OutputFile(f"{ROOT}/{own}/{names.module}.py", finished(source, text))


def _document(algorithm: Algorithm) -> Iterator[OutputFile]:
    """The space where nothing is given but what must be; none if all of it is refused."""
    found = grown(space_of(algorithm), with_refused=True)
    if found.accepted is not None:
        document = Document(found).json(algorithm.name, placeholders(algorithm))
        yield OutputFile(f"{ROOT}/{algorithm.name}.json", json_text(document))


def _usage(package: str, algorithm: Algorithm, names: PythonNames) -> str:
    given = ", ".join(f"{literal(p.name)}: ..." for p in algorithm.parameters if p.required)
    return "\n".join(
        [
            f"from {package}.{names.module} import configuration_to_native, space",
            "",
            f"base = {{{given}}}",
            "searched = space(base)",
            "settings = configuration_to_native(searched.sample_configuration(), base)",
        ]
    )


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")

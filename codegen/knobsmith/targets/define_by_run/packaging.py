"""The whole package of definitions for a tuner: one module for each algorithm that has something to tune."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import OutputFile
from knobsmith.targets.define_by_run.distribution import Tuner, notice, project_files
from knobsmith.targets.source_text import finished, literal
from knobsmith.views.python_names import PythonNames, package_name, python_names
from knobsmith.views.tuning.space import space_of


def package_files(
    catalog: Catalog,
    tuner: Tuner,
    runtime: Mapping[str, str],
    module: Callable[[Algorithm, PythonNames, str], str],
    usage: Callable[[str, str], Sequence[str]],
) -> Iterator[OutputFile]:
    """All files of the package.

    Args:
        catalog: The catalog.
        tuner: The tuner.
        runtime: The modules that are the same for all projects, by their paths.
        module: The code for an algorithm, beside the client of that name.
        usage: The lines of an example, which imports a module and gives some hyperparameters, in Python.
    """
    root, client = f"tuning/{tuner.name}", package_name(catalog.project)
    own = f"{client}_{tuner.name}"
    pairs = zip(catalog.algorithms, python_names(catalog.algorithms), strict=True)
    tuned = [(algorithm, names) for algorithm, names in pairs if is_tuned(algorithm)]
    example = usage(f"{own}.{tuned[0][1].module}", _required(tuned[0][0])) if tuned else ()
    for path, text in project_files(catalog, tuner, "\n".join(example)).items():
        yield OutputFile(f"{root}/{path}", text)
    for path, text in runtime.items():
        yield OutputFile(f"{root}/{own}/{path}", text)
    for algorithm, names in tuned:
        text = finished(notice(f" from algorithms/{algorithm.name}.yaml"), module(algorithm, names, client))
        yield OutputFile(f"{root}/{own}/{names.module}.py", text)


def is_tuned(algorithm: Algorithm) -> bool:
    """Whether an algorithm has something to tune."""
    return bool(space_of(algorithm).tuned)


def _required(algorithm: Algorithm) -> str:
    """What is always required, without its values."""
    return f"{{{', '.join(f'{literal(p.name)}: ...' for p in algorithm.parameters if p.required)}}}"

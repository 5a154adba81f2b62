"""From the text of a spec to what it means, without a project on disk."""

from collections.abc import Mapping
from functools import cache

from knobsmith.checks import check_algorithm
from knobsmith.diagnostics import Diagnostic, Report, Severity
from knobsmith.load import Mapping as Tree
from knobsmith.load import load_text
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.resolve import Resolved, Trees, resolve
from knobsmith.source import SourceFile

from tests.support.layout import FOLDERS, PROJECT, place


class IllegalSpecError(ValueError):
    """A spec has errors; the message lists them."""


@cache
def compile_algorithm(text: str, name: str = "example") -> Algorithm:
    """The algorithm that the text of a spec states.

    Raises:
        IllegalSpecError: The text is not legal.
    """
    return compile_folder({f"{name}.yaml": text.encode()}, name)


def compile_folder(files: Mapping[str, bytes], name: str) -> Algorithm:
    """One algorithm of several spec files; fragments and kernels stand in their folders.

    Raises:
        IllegalSpecError: One of them is not legal.
    """
    algorithm = catalog_of(files).algorithm(name)
    assert algorithm is not None, f"no algorithm {name} in {list(files)}"
    return algorithm


def catalog_of(files: Mapping[str, bytes]) -> Catalog:
    """The catalog of several spec files.

    Raises:
        IllegalSpecError: One of them is not legal.
    """
    report = Report()
    resolved = _resolved({place(path): content.decode() for path, content in files.items()}, report)
    errors = [one for one in report if one.severity is Severity.ERROR]
    if resolved is None or errors:
        raise IllegalSpecError("\n".join(map(str, errors)))
    return resolved.catalog


def broken_checks(text: str, name: str = "example") -> list[Diagnostic]:
    """The errors that are found in an algorithm, proofs aside."""
    report = Report()
    resolved = _resolved({f"algorithms/{name}.yaml": text}, report)
    assert resolved is not None
    for algorithm in resolved.catalog.algorithms:
        report.extend(resolved.locate(name, finding) for finding in check_algorithm(algorithm))
    return [one for one in report if one.severity is Severity.ERROR]


def _resolved(texts: Mapping[str, str], report: Report) -> Resolved | None:
    folders: dict[str, dict[str, Tree]] = {folder: {} for folder in FOLDERS}
    for path, text in texts.items():
        folder, _, file = path.partition("/")
        tree = _tree(f"spec/{path}", text, report)
        if tree is not None:
            folders[folder][file.removesuffix(".yaml")] = tree
    project = _tree("spec/knobsmith.yaml", PROJECT, report)
    whole = sum(map(len, folders.values())) == len(texts)
    trees = Trees(project, folders["algorithms"], folders["fragments"], folders["kernels"], whole)
    return resolve(trees, report)


def _tree(path: str, text: str, report: Report) -> Tree | None:
    loaded = load_text(SourceFile(path, text))
    report.extend(loaded.diagnostics)
    return loaded.tree

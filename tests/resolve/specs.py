"""Projects in memory: their texts resolved and checked as `knobsmith check` does, proofs aside."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from knobsmith.checks import check_algorithm
from knobsmith.diagnostics import Diagnostic, Report
from knobsmith.load import Mapping as Tree
from knobsmith.load import load_text
from knobsmith.model.catalog import Catalog
from knobsmith.resolve import Trees, resolve
from knobsmith.source import SourceFile

ROOT = Path(__file__).parents[2]
FOLDERS = ("algorithms", "fragments", "kernels")
Texts = Mapping[str, str]


@cache
def real_texts() -> dict[str, str]:
    """The spec files of this repository by their paths below spec/."""
    spec = ROOT / "spec"
    return {
        path.relative_to(spec).as_posix(): path.read_text(encoding="utf-8") for path in sorted(spec.rglob("*.yaml"))
    }


def compiled(texts: Texts) -> tuple[Catalog | None, list[Diagnostic]]:
    """The catalog of a project and what is wrong with it; paths are below spec/."""
    report = Report()
    folders: dict[str, dict[str, Tree]] = {folder: {} for folder in FOLDERS}
    project, lost = None, set()
    for path, text in texts.items():
        folder, _, name = path.removesuffix(".yaml").rpartition("/")
        tree, problems = _loaded(f"spec/{path}", text)
        report.extend(problems)
        if tree is None:
            lost.add(name)
        elif folder:
            folders[folder][name] = tree
        else:
            project = tree
    resolved = resolve(Trees(project, *folders.values(), not lost, frozenset(lost)), report)
    for algorithm in resolved.catalog.algorithms if resolved is not None else ():
        report.extend(resolved.locate(algorithm.name, finding) for finding in check_algorithm(algorithm))
    return None if resolved is None else resolved.catalog, list(report)


@cache
def _loaded(path: str, text: str) -> tuple[Tree | None, tuple[Diagnostic, ...]]:
    loaded = load_text(SourceFile(path, text))
    return loaded.tree, loaded.diagnostics


def assert_places_are_in_their_files(found: list[Diagnostic], texts: Texts) -> None:
    """Every finding stands in a file of the project, within its lines and columns."""
    for one in found:
        assert one.span.file.removeprefix("spec/") in texts, one
        lines = texts[one.span.file.removeprefix("spec/")].splitlines() or [""]
        for line, column in ((one.span.line, one.span.column), (one.span.end_line, one.span.end_column)):
            # A parser may put the end of a file on the line after its last.
            assert 1 <= line <= len(lines) + 1, one
            assert 1 <= column <= len(lines[line - 1] if line <= len(lines) else "") + 1, one
        assert (one.span.line, one.span.column) <= (one.span.end_line, one.span.end_column), one

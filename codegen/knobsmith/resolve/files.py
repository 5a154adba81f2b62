"""Which files make a project: the project file, and every YAML file of the three folders beside it."""

from pathlib import Path

from knobsmith.diagnostics import Diagnostic, Report
from knobsmith.load import Mapping, Suppression, load_file, suppressions
from knobsmith.model.forms.laws import FILE_NAME
from knobsmith.resolve.project import Trees
from knobsmith.source import SourceFile, Span

FOLDERS = ("algorithms", "fragments", "kernels")


class Files:
    """The spec files of a project, read.

    Attributes:
        trees: What they say.
        sources: Their texts, by path.
        suppressions: The suppressions in all of them.
    """

    def __init__(self, root: Path, report: Report) -> None:
        self.sources: dict[str, SourceFile] = {}
        self.suppressions: list[Suppression] = []
        self._root = root
        self._report = report
        self._whole = True
        project = self._read("spec/knobsmith.yaml")
        algorithms, fragments, kernels = (self._read_folder(folder) for folder in FOLDERS)
        self.trees = Trees(project, algorithms, fragments, kernels, self._whole)

    def _read_folder(self, folder: str) -> dict[str, Mapping]:
        trees: dict[str, Mapping] = {}
        for path in _yaml_files(self._root / "spec" / folder):
            tree = self._read(f"spec/{folder}/{path.name}")
            if tree is not None:
                trees[path.stem] = tree
            if path.suffix == ".yml":
                self._report.add(_wrong_ending(f"spec/{folder}/{path.name}"))
        return trees

    def _read(self, path: str) -> Mapping | None:
        loaded = load_file(self._root, path)
        self._report.extend(loaded.diagnostics)
        self._whole = self._whole and loaded.tree is not None
        if loaded.source is not None:
            self.sources[path] = loaded.source
            if loaded.tree is not None:
                self.suppressions.extend(suppressions(loaded.source, loaded.tree))
        return loaded.tree


def _yaml_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix in (".yaml", ".yml") and not path.name.startswith(".")
    )


def _wrong_ending(path: str) -> Diagnostic:
    return FILE_NAME.on(Span.whole(path), path, "this one ends in `.yml`", "rename it to `.yaml`")

"""Which files make a project: the project file, and every YAML file of the three folders beside it."""

from pathlib import Path, PurePath

from knobsmith.diagnostics import Diagnostic, Report
from knobsmith.load import Mapping, Suppression, load_file, suppressions
from knobsmith.load.laws import UNREADABLE
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
        self._lost: dict[str, set[str]] = {"": set()}
        project = self._read("spec/knobsmith.yaml", "")
        algorithms, fragments, kernels = (self._read_folder(folder) for folder in FOLDERS)
        whole = not any(self._lost.values())
        self.trees = Trees(project, algorithms, fragments, kernels, whole, frozenset(self._lost["fragments"]))

    def _read_folder(self, folder: str) -> dict[str, Mapping]:
        trees: dict[str, Mapping] = {}
        self._lost[folder] = set()
        for name in self._names(folder):
            tree = self._read(f"spec/{folder}/{name}", folder)
            if tree is not None:
                trees[PurePath(name).stem] = tree
            if name.endswith(".yml"):
                self._report.add(_wrong_ending(f"spec/{folder}/{name}"))
        return trees

    def _names(self, folder: str) -> list[str]:
        """The YAML files of a folder; one whose name is no text is read, in vain, by a name that can be shown."""
        path = self._root / "spec" / folder
        try:
            names = [entry.name for entry in path.iterdir()] if path.is_dir() else []
        except OSError as problem:
            fact = f"this folder cannot be listed ({problem.strerror})"
            self._report.add(UNREADABLE.on(Span.whole(f"spec/{folder}"), folder, fact, "check its permissions"))
            self._lost[""].add(folder)
            names = []
        shown = (name.encode("utf-8", "replace").decode() for name in names)
        return sorted(name for name in shown if name.endswith((".yaml", ".yml")) and not name.startswith("."))

    def _read(self, path: str, folder: str) -> Mapping | None:
        loaded = load_file(self._root, path)
        self._report.extend(loaded.diagnostics)
        if loaded.tree is None:
            self._lost[folder].add(PurePath(path).stem)
        if loaded.source is not None:
            self.sources[path] = loaded.source
            if loaded.tree is not None:
                self.suppressions.extend(suppressions(loaded.source, loaded.tree))
        return loaded.tree


def _wrong_ending(path: str) -> Diagnostic:
    return FILE_NAME.on(Span.whole(path), path, "this one ends in `.yml`", "rename it to `.yaml`")

"""A whole project: its files as one catalog, and the places of its facts."""

from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from knobsmith.diagnostics import Diagnostic, Finding, Path, Report, subject_of
from knobsmith.load import Mapping, Node, span_at, text_span
from knobsmith.load.tree import Entry, Scalar
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.model.kernels import Dispatch, KernelFunction
from knobsmith.model.spec import (
    SECTION_NAMES,
    KernelsSpec,
    ProjectSpec,
    decode_fragment,
    decode_kernels,
    decode_project,
)
from knobsmith.resolve.algorithms import ResolvedAlgorithm, resolve_algorithm
from knobsmith.resolve.kernels import build_dispatch, build_functions
from knobsmith.resolve.laws import UNUSED
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.sharing import Fragments
from knobsmith.source import Span


@dataclass(frozen=True, slots=True)
class Trees:
    """The files of a project as trees, by name; a file that could not be read is absent, and ``whole`` false."""

    project: Mapping | None
    algorithms: Lookup[str, Mapping]
    fragments: Lookup[str, Mapping]
    kernels: Lookup[str, Mapping]
    whole: bool


@dataclass(slots=True)
class Resolved:
    """The meaning of a project.

    Attributes:
        catalog: What could be resolved; complete if there is no error.
        trees: The expanded tree of each algorithm, the tree of each kernels file.
    """

    catalog: Catalog
    trees: dict[str, Mapping] = field(default_factory=dict)

    def locate(self, algorithm: str, finding: Finding) -> Diagnostic:
        """A finding with the place of the fact that it is about."""
        return located(self.trees[algorithm], finding)

    def key_places(self, algorithm: str, path: Path) -> list[tuple[str, Span, str | None]]:
        """The keys of an entry, where each stands, and the fragment entry that it was inherited from."""
        entry = _follow(self.trees[algorithm], path)
        entries = entry.entries if isinstance(entry, Mapping) else ()
        return [(item.key.text, item.key.span, item.origin) for item in entries]


def resolve(trees: Trees, report: Report) -> Resolved | None:
    """Everything that the files mean; None without a project file. What is wrong goes to ``report``, with places."""
    spec = decode_project(trees.project, report) if trees.project is not None else None
    for tree in trees.fragments.values():
        decode_fragment(tree, report)
    fragments = Fragments(trees.fragments)
    algorithms = {name: resolve_algorithm(tree, fragments, report) for name, tree in trees.algorithms.items()}
    for name in algorithms:
        report.extend(located(algorithms[name].tree, finding) for finding in algorithms[name].notes.findings)
    if trees.whole and all(found.algorithm is not None for found in algorithms.values()):
        report.extend(_unused(fragments))
    complete = {name: found.algorithm for name, found in algorithms.items() if found.algorithm is not None}
    functions, dispatch = _resolve_kernels(trees, complete, report)
    if spec is None:
        return None
    catalog = Catalog(project=_project(spec), algorithms=tuple(complete.values()), kernels=functions, dispatch=dispatch)
    return Resolved(catalog, _places(algorithms, trees))


def located(tree: Mapping, finding: Finding) -> Diagnostic:
    """A finding in an expanded tree, with its place; an empty path is the start of the file."""
    if not finding.path:
        span = Span.whole(tree.span.file)
    elif finding.offsets is not None and (node := _follow(tree, finding.path)) is not None:
        span = text_span(node, *finding.offsets)
    else:
        span = span_at(tree, finding.path)
    return finding.rule.on(span, subject_of(finding.path), finding.fact, finding.help)


def _follow(tree: Node, path: Path) -> Node | None:
    node: Node | None = tree
    for step in path:
        if isinstance(node, Mapping):
            node = node.get(str(step))
        elif isinstance(step, int) and not isinstance(node, (Scalar, type(None))) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def _resolve_kernels(
    trees: Trees, algorithms: Lookup[str, Algorithm], report: Report
) -> tuple[tuple[KernelFunction, ...], tuple[Dispatch, ...]]:
    specs: dict[str, KernelsSpec] = {}
    notebooks = {name: Notebook() for name in trees.kernels}
    for name, tree in trees.kernels.items():
        spec = decode_kernels(tree, report)
        if spec is not None:
            specs[name] = spec
    whole = len(algorithms) == len(trees.algorithms) and len(specs) == len(trees.kernels)
    functions: dict[str, KernelFunction] = {}
    for name, spec in specs.items():
        for function in build_functions(spec, algorithms, notebooks[name]):
            functions[function.name] = function
    dispatch = tuple(
        d for name, spec in specs.items() for d in build_dispatch(spec, algorithms, functions, notebooks[name])
    )
    if whole:
        # A hyperparameter of an algorithm that could not be read would be reported as unknown.
        for name, notes in notebooks.items():
            report.extend(located(trees.kernels[name], finding) for finding in notes.findings)
    return tuple(functions.values()), dispatch


def _unused(fragments: Fragments) -> list[Diagnostic]:
    """Fragment entries that no algorithm starts from."""
    found = []
    for file, tree in fragments.files.items():
        for section in SECTION_NAMES:
            entries = tree.get(section)
            for entry in entries if isinstance(entries, Mapping) else ():
                if (file, section, entry.key.text) not in fragments.used:
                    found.append(_unused_entry(file, entry))
    return found


def _unused_entry(file: str, entry: Entry) -> Diagnostic:
    fact = f"no entry uses `{file}/{entry.key.text}`"
    return UNUSED.on(entry.key.span, f"{file}/{entry.key.text}", fact, "remove it, or use it")


def _project(spec: ProjectSpec) -> Project:
    stated = spec.packages
    plain = spec.name.replace("-", "_").replace(".", "_").lower()
    packages = Packages(
        python=(stated and stated.python) or plain,
        npm=(stated and stated.npm) or spec.name.lower(),
        cmake=(stated and stated.cmake) or plain,
    )
    return Project(
        name=spec.name,
        version=spec.version,
        locales=spec.locales or ("en",),
        packages=packages,
        targets=spec.targets,
        severity=spec.severity,
    )


def _places(algorithms: Lookup[str, ResolvedAlgorithm], trees: Trees) -> dict[str, Mapping]:
    return {**trees.kernels, **{name: found.tree for name, found in algorithms.items()}}

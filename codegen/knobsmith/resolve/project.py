"""A whole project: its files as one catalog, and the places of its facts."""

from collections.abc import Iterator
from collections.abc import Mapping as Lookup

from knobsmith.diagnostics import Diagnostic, Finding, Path, Report, Severity, subject_of
from knobsmith.load import Mapping, Node, span_at, text_span
from knobsmith.load.tree import Entry, Sequence
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
from knobsmith.records import Record, replace
from knobsmith.resolve.algorithms import ResolvedAlgorithm, resolve_algorithm
from knobsmith.resolve.kernels import build_dispatch, build_functions
from knobsmith.resolve.laws import KERNEL, UNUSED
from knobsmith.resolve.letters import with_letters
from knobsmith.resolve.notebook import Notebook
from knobsmith.resolve.packages import check_packages
from knobsmith.resolve.places import with_places_of_names
from knobsmith.resolve.reliance import check_targets
from knobsmith.resolve.sections import families_used
from knobsmith.resolve.sharing import Fragments
from knobsmith.source import Span

# What a project gets that names no target.
_ALL_TARGETS = ("python", "jsonschema", "docs", "catalog")


class Trees(Record):
    """The files of a project as trees, by name.

    Attributes:
        project, algorithms, fragments, kernels: The files that could be read.
        whole: Whether all could.
        lost: The names of the fragments that could not.
    """

    project: Mapping | None
    algorithms: Lookup[str, Mapping]
    fragments: Lookup[str, Mapping]
    kernels: Lookup[str, Mapping]
    whole: bool
    lost: frozenset[str] = frozenset()

    def sorted(self) -> "Trees":
        """The same files in the order of their names: the order in which they were found says nothing."""
        algorithms, fragments, kernels = (
            dict(sorted(folder.items())) for folder in (self.algorithms, self.fragments, self.kernels)
        )
        kernels = {name: with_places_of_names(tree) for name, tree in kernels.items()}
        return replace(self, algorithms=algorithms, fragments=fragments, kernels=kernels)


class Resolved(Record):
    """The meaning of a project.

    Attributes:
        catalog: What could be resolved; complete if there is no error.
        trees: The expanded tree of each algorithm, the tree of each kernels file.
    """

    catalog: Catalog
    trees: Lookup[str, Mapping]

    def locate(self, algorithm: str, finding: Finding) -> Diagnostic:
        """A finding with the place of the fact that it is about."""
        return replace(located(self.trees[algorithm], finding), algorithms=(algorithm,))

    def key_places(self, algorithm: str, path: Path) -> list[tuple[str, Span, str | None]]:
        """The keys of an entry, where each stands, and the fragment entry that it was inherited from."""
        entry = _follow(self.trees[algorithm], path)
        entries = entry.entries if isinstance(entry, Mapping) else ()
        return [(item.key.text, item.key.span, item.origin) for item in entries]


def resolve(trees: Trees, report: Report) -> Resolved | None:
    """Everything that the files mean; None without a project file. What is wrong goes to ``report``, with places.

    An algorithm in which something is wrong already, or in a fragment, is left out: what is missing would be
    reported again by whoever looks for it.
    """
    trees = trees.sorted()
    spec = decode_project(trees.project, report) if trees.project is not None else None
    for tree in trees.fragments.values():
        decode_fragment(tree, report)
    fragments = Fragments(trees.fragments, trees.lost)
    algorithms = {name: resolve_algorithm(tree, fragments, report) for name, tree in trees.algorithms.items()}
    for found in algorithms.values():
        _add_notes(found.notes, found.tree, report)
    broken = {diagnostic.span.file for diagnostic in report if diagnostic.severity is Severity.ERROR}
    sound = broken.isdisjoint(tree.span.file for tree in trees.fragments.values())
    complete = {
        name: found.algorithm
        for name, found in algorithms.items()
        if found.algorithm is not None and sound and found.tree.span.file not in broken
    }
    if trees.whole and len(complete) == len(algorithms):
        report.extend(_unused(fragments))
        for tree in trees.algorithms.values():
            report.extend(_unused_families(tree))
    functions, dispatch = _resolve_kernels(trees, complete, report)
    if spec is None or trees.project is None:
        return None
    project = _project(spec)
    report.extend(check_packages(project, trees.project))
    report.extend(check_targets(project, trees.project))
    catalog = Catalog(project=project, algorithms=tuple(complete.values()), kernels=functions, dispatch=dispatch)
    return Resolved(catalog, _places(algorithms, trees))


def located(tree: Mapping, finding: Finding) -> Diagnostic:
    """A finding in an expanded tree, with its place; an empty path is the start of the file."""
    if not finding.path:
        span = Span.whole(tree.span.file)
    elif finding.offsets is not None and (node := _follow(tree, finding.path)) is not None:
        span = text_span(node, *finding.offsets)
    else:
        span = span_at(tree, finding.path)
    help = finding.help
    if finding.beside is not None:
        help += _inherited(tree, finding.beside, span)
    return finding.rule.on(span, subject_of(finding.path), finding.fact, help)


def _inherited(tree: Mapping, path: Path, place: Span) -> str:
    """Where a fact stands that takes part in a finding elsewhere; nothing if it is in the same file."""
    node = _follow(tree, path)
    if node is None or node.span.file == place.file:
        return ""
    fragment = node.span.file.rpartition("/")[2].removesuffix(".yaml")
    return f"; `{path[-1]}` is inherited from the fragment `{fragment}`, line {node.span.line}"


def _follow(tree: Node, path: Path) -> Node | None:
    node: Node | None = tree
    for step in path:
        match node, step:
            case Mapping(), str():
                node = node.get(step)
            case Mapping(), int() if step < len(node.entries):
                # Of a list that may be written as a map of value to text, the value is the key.
                node = node.entries[step].key
            case Sequence(), int() if step < len(node.items):
                node = node.items[step]
            case _:
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
    whole = trees.whole and len(algorithms) == len(trees.algorithms) and len(specs) == len(trees.kernels)
    functions: dict[str, KernelFunction] = {}
    for name, spec in specs.items():
        built = build_functions(spec, algorithms, notebooks[name])
        for function in with_letters(spec, built, notebooks[name]):
            path = ("functions", function.name)
            if function.name in functions:
                first = span_at(trees.kernels[functions[function.name].file], path)
                fact = f"`{function.name}` already stands at {first}"
                notebooks[name].note(KERNEL, path, fact, "rename one of them")
            functions.setdefault(function.name, function)
    dispatch = tuple(
        d for name, spec in specs.items() for d in build_dispatch(spec, algorithms, functions, notebooks[name])
    )
    if whole:
        # A hyperparameter of an algorithm that could not be read would be reported as unknown.
        for name, notes in notebooks.items():
            _add_notes(notes, trees.kernels[name], report)
    return tuple(functions.values()), dispatch


def _add_notes(notes: Notebook, tree: Mapping, report: Report) -> None:
    """Report what was noted, at its place; where something is wrong already, that is the reason."""
    settled = {diagnostic.span for diagnostic in report if diagnostic.severity is Severity.ERROR}
    report.extend(d for d in (located(tree, finding) for finding in notes.findings) if d.span not in settled)


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


def _unused_families(tree: Mapping) -> Iterator[Diagnostic]:
    """Families that no name of an algorithm speaks of."""
    families = tree.get("families")
    used = families_used(tree)
    for entry in families if isinstance(families, Mapping) else ():
        name = entry.key.text
        if name not in used:
            fact = f"no name holds `{{{name}}}`"
            yield UNUSED.on(entry.key.span, f"families.{name}", fact, "remove it, or use it")


def _project(spec: ProjectSpec) -> Project:
    stated = spec.packages
    plain = spec.name.replace("-", "_").replace(".", "_").lower()
    packages = Packages(
        python=(stated and stated.python) or plain,
        npm=(stated and stated.npm) or spec.name.lower(),
        cmake=(stated and stated.cmake) or plain,
        kernels=(stated and stated.kernels) or f"{plain}_kernels",
    )
    return Project(
        name=spec.name,
        version=spec.version,
        locales=spec.locales or ("en",),
        packages=packages,
        targets=spec.targets or tuple((name, {}) for name in _ALL_TARGETS),
        severity=spec.severity,
    )


def _places(algorithms: Lookup[str, ResolvedAlgorithm], trees: Trees) -> dict[str, Mapping]:
    return {**trees.kernels, **{name: found.tree for name, found in algorithms.items()}}

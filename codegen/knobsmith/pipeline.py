"""The whole story on one page: read, resolve, check, prove; then render and write."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from knobsmith.catalogue import RULES
from knobsmith.checks import check_algorithm
from knobsmith.diagnostics import Diagnostic, Report, Severity
from knobsmith.load import Suppression
from knobsmith.model.catalog import Catalog
from knobsmith.model.forms import nearest
from knobsmith.resolve import Files, Resolved, resolve
from knobsmith.source import SourceFile, Span
from knobsmith.suppress import apply_suppressions
from knobsmith.targets.laws import BROKEN_TARGET, UNKNOWN_TARGET
from knobsmith.targets.registry import BrokenTarget, UnknownTarget, files_of, load_target, render
from knobsmith.write import Change, UnsafePath, changes, exclusive, write

Mode = Literal["write", "check", "diff"]
Track = Callable[[Iterable[Any], str], Iterable[Any]]
_PROOFS = frozenset(("KS201", "KS202", "KS203", "KS204", "KS205", "KS206"))

# Findings about targets stand at the file that names them.
_TARGETS = Span.whole("spec/knobsmith.yaml")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A project, understood as far as it can be.

    Attributes:
        resolved: Its meaning and the places of its facts; complete if there is no error.
        sources: The texts of its files.
        diagnostics: All findings that stand, sorted by place.
        tally: The proofs by count, if any were run.
    """

    resolved: Resolved | None
    sources: dict[str, SourceFile]
    diagnostics: list[Diagnostic]
    tally: str | None = None

    @property
    def catalog(self) -> Catalog | None:
        """The catalog."""
        return self.resolved.catalog if self.resolved is not None else None

    @property
    def has_errors(self) -> bool:
        """Whether nothing may be generated."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def described(self) -> str:
        """ "3 algorithms, 76 hyperparameters"."""
        algorithms = self.catalog.algorithms if self.catalog is not None else ()
        count = sum(len(algorithm.parameters) for algorithm in algorithms)
        return f"{len(algorithms)} algorithm{'s' * (len(algorithms) != 1)}, {count} hyperparameter{'s' * (count != 1)}"


@dataclass(frozen=True, slots=True)
class Generated:
    """What became of ``generate``."""

    diagnostics: list[Diagnostic]
    sources: dict[str, SourceFile]
    changes: list[Change] = field(default_factory=list)
    count: int = 0
    foreign_files: list[str] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether nothing was written."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)


def check(root: Path, proofs: bool = True, track: Track = lambda items, _: items) -> Compiled:
    """Compile, check, and prove."""
    return compile_project(root, proofs, track)


def compile_project(root: Path, proofs: bool = False, track: Track = lambda items, _: items) -> Compiled:
    """From the spec files to the catalog, with everything that is wrong with them."""
    report = Report()
    files = Files(root, report)
    resolved = resolve(files.trees, report)
    if resolved is not None:
        for algorithm in resolved.catalog.algorithms:
            report.extend(resolved.locate(algorithm.name, finding) for finding in check_algorithm(algorithm))
    tally = None
    if proofs and resolved is not None and not report.has_errors:
        tally = _prove(resolved, report, track)
    ran = frozenset(RULES) if tally is not None else frozenset(RULES) - _PROOFS
    diagnostics = _settled(report, files.suppressions, resolved, ran)
    return Compiled(resolved, files.sources, diagnostics, tally)


def generate(root: Path, mode: Mode, only: Sequence[str] | None = None) -> Generated:
    """Render all targets of a project and write, compare or diff them; nothing is written if there is an error.

    Raises:
        UnknownTarget: ``only`` names a target that the project does not have.
    """
    compiled = compile_project(root)
    if compiled.catalog is None or compiled.has_errors:
        return Generated(compiled.diagnostics, compiled.sources)
    with exclusive(root / ".knobsmith" / "lock"):
        return _render_and_write(root, mode, only, compiled, compiled.catalog)


def _render_and_write(
    root: Path, mode: Mode, only: Sequence[str] | None, compiled: Compiled, catalog: Catalog
) -> Generated:
    folder = root / "generated"
    report = Report()
    report.extend(compiled.diagnostics)
    chosen = _chosen(catalog, only)
    rendered, foreign = _render(catalog, chosen, report)
    count = sum(len(files) for files in rendered.values())
    if not report.has_errors:
        kept = [] if only is None else [name for name, _ in catalog.project.targets if name not in chosen]
        act = write if mode == "write" else changes
        try:
            return Generated(list(report), compiled.sources, act(folder, rendered, kept), count, foreign)
        except UnsafePath as problem:
            help = "report it to the target's maintainers"
            report.add(BROKEN_TARGET.on(_TARGETS, "targets", f"but a target asks for `{problem}`", help))
    return Generated(list(report), compiled.sources)


def _chosen(catalog: Catalog, only: Sequence[str] | None) -> dict[str, dict[str, object]]:
    """The targets to render, with their options."""
    stated = dict(catalog.project.targets)
    for name in only or ():
        if name not in stated:
            raise UnknownTarget(name, tuple(stated))
    return {name: options for name, options in stated.items() if only is None or name in only}


def _render(
    catalog: Catalog, chosen: dict[str, dict[str, object]], report: Report
) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The files of each target, and the source files of those that are not ours."""
    rendered: dict[str, dict[str, str]] = {}
    foreign: list[str] = []
    for name, options in chosen.items():
        try:
            target = load_target(name)
            rendered[name] = {file.path: file.text for file in render(target, catalog, options)}
            foreign += files_of(target)
        except UnknownTarget as problem:
            fact, help = f"`{name}` is not", nearest(name, problem.known)
            report.add(UNKNOWN_TARGET.on(_TARGETS, f"targets.{name}", fact, help))
        except BrokenTarget as problem:
            help = "report it to the target's maintainers"
            report.add(BROKEN_TARGET.on(_TARGETS, f"targets.{name}", f"but {problem}", help))
    return rendered, foreign


def _prove(resolved: Resolved, report: Report, track: Track) -> str:
    """Run all proofs; returns their count in words."""
    # The solver is large: it is loaded when something is to be proved, not on every start.
    from knobsmith.prove.proving import finding_of, prove_algorithm

    counts = {"proven": 0, "refuted": 0, "unknown": 0}
    for algorithm in resolved.catalog.algorithms:
        for proof in prove_algorithm(algorithm, track):
            counts[proof.status] += 1
            finding = finding_of(proof)
            if finding is not None:
                report.add(resolved.locate(algorithm.name, finding))
    return ", ".join(f"{count} {status}" for status, count in counts.items()) + " of the proofs"


def _settled(
    report: Report, suppressions: list[Suppression], resolved: Resolved | None, ran: frozenset[str]
) -> list[Diagnostic]:
    """What stands after suppressions and after the severities of the project."""
    final = Report()
    final.extend(apply_suppressions(report, suppressions, RULES, ran, date.today()))
    severities = dict(resolved.catalog.project.severity) if resolved is not None else {}
    return [d for d in (_with_severity(d, severities) for d in final) if d is not None]


def _with_severity(diagnostic: Diagnostic, severities: dict[str, str]) -> Diagnostic | None:
    stated = severities.get(diagnostic.code)
    if stated is None or diagnostic.code.startswith("KS0"):
        return diagnostic
    return None if stated == "off" else replace(diagnostic, severity=Severity(stated))

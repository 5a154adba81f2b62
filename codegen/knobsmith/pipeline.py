"""The whole story on one page: read, resolve, check, prove; then render and write."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

from knobsmith.catalogue import RULES
from knobsmith.checks import check_algorithm
from knobsmith.diagnostics import Diagnostic, Finding, Report, Rule, Severity
from knobsmith.load import Mapping
from knobsmith.model.catalog import Catalog
from knobsmith.model.forms import nearest
from knobsmith.records import Record, replace
from knobsmith.resolve import Files, Resolved, resolve
from knobsmith.scratch import scratch
from knobsmith.source import SourceFile, Span
from knobsmith.suppress import apply_suppressions
from knobsmith.targets.base import Costly, Options, Target
from knobsmith.targets.laws import BROKEN_TARGET, UNKNOWN_TARGET
from knobsmith.targets.laws import RULES as TARGET_RULES
from knobsmith.targets.losses import constructs_of, losses
from knobsmith.targets.registry import BUILT_IN, BrokenTarget, UnknownTarget, examine, load_target, render
from knobsmith.write import Keeper, Plan, Rendered, UnsafePath, exclusive, plan, write

Mode = Literal["write", "check", "diff"]
Track = Callable[[Iterable[Any], str], Iterable[Any]]
_PROOFS = frozenset(("KS201", "KS202", "KS203", "KS204", "KS205", "KS206"))
_TARGETS = frozenset(rule.code for rule in TARGET_RULES)
_PROJECT_FILE = "spec/knobsmith.yaml"
_TELL_THEM = "report it to the target's maintainers"


def untracked(items: Iterable[Any], title: str) -> Iterable[Any]:
    """The items, and nobody is told how far the work is."""
    return items


class Compiled(Record):
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
        return has_errors(self.diagnostics)

    @property
    def described(self) -> str:
        """ "3 algorithms, 76 hyperparameters"."""
        algorithms = self.catalog.algorithms if self.catalog is not None else ()
        count = sum(len(algorithm.parameters) for algorithm in algorithms)
        return f"{len(algorithms)} algorithm{'s' * (len(algorithms) != 1)}, {count} hyperparameter{'s' * (count != 1)}"


class Generated(Record):
    """What became of ``generate``.

    Attributes:
        plan: What was rendered and what had to change; None if there are errors, and nothing was written then.
        is_repeatable: Whether the same files of the compiler and the project give the same again: third parties'
            targets are not watched.
    """

    diagnostics: list[Diagnostic]
    sources: dict[str, SourceFile]
    plan: Plan | None = None
    is_repeatable: bool = False


class _Work:
    """A project while it is worked on.

    Attributes:
        report: What was found so far.
        files: What was read.
        resolved: What it means.
        failures: What is wrong with targets. No suppression and no severity of the project lets anything be written
            then.
        missing: The ids that nothing has looked for.
    """

    def __init__(self, report: Report, files: Files, resolved: Resolved | None) -> None:
        self.report = report
        self.files = files
        self.resolved = resolved
        self.failures = Report()
        self.missing = _PROOFS | _TARGETS

    def settled(self) -> list[Diagnostic]:
        """What stands after suppressions and after the severities of the project, sorted by place."""
        ran = frozenset(RULES) - self.missing
        left = apply_suppressions(self.report, self.files.suppressions, RULES, ran, date.today())
        severities = dict(self.resolved.catalog.project.severity) if self.resolved is not None else {}
        final = Report()
        final.extend(d for d in (_with_severity(d, severities) for d in left) if d is not None)
        final.extend(self.failures)
        return list(final)

    def compiled(self, tally: str | None = None) -> Compiled:
        """The outcome."""
        return Compiled(self.resolved, self.files.sources, self.settled(), tally)

    def bears(self, findings: Iterable[tuple[str, Finding]]) -> bool:
        """Record what a target finds in algorithms; whether it may go on."""
        located = [self.resolved.locate(*found) for found in findings] if self.resolved is not None else []
        self.report.extend(located)
        return not has_errors(located)

    def place_of(self, target: str) -> Span:
        """Where the project file names a target."""
        tree = self.files.trees.project
        targets = tree.get("targets") if tree is not None else None
        entry = targets.entry(target) if isinstance(targets, Mapping) else None
        return entry.key.span if entry is not None else Span.whole(_PROJECT_FILE)

    def blame(self, rule: Rule, target: str, fact: str, help: str) -> None:
        """Record a failure of a target."""
        self.failures.add(rule.on(self.place_of(target), f"targets.{target}", fact, help))


def check(root: Path, proofs: bool = True, track: Track = untracked) -> Compiled:
    """Compile, check, and prove."""
    return compile_project(root, proofs, track)


def compile_project(root: Path, proofs: bool = False, track: Track = untracked) -> Compiled:
    """From the spec files to the catalog, with everything that is wrong with them."""
    work = _understand(root, track)
    tally = None
    if proofs and work.resolved is not None and not work.report.has_errors:
        tally = _prove(work.resolved, work.report, track)
        work.missing = _TARGETS
    return work.compiled(tally)


def generate(root: Path, mode: Mode, only: Sequence[str] | None = None, track: Track = untracked) -> Generated:
    """Render all targets of a project and write, compare or diff them; nothing is written if there is an error.

    Raises:
        UnknownTarget: ``only`` names a target that the project does not have.
    """
    with _alone(root, mode):
        work = _understand(root, track)
        compiled = work.compiled()
        if compiled.catalog is None or compiled.has_errors:
            return Generated(compiled.diagnostics, compiled.sources)
        chosen = _chosen(compiled.catalog, only)
        # Who only compares does not believe what is there.
        keeper = Keeper(root) if mode == "write" else None
        rendered = _render(work, compiled.catalog, chosen, keeper, track)
        planned = _plan(work, root / "generated", rendered, keep_others=only is not None)
        if planned is not None and mode == "write":
            write(root / "generated", planned)
        return Generated(work.settled(), compiled.sources, planned, chosen.keys() <= BUILT_IN.keys())


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether something is wrong enough to stop."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _understand(root: Path, track: Track) -> _Work:
    """Read, resolve and check."""
    report = Report()
    files = Files(root, report)
    resolved = resolve(files.trees, report)
    if resolved is not None:
        for algorithm in track(resolved.catalog.algorithms, "checking"):
            report.extend(resolved.locate(algorithm.name, finding) for finding in check_algorithm(algorithm))
    return _Work(report, files, resolved)


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


def _chosen(catalog: Catalog, only: Sequence[str] | None) -> dict[str, dict[str, object]]:
    """The targets to render, with their options."""
    stated = dict(catalog.project.targets)
    for name in only or ():
        if name not in stated:
            raise UnknownTarget(name, tuple(stated))
    return {name: options for name, options in stated.items() if only is None or name in only}


def _render(
    work: _Work, catalog: Catalog, chosen: dict[str, dict[str, object]], keeper: Keeper | None, track: Track
) -> Rendered:
    """The files of each target. What a target fails at or cannot carry is noted."""
    rendered: dict[str, dict[str, str]] = {}
    constructs = constructs_of(catalog)
    for name, options in track(chosen.items(), "rendering"):
        try:
            target = load_target(name)
            if work.bears(examine(target, catalog, options)):
                rendered[name] = _rendered(name, target, catalog, options, keeper)
        except UnknownTarget as problem:
            work.blame(UNKNOWN_TARGET, name, f"`{name}` is not", nearest(name, problem.known))
        except BrokenTarget as problem:
            work.blame(BROKEN_TARGET, name, f"but {problem}", _TELL_THEM)
        else:
            place = work.place_of(name)
            work.report.extend(rule.on(place, f"targets.{name}", fact, "") for rule, fact in losses(target, constructs))
    work.missing = _PROOFS if chosen.keys() == dict(catalog.project.targets).keys() else work.missing
    return rendered


def _rendered(name: str, target: Target, catalog: Catalog, options: Options, keeper: Keeper | None) -> dict[str, str]:
    """The files of a target; costly ones are made only if what they are made from has changed."""
    if keeper is None or not isinstance(target, Costly):
        return render(name, target, catalog, options)
    keys = target.keys(catalog, options)
    texts = render(name, target, catalog, options, keeper.kept(keys))
    keeper.remember(keys, texts)
    return texts


def _plan(work: _Work, folder: Path, rendered: Rendered, *, keep_others: bool) -> Plan | None:
    """What is to be written; nothing if a target failed or loses what the project insists on."""
    if has_errors(work.settled()):
        return None
    try:
        return plan(folder, rendered, keep_others=keep_others)
    except UnsafePath as problem:
        work.blame(BROKEN_TARGET, problem.target, f"but {problem}", _TELL_THEM)
        return None


def _with_severity(diagnostic: Diagnostic, severities: Lookup[str, str]) -> Diagnostic | None:
    stated = severities.get(diagnostic.code)
    if stated is None or diagnostic.code.startswith("KS0"):
        return diagnostic
    return None if stated == "off" else replace(diagnostic, severity=Severity(stated))


@contextmanager
def _alone(root: Path, mode: Mode) -> Iterator[None]:
    """Nobody else writes meanwhile. In a project that cannot be written to, who only looks need not wait."""
    with ExitStack() as stack:
        try:
            stack.enter_context(exclusive(scratch(str(root), "lock")))
        except OSError:
            if mode == "write":
                raise
        yield

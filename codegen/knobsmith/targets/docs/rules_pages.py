"""Pages about the compiler itself: one for each law that specs are held to, one on what targets carry.

Laws are worded by us and may use Markdown. The pages are the same for every project, so they belong to the site of
the compiler and not to what a project generates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from knobsmith.diagnostics import Rule, Severity
from knobsmith.targets.base import CONSTRUCTS, FUNCTIONS, SEARCHES, Ending, Fidelity, OutputFile, Target, vocabulary
from knobsmith.targets.docs.markdown import block, code, link, text
from knobsmith.targets.docs.templating import render

_TABLES = {"What is valid": CONSTRUCTS, "What kernels are": FUNCTIONS, "Where tuners search": SEARCHES}
_MARKS = {Fidelity.EXACT: "✓", Fidelity.PARTIAL: "◐", Fidelity.DROPPED: "–"}
_SECTIONS = {
    "KS00": "Files and YAML",
    "KS01": "Keys and texts",
    "KS02": "Ranges, expressions, patterns",
    "KS03": "Names and types",
    "KS10": "Values and domains",
    "KS11": "Lists and tuning",
    "KS12": "Scales",
    "KS13": "Metrics",
    "KS14": "Examples",
    "KS15": "Kernels",
    "KS2": "Proofs",
    "KS3": "Advice",
    "KS4": "Targets",
    "KS5": "Jobs, before they are launched",
    "KS9": "Suppressions",
}


class Example(NamedTuple):
    """A spec that breaks a law, and the same one with the mistake undone; either may be missing."""

    bad: str | None
    good: str | None


class _Sample(NamedTuple):
    title: str
    block: str


class _RulePage(NamedTuple):
    code: str
    law: str
    severity: str
    suppression: str
    why: str
    examples: tuple[_Sample, ...]


class _Section(NamedTuple):
    title: str
    rows: tuple[tuple[str, ...], ...]


class _Table(NamedTuple):
    about: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class _Losses(NamedTuple):
    title: str
    losses: tuple[tuple[str, ...], ...]


def rules_pages(rules: Iterable[Rule], examples: Mapping[str, Example] | None = None) -> list[OutputFile]:
    """An index of laws and a page for each.

    Args:
        rules: The laws, one for each code.
        examples: By code, specs that show the law broken and kept.
    """
    listed = sorted(rules, key=lambda rule: rule.code)
    known = examples or {}
    pages = [_rule_file(rule, known.get(rule.code, Example(None, None))) for rule in listed]
    index = render("rules.md.j2", "the compiler's laws", sections=_sections(listed))
    return [OutputFile("docs/rules/index.md", index), *pages]


def fidelity_page(targets: Sequence[Target]) -> OutputFile:
    """Tables of constructs and targets, with what is lost: what is valid, where tuners search, what kernels are."""
    ordered = sorted(targets, key=lambda target: target.name)
    losses = [_Losses(code(target.name), tuple(_losses(target))) for target in ordered]
    page = render(
        "fidelity.md.j2",
        "the targets",
        tables=[_fidelity_table(about, known, ordered) for about, known in _TABLES.items()],
        ends=[row for target in ordered if isinstance(target, Ending) for row in _ends(target.name, target.ends)],
        targets=[target for target in losses if target.losses],
    )
    return OutputFile("docs/targets.md", page)


def _fidelity_table(about: str, constructs: Mapping[str, str], targets: Sequence[Target]) -> _Table:
    columns = [target for target in targets if vocabulary(target) is constructs]
    rows = tuple(_fidelity_row(construct, about, columns) for construct, about in constructs.items())
    return _Table(about, tuple(code(target.name) for target in columns), rows)


def _rule_file(rule: Rule, example: Example) -> OutputFile:
    titles = ("Refused", "Accepted") if rule.severity is Severity.ERROR else ("Reported", "Not reported")
    samples = zip(titles, example, strict=True)
    page = _RulePage(
        rule.code,
        rule.law,
        rule.severity.value,
        "no" if rule.code.startswith(("KS0", "KS5", "KS9")) else f"with `# knobsmith: ignore {rule.code} (reason)`",
        rule.why,
        tuple(_Sample(title, block(spec, "yaml")) for title, spec in samples if spec is not None),
    )
    return OutputFile(f"docs/rules/{rule.code}.md", render("rule.md.j2", "the compiler's laws", rule=page))


def _sections(rules: list[Rule]) -> list[_Section]:
    found = []
    for prefix, title in _SECTIONS.items():
        rows = tuple(_index_row(rule) for rule in rules if rule.code.startswith(prefix))
        if rows:
            found.append(_Section(title, rows))
    return found


def _index_row(rule: Rule) -> tuple[str, ...]:
    return link(rule.code, f"{rule.code}.md"), _capitalised(rule.law), rule.severity.value


def _fidelity_row(construct: str, about: str, targets: Sequence[Target]) -> tuple[str, ...]:
    return (_capitalised(about), *(_MARKS[target.fidelity[construct].fidelity] for target in targets))


def _ends(target: str, ends: Mapping[str, tuple[bool, bool]]) -> Iterator[tuple[str, ...]]:
    """A row for each kind of range; the first names the target."""
    for index, (kind, drawn) in enumerate(ends.items()):
        marks = ("drawn" if is_drawn else "left out" for is_drawn in drawn)
        yield ("" if index else code(target), text(_capitalised(kind)), *marks)


def _losses(target: Target) -> Iterable[tuple[str, ...]]:
    for construct, about in vocabulary(target).items():
        carried = target.fidelity[construct]
        if carried.fidelity is not Fidelity.EXACT:
            yield _capitalised(about), carried.fidelity.value, text(carried.note)


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

"""The results as a page of tables: what was claimed, what was measured, and whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.measuring import Summary, mebibytes, milliseconds

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure beside its target. ``met`` is None where there is no target, or nothing to compare with."""

    figure: str
    target: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """In words."""
        return {True: "met", False: "**not met**", None: "-"}[self.met]


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one benchmark."""

    title: str
    about: str
    claims: list[Claim]
    head: Row
    rows: Sequence[Row]
    notes: list[str] = field(default_factory=list)


def at_most(figure: str, value: float, limit: float, unit: str = "x") -> Claim:
    """A claim that a value does not exceed a limit."""
    return Claim(figure, f"at most {limit:g}{unit}", f"{value:.2f}{unit}", value <= limit)


def at_least(figure: str, value: float, limit: float, unit: str = "x") -> Claim:
    """A claim that a value reaches a limit."""
    digits = 2 if value < 2 else 1  # where one more tells whether it is met
    return Claim(figure, f"at least {limit:g}{unit}", f"{value:.{digits}f}{unit}", value >= limit)


def unmeasured(figure: str, target: str, why: str) -> Claim:
    """A claim whose peer is missing."""
    return Claim(figure, target, why, None)


def time_row(name: str, summary: Summary, base: Summary | None = None, *more: str) -> Row:
    """A row of times: name, median, least, spread, and how many times the base it is."""
    relative = "" if base is None else f"{summary.median / base.median:.2f}"
    spread = f"{summary.spread:.0%}"
    return [name, milliseconds(summary.median), milliseconds(summary.least), spread, relative, *more]


def memory_cell(count: int) -> str:
    """A cell with a peak of memory."""
    return mebibytes(count)


def table(head: Row, rows: Sequence[Row]) -> str:
    """A Markdown table; all columns but the first are aligned to the right if they hold numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in (head, rule, *rows))


def page(header: Sequence[str], method: str, sections: Sequence[Section]) -> str:
    """The whole page, ending with a line end."""
    lines = ["# Benchmarks", "", method, "", *(f"- {line}" for line in header), "", "## Claims", ""]
    claims = [[claim.figure, claim.target, claim.measured, claim.verdict] for s in sections for claim in s.claims]
    lines.append(table(["figure", "target", "measured", "verdict"], claims))
    for section in sections:
        lines += ["", f"## {section.title}", "", section.about, "", table(section.head, section.rows)]
        lines += ["", *(f"- {note}" for note in section.notes)] if section.notes else []
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

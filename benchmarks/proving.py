"""How long the proofs of ``knobsmith check`` take. There is no peer: the figures inform."""

import re

from benchmarks.measuring import KNOBSMITH, PYTHON, Command, in_turns, milliseconds, output_of, peak_memory
from benchmarks.projects import as_code, copy_of_ours
from benchmarks.report import Claim, Section, memory_cell, time_row
from benchmarks.settings import Settings

_WITH = "`knobsmith check`"
_WITHOUT = "`knobsmith check --no-proofs`"
_CHECK = as_code("check")


def measure(settings: Settings) -> Section:
    """Time checks with and without proofs, and count the proofs."""
    with copy_of_ours() as project:
        checked = Command([KNOBSMITH, "check"], project)
        unproved = Command([KNOBSMITH, "check", "--no-proofs"], project)
        tally = tallied(output_of(checked))
        times = in_turns({_WITH: checked, _WITHOUT: unproved}, max(3, settings.rounds // 2))
        memory = memory_cell(peak_memory(PYTHON, [_CHECK], checked))
    spent = times[_WITH].median - times[_WITHOUT].median
    count = sum(tally.values())
    counted = ", ".join(f"{number} {status}" for status, number in tally.items())
    return Section(
        "Proving",
        "The three specs. What the proofs cost is the difference of the two, the loading of the solver included.",
        [Claim(f"proofs of the three specs ({counted})", "-", f"{milliseconds(spent)}, {count / spent:.0f}/s", None)],
        ["process", "median", "least", "spread", "x without proofs", "peak memory"],
        [
            time_row(_WITH, times[_WITH], times[_WITHOUT], memory),
            time_row(_WITHOUT, times[_WITHOUT], times[_WITHOUT], ""),
        ],
    )


def tallied(output: str) -> dict[str, int]:
    """The proofs by their outcome, from what the command prints."""
    found = re.findall(r"(\d+) (proven|refuted|unknown)", output)
    return {status: int(number) for number, status in found}

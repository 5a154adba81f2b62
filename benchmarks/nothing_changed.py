"""``knobsmith generate`` again when nothing changed, beside a process that does nothing."""

from benchmarks.measuring import KNOBSMITH, PYTHON, Command, in_turns, output_of, peak_memory, ratio
from benchmarks.projects import GENERATE, as_code, copy_of_ours
from benchmarks.report import Section, at_most, memory_cell, time_row
from benchmarks.settings import Settings

_AGAIN = "`knobsmith generate`, nothing changed"
_CHECK = "`knobsmith generate --check`, nothing changed"
_PASS = "`python -c pass`"
_GENERATE = as_code("generate")


def measure(settings: Settings) -> Section:
    """Time a run that has nothing to do."""
    with copy_of_ours() as project, copy_of_ours() as checked:
        output_of(Command(GENERATE, project))
        output_of(Command(GENERATE, checked))
        check = Command([KNOBSMITH, "generate", "--check"], checked)
        output_of(check)
        commands = {_AGAIN: Command(GENERATE, project), _CHECK: check, _PASS: Command([PYTHON, "-c", "pass"])}
        times = in_turns(commands, 2 * settings.rounds)
        memory = {
            _AGAIN: memory_cell(peak_memory(PYTHON, [_GENERATE], Command([], project))),
            _PASS: memory_cell(peak_memory(PYTHON, ["pass"], Command([]))),
        }
    return Section(
        "Generating when nothing changed",
        "The last run's inputs and outputs are as they were; all of them are looked at, and its output is repeated.",
        [at_most("generate, nothing changed: times `python -c pass`", ratio(times[_AGAIN], times[_PASS]), 4)],
        ["process", "median", "least", "spread", "x `pass`", "peak memory"],
        [time_row(name, times[name], times[_PASS], memory.get(name, "")) for name in times],
    )

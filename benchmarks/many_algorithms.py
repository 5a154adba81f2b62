"""Whether the costs of ``generate`` grow in proportion to the number of algorithms."""

from contextlib import ExitStack
from itertools import pairwise

from benchmarks.measuring import PYTHON, in_turns, mebibytes, milliseconds, peak_memory
from benchmarks.projects import as_code, from_nothing, of_size
from benchmarks.report import Section, at_most, memory_cell
from benchmarks.settings import Settings

_SIZES = (3, 10, 50, 100)
_QUICK_SIZES = (3, 6, 9)
_GENERATE = as_code("generate")


def measure(settings: Settings) -> Section:
    """Time projects of several sizes."""
    sizes = _QUICK_SIZES if settings.quick else _SIZES
    with ExitStack() as stack:
        projects = {size: stack.enter_context(of_size(size)) for size in sizes}
        commands = {str(size): from_nothing(project) for size, project in projects.items()}
        times = in_turns(commands, max(3, settings.rounds // 3))
        memory = {size: peak_memory(PYTHON, [_GENERATE], from_nothing(projects[size])) for size in sizes}
    seconds = {size: times[str(size)].median for size in sizes}
    more = {b: (seconds[b] - seconds[a]) / (b - a) for a, b in pairwise(sizes)}
    rows = [
        [
            str(size),
            milliseconds(seconds[size]),
            f"{times[str(size)].spread:.0%}",
            milliseconds(seconds[size] / size),
            milliseconds(more[size]) if size in more else "",
            memory_cell(memory[size]),
        ]
        for size in sizes
    ]
    first, *_, last = more.values()
    growth = f"each further algorithm between {sizes[-2]} and {sizes[-1]}: times one between {sizes[0]} and {sizes[1]}"
    held = (memory[sizes[-1]] - memory[sizes[0]]) / (sizes[-1] - sizes[0])
    return Section(
        "Many algorithms",
        "Projects made of our three specs and copies of them under other names; nothing generated yet.",
        [at_most(growth, last / first, 1.25)],
        ["algorithms", "median", "spread", "an algorithm", "each further", "peak memory"],
        rows,
        [f"Memory grows by {mebibytes(held * 10)} for ten more algorithms."],
    )

"""Measures every claim about speed and memory and writes the table of results.

``python benchmarks/run.py [--quick] [--only NAME]... [--output FILE]``. With ``--quick`` or ``--only`` the results are
printed and not written, unless a file is named.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from benchmarks import (  # noqa: E402
    client_import,
    client_validation,
    cold_generation,
    cpp_client,
    detection_kernels,
    image_kernels,
    many_algorithms,
    many_configurations,
    nothing_changed,
    preflight,
    proving,
    sampling,
    training_kernels,
    typescript_client,
)
from benchmarks.environment import header, peers  # noqa: E402
from benchmarks.measuring import Command, output_of, say  # noqa: E402
from benchmarks.projects import GENERATE, copy_of_ours  # noqa: E402
from benchmarks.report import Section, page  # noqa: E402
from benchmarks.settings import Settings  # noqa: E402

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
METHOD = (
    "Written by `make bench`. Whatever is compared ran in turns in the same run. Figures are medians; the spread is "
    "the range of the middle half of the runs, as a share of the median. Times are of the processor, from the start "
    "of a process to its end: all of them do one thing after the other, so on an idle machine it is what one waits."
)
BENCHMARKS: dict[str, Callable[[Settings], Section]] = {
    "cold": cold_generation.measure,
    "unchanged": nothing_changed.measure,
    "many": many_algorithms.measure,
    "validation": client_validation.measure,
    "bulk": many_configurations.measure,
    "import": client_import.measure,
    "typescript": typescript_client.measure,
    "cpp": cpp_client.measure,
    "preflight": preflight.measure,
    "proofs": proving.measure,
    "sampling": sampling.measure,
    "kernels": training_kernels.measure,
    "detection": detection_kernels.measure,
    "images": image_kernels.measure,
}


def main() -> int:
    """Measure what is asked for; returns 0 whether or not the claims are met, because machines differ."""
    options = _options()
    found = peers(install=not options.quick)
    if found.missing:
        say(f"peers: {found.missing}")
    sections = []
    with copy_of_ours() as project:
        output_of(Command(GENERATE, project))
        settings = Settings(3 if options.quick else 15, options.quick, found, project / "generated")
        for name in options.only or BENCHMARKS:
            say(f"measuring: {name}")
            sections.append(BENCHMARKS[name](settings))
    text = page(header(found), METHOD, sections)
    output = options.output or (None if options.quick or options.only else RESULTS)
    if output is not None:
        output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="few rounds, and no installation of peers")
    parser.add_argument(
        "--only", action="append", choices=BENCHMARKS, metavar="NAME", help=f"of {', '.join(BENCHMARKS)}"
    )
    parser.add_argument("--output", type=Path, help="where to write the results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

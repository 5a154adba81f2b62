"""Distributions that bring targets of their own."""

from collections.abc import Mapping
from pathlib import Path

HEAD = "from knobsmith.targets.base import OutputFile, carried, dropped, partial\n"

GREETER = (
    HEAD
    + '''

class Greeter:
    """One line for each algorithm."""

    name = "greeter"
    fidelity = carried(tuning=dropped("a greeting has no range"), rules=partial("their names only"))

    def render(self, catalog, options):
        for algorithm in catalog.algorithms:
            yield OutputFile(f"greeter/{algorithm.name}.txt", f"{options.get('greeting', 'Hello')}, {algorithm.title}!\\n")
'''
)

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"


def distribution(folder: Path, name: str, modules: Mapping[str, str], targets: Mapping[str, str]) -> None:
    """What an installer leaves of a distribution in a folder: its modules, and the entry points of its targets."""
    folder.mkdir(parents=True, exist_ok=True)
    for module, text in modules.items():
        (folder / f"{module}.py").write_text(text, encoding="utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(METADATA.format(name=name), encoding="utf-8")
    lines = [f"{target} = {place}\n" for target, place in targets.items()]
    (about / "entry_points.txt").write_text(f"[knobsmith.targets]\n{''.join(lines)}", encoding="utf-8")

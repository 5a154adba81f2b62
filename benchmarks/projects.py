"""Projects to generate from: copies of ours in a temporary folder, and larger ones made of it."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, cycle, islice
from pathlib import Path

from benchmarks.measuring import KNOBSMITH, ROOT, Command

GENERATE = (KNOBSMITH, "generate")


def as_code(command: str) -> str:
    """A command as code that returns: what its script does, but for its sudden end."""
    start = f"import gc, sys; gc.disable(); sys.argv = ['knobsmith', '{command}']"
    return f"{start}; from knobsmith.__main__ import main; main()"


# What others generate, too: classes, schemas, pages, and the model itself.
USUAL_TARGETS = ("python", "jsonschema", "docs", "catalog")


@contextmanager
def copy_of_ours(targets: Sequence[str] | None = None) -> Iterator[Path]:
    """A copy of our specs, with nothing generated yet, for some targets or for all."""
    with tempfile.TemporaryDirectory(prefix="knobsmith-bench-") as folder:
        project = Path(folder, "project")
        shutil.copytree(ROOT / "spec", project / "spec")
        if targets is not None:
            file = project / "spec" / "knobsmith.yaml"
            listed = "".join(f"  {target}: {{}}\n" for target in targets)
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"(?m)^targets:\n(  .*\n)+", f"targets:\n{listed}", text), encoding="utf-8")
        yield project


@contextmanager
def of_size(algorithms: int) -> Iterator[Path]:
    """A project of so many algorithms: ours, and copies of them under other names."""
    with copy_of_ours(USUAL_TARGETS) as project:
        folder = project / "spec" / "algorithms"
        for path, text in islice(_copies(sorted(folder.glob("*.yaml"))), algorithms):
            path.write_text(text, encoding="utf-8")
        yield project


def forget(project: Path) -> None:
    """Leave the specs alone: no generated files, no memory of earlier runs."""
    shutil.rmtree(project / "generated", ignore_errors=True)
    shutil.rmtree(project / ".knobsmith", ignore_errors=True)


def from_nothing(project: Path) -> Command:
    """``knobsmith generate`` in a fresh clone."""
    return Command(GENERATE, project, prepare=lambda: forget(project))


def after_an_edit(project: Path) -> Command:
    """``knobsmith generate`` when all was fresh and the title of one algorithm is changed."""
    return Command(GENERATE, project, prepare=_editor(project / "spec" / "algorithms" / "image-classification.yaml"))


def _editor(spec: Path) -> Callable[[], None]:
    numbers, text = count(1), spec.read_text(encoding="utf-8")

    def edit() -> None:
        changed = re.sub(r"^(title: .*)$", rf"\1 {next(numbers)}", text, count=1, flags=re.MULTILINE)
        spec.write_text(changed, encoding="utf-8")

    return edit


def _copies(specs: list[Path]) -> Iterator[tuple[Path, str]]:
    """The specs themselves, then one copy after the other, without end."""
    for number, spec in enumerate(cycle(specs)):
        text = spec.read_text(encoding="utf-8")
        if number < len(specs):
            yield spec, text
        else:
            name = f"{spec.stem}-{number}"
            yield spec.with_name(f"{name}.yaml"), text.replace(f"algorithm: {spec.stem}\n", f"algorithm: {name}\n", 1)

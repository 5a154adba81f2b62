"""What the tutorial and the README show is what one sees."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def shell(command: str, folder: Path) -> tuple[Path, str]:
    """Run a line; the folder afterwards, and all that was printed."""
    if command.startswith("cd "):
        return folder / command.removeprefix("cd "), ""
    paths = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return folder, done.stdout


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console with what they print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def edit(title: str, text: str, folder: Path) -> None:
    """Write a file, or change the line that the title names."""
    path, _, line = title.partition(", line ")
    file = folder / path
    if not line:
        file.write_text(text, encoding="utf-8")
        return
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[int(line) - 1] = text
    file.write_text("".join(lines), encoding="utf-8")


def test_the_tutorial(tmp_path: Path) -> None:
    folder = tmp_path
    seen = 0
    for kind, title, block in FENCE.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")):
        if kind == "console":
            for command, printed in commands(block):
                folder, found = shell(command, folder)
                assert sorted(found.splitlines()) == sorted(printed.splitlines()), command
                seen += 1
        elif title:
            edit(title, block, folder)
        elif kind == "python":
            check_python(block, folder)
    assert seen >= 7


def check_python(block: str, folder: Path) -> None:
    """What stands behind a statement, in a comment, is what it gives."""
    space: dict[str, object] = {}
    sys.path.insert(0, str(folder / "generated" / "python"))
    try:
        for line in block.splitlines():
            statement, _, comment = line.partition("  # ")
            if comment:
                shown = comment.partition(", the default")[0]
                value = eval(statement, space)
                assert shown in (repr(value), str(value), f"{type(value).__name__}.{getattr(value, 'name', '')}")
            else:
                exec(statement, space)
    finally:
        sys.path.pop(0)


def test_the_first_screen_of_the_readme(tmp_path: Path) -> None:
    """Its first console shows the project of the tutorial before the mistake is mended, its second one ours."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second = [block for kind, _, block in FENCE.findall(readme) if kind == "console"]
    (example,) = [
        t
        for _, title, t in FENCE.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))
        if title == "spec/algorithms/digits.yaml"
    ]
    shell(f"knobsmith init {shlex.quote(str(tmp_path / 'knobs'))}", tmp_path)
    edit("spec/algorithms/digits.yaml", example, tmp_path / "knobs")
    for block, folder in ((first, tmp_path / "knobs"), (second, ROOT)):
        for command, printed in commands(block):
            assert sorted(shell(command, folder)[1].splitlines()) == sorted(printed.splitlines())


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_there_is_something_to_see(page: str) -> None:
    assert FENCE.findall((ROOT / page).read_text(encoding="utf-8"))

"""What the tutorial and the README show is what one sees."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from knobsmith.pipeline import compile_project

ROOT = Path(__file__).parent.parent
_ERROR = re.compile(r"# [A-Za-z]+Error: ")
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


def follow(page: str, folder: Path) -> list[str]:
    """Do what a page says, from its first line to its last, in a folder where there is nothing yet."""
    done: list[str] = []
    space: dict[str, object] = {}
    for kind, title, block in FENCE.findall((ROOT / page).read_text(encoding="utf-8")):
        if kind == "console":
            for command, printed in commands(block):
                folder, found = shell(command, folder)
                assert sorted(found.splitlines()) == sorted(printed.splitlines()), command
                done.append(command)
        elif title:
            edit(title, block, folder)
        elif kind == "python":
            check_python(block, folder, space)
            done.append("python")
    return done


def check_python(block: str, folder: Path, space: dict[str, object]) -> None:
    """What stands behind a statement, in a comment, is what it gives; an error stands on the line below."""
    sys.path.insert(0, str(folder / "generated" / "python"))
    lines = block.splitlines()
    try:
        for line, below in pairwise([*lines, ""]):
            statement, _, comment = line.partition("  # ")
            if _ERROR.match(below):
                check_error(statement, below.removeprefix("# "), space)
            elif comment:
                value = eval(statement, space)
                shown = (repr(value), str(value), f"{type(value).__name__}.{getattr(value, 'name', '')}")
                assert comment.startswith(shown), statement
            else:
                exec(statement, space)
    finally:
        sys.path.pop(0)
        for name, module in list(sys.modules.items()):
            if (getattr(module, "__file__", None) or "").startswith(str(folder)):
                del sys.modules[name]


def check_error(statement: str, shown: str, space: dict[str, object]) -> None:
    """A statement raises what is shown: the name of the error, and a line of what it says."""
    name, _, message = shown.partition(": ")
    try:
        exec(statement, space)
    except Exception as problem:
        assert type(problem).__name__ == name and message in str(problem), problem
    else:
        raise AssertionError(f"{statement} raises nothing")


@pytest.mark.parametrize(
    ("page", "count"), [("docs/tutorial.md", 7), ("README.md", 8), ("docs/how-to/use-the-python-client.md", 4)]
)
def test_a_page_can_be_followed(page: str, count: int, tmp_path: Path) -> None:
    assert len(follow(page, tmp_path)) >= count


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("2 algorithms, 7 hyperparameters: 1 error", "2 algorithms, 8 hyperparameters: 1 error"),
        ("# 0.9, and settings", "# 0.8, and settings"),
        ("# ValidationError: `momentum` must be in (0, 1]", "# ValidationError: `momentum` must be in [0, 1]"),
    ],
)
def test_a_page_that_shows_something_else_is_found_out(right: str, wrong: str, tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / "page.md").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(AssertionError):
        follow(str(tmp_path / "page.md"), tmp_path)


@pytest.mark.parametrize("page", ["README.md", "docs/tutorial.md"])
def test_there_is_something_to_see(page: str) -> None:
    assert FENCE.findall((ROOT / page).read_text(encoding="utf-8"))


def test_the_readme_counts_the_specs_of_now() -> None:
    compiled = compile_project(ROOT)
    assert compiled.catalog is not None and len(compiled.catalog.algorithms) == 3
    count = compiled.described.partition(", ")[2]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`make` resolves {count} and proves" in readme and "three vision algorithms" in readme

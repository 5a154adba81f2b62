"""The tutorial does what it says: its commands are run, its files written, its outputs compared."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TUTORIAL = Path(__file__).parents[3] / "docs" / "tutorial.md"
_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.DOTALL | re.MULTILINE
)


def blocks() -> Iterator[tuple[str, str, str]]:
    for found in _BLOCK.finditer(TUTORIAL.read_text(encoding="utf-8")):
        yield found["language"], found["title"] or "", found["body"]


def commands(session: str) -> Iterator[tuple[str, str]]:
    """The commands of a session with what each prints."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def run(command: str, folder: Path) -> str:
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout + done.stderr


def edit(path: Path, title: str, text: str) -> None:
    """Write a file, or the one line of it that the title names."""
    file, _, place = title.partition(", line ")
    if not place:
        (path / file).write_text(text, encoding="utf-8")
        return
    lines = (path / file).read_text(encoding="utf-8").splitlines(keepends=True)
    lines[int(place) - 1] = text
    (path / file).write_text("".join(lines), encoding="utf-8")


def test_the_tutorial_works_as_it_is_written(tmp_path: Path) -> None:
    folder = tmp_path
    for language, title, body in blocks():
        if title:
            edit(folder, title, body)
        for command, output in commands(body) if language == "console" else ():
            if command.startswith("cd "):
                folder = folder / command.removeprefix("cd ")
                continue
            assert _comparable(run(command, folder)) == _comparable(output), command


def test_the_python_of_the_tutorial_works(tmp_path: Path) -> None:
    python = next(body for language, _, body in blocks() if language == "python")
    spec = next(body for _, title, body in blocks() if title.endswith("digits.yaml"))
    run("knobsmith init knobs", tmp_path)
    edit(tmp_path / "knobs", "spec/algorithms/digits.yaml", spec.replace('"[0, 0.999]"', '"(0, 0.999]"'))
    run("knobsmith generate", tmp_path / "knobs")
    shown = [line.partition("  # ") for line in python.splitlines() if "  # " in line]
    script = python + "".join(f"print(repr({code}))\n" for code, _, _ in shown)
    (tmp_path / "knobs" / "generated" / "python" / "session.py").write_text(script, encoding="utf-8")
    printed = run(f"{sys.executable} session.py", tmp_path / "knobs" / "generated" / "python").splitlines()
    for line, (_, _, comment) in zip(printed, shown, strict=True):
        assert comment.split(",")[0].replace('"', "'") in line.replace("<Optimizer.SGD: 'sgd'>", "Optimizer.SGD")


def _comparable(output: str) -> list[str]:
    """The lines of an output; how many files are new is not worth a failing test."""
    return [
        re.sub(r"\d+ (new|proven)", r"N \1", line.rstrip())
        for line in output.splitlines()
        if "notes, shown" not in line
    ]

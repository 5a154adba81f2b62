"""The standard streams, however they are set up, and errors of our own: never a traceback."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from knobsmith import streams
from knobsmith.streams import guarded, printable

from tests.support.command import KNOBSMITH, spawn
from tests.support.sample import break_default, edit

SHELL = f"{sys.executable} -m knobsmith"


def shell(command: str, cwd: Path, env: dict[str, str] | None = None) -> tuple[int, bytes, bytes]:
    """Run a line of bash; the exit code is that of its first command that fails."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=cwd,
        env={**os.environ, "PYTHONUNBUFFERED": "", **(env or {})},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_reader_that_goes_away_during_verdicts_is_no_error_of_ours(project: Path) -> None:
    code, out, err = shell(f"yes '{{}}' | {SHELL} validate tiny --jsonl | head -n 3 | wc -l", project)
    assert (code, out.strip(), err) == (141, b"3", b"")


def test_nobody_reading_short_output_keeps_the_exit_code(project: Path) -> None:
    break_default(project)
    assert shell(f"{SHELL} check --no-proofs 2> err | sleep 0", project) == (1, b"", b"")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_swallow_what_is_written(closed: str, project: Path) -> None:
    break_default(project)
    code, out, err = shell(f"{SHELL} check {closed}", project)
    assert code == 1
    assert b"Traceback" not in err + out
    assert shell(f"{SHELL} generate --check {closed}", project)[0] == 1


def test_closed_input_is_one_line(project: Path) -> None:
    code, out, err = shell(f"{SHELL} validate tiny <&-", project)
    assert (code, out) == (2, b"")
    assert err == b"knobsmith: there is no standard input; name a file\n"


def test_a_full_disk_is_one_line(project: Path) -> None:
    code, _, err = shell(f"{SHELL} rules > /dev/full", project)
    assert (code, err) == (1, b"knobsmith: the system: No space left on device\n")


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX"}], ids=str
)
def test_output_is_utf_8_in_every_locale(env: dict[str, str], project: Path) -> None:
    edit(project, "title: Tiny", "title: Tîny 线")
    code, out, err = spawn("explain", "tiny", cwd=project, env=env)
    assert (code, err) == (0, "")
    assert out.startswith("Tîny 线 (tiny)\n")


def test_arguments_that_are_no_text_are_shown_escaped(project: Path) -> None:
    done = subprocess.run([*KNOBSMITH, "explain", b"t\xffny"], cwd=project, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"no algorithm `t\\udcffny`" in done.stderr


def test_an_interrupt_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(arguments: list[str]) -> int:
        raise KeyboardInterrupt

    assert guarded(interrupted, []) == 130
    assert capsys.readouterr() == ("", "knobsmith: interrupted\n")


@pytest.mark.parametrize(
    "problem", [ValueError("no\nway"), RecursionError(), MemoryError(), AssertionError("x")], ids=repr
)
def test_an_error_of_our_own_is_one_line(problem: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    def failing(arguments: list[str]) -> int:
        raise problem

    assert guarded(failing, []) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"knobsmith: an error of its own, please report it: {type(problem).__name__}")
    assert err.count("\n") == 1


def test_maintainers_may_ask_for_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(arguments: list[str]) -> int:
        raise ValueError("no way")

    monkeypatch.setenv("KNOBSMITH_TRACEBACK", "1")
    with pytest.raises(ValueError, match="no way"):
        guarded(failing, [])


def test_an_error_of_the_system_names_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    def failing(arguments: list[str]) -> int:
        raise PermissionError(13, "Permission denied", "generated/x")

    assert guarded(failing, []) == 1
    assert capsys.readouterr().err == "knobsmith: generated/x: Permission denied\n"


def test_verdicts_come_line_by_line_to_whoever_waits_for_each(project: Path) -> None:
    with subprocess.Popen(
        [*KNOBSMITH, "validate", "tiny", "--jsonl"], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stop = threading.Timer(30, process.kill)  # a deadlock fails the test instead of the whole run
        stop.start()
        for _ in range(3):
            process.stdin.write(b'{"epochs": 5}\n')
            process.stdin.flush()
            assert process.stdout.readline().startswith(b'{"algorithm": "tiny", "valid": true')
        process.stdin.close()
        assert process.wait() == 0
        stop.cancel()


def test_only_what_steers_is_escaped() -> None:
    assert printable("é 线\u00a0\u3000\u202f!") == "é 线\u00a0\u3000\u202f!"
    assert printable("\x1b\x07\r\n\u2028\u202e\ud800") == "\\x1b\\x07\\r\\n\\u2028\\u202e\\ud800"


def test_a_start_imports_nothing_heavy() -> None:
    heavy = {"argparse", "json", "typing", "hashlib", "pathlib", "pydantic", "jinja2", "ruamel", "dataclasses"}
    code = "import sys; before = set(sys.modules); import knobsmith.__main__; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())
    assert streams.__name__ in done.stdout.split()

"""Files that are no specs: one clear diagnostic each, soon, and in little memory."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from knobsmith.diagnostics import Diagnostic
from knobsmith.load import load_file

LOLS = "\n".join(["a0: &a0 [lol]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])
DEEP_BLOCK = "\n".join(f"{' ' * depth}a:" for depth in range(300))

BAD: dict[str, tuple[bytes, str, tuple[int, int], str]] = {
    "tab": (b"knobsmith: 1\n\talgorithm: x\n", "KS004", (2, 1), "spaces"),
    "utf-16": ("knobsmith: 1\n".encode("utf-16"), "KS002", (1, 1), "UTF-8"),
    "utf-16 without a mark": ("knobsmith: 1\n".encode("utf-16-le"), "KS002", (1, 1), "UTF-8"),
    "latin-1": ("title: Modèle\n".encode("latin-1"), "KS002", (1, 11), "UTF-8"),
    "latin-1 further down": ("a: é\nb: ".encode() + b"\xe9t\xe9\n", "KS002", (2, 4), "UTF-8"),
    "nul": (b"knobsmith: 1\ndoc: a\0b\n", "KS002", (2, 7), "remove"),
    "bell": (b"doc: a\x07b\n", "KS002", (1, 7), "\\u0007"),
    "line separator": ("doc: a\u2028b\n".encode(), "KS002", (1, 7), "\\u2028"),
    "lone surrogate": (b"doc: \xed\xa0\x80\n", "KS002", (1, 6), "UTF-8"),
    "escaped surrogate": (b'doc: "\\ud800"\n', "KS004", (1, 9), "write the character itself"),
    "escaped surrogate in full": (b'doc: "a \\U0000DFFF"\n', "KS004", (1, 11), "write the character itself"),
    "escaped pair": (b'doc: "\\ud83d\\uDE00"\n', "KS004", (1, 9), "write `\U0001f600` itself, or `\\U0001F600`"),
    "escaped pair the wrong way round": (b'doc: "\\ude00\\ud83d"\n', "KS004", (1, 9), "write the character itself"),
    "an escape without digits": (b'doc: "\\uZZZZ"\n', "KS004", (1, 9), "single quotes"),
    "an escape beyond Unicode": (b'doc: "\\U00110000"\n', "KS004", (1, 9), "single quotes"),
    "empty": (b"", "KS006", (1, 1), "knobsmith: 1"),
    "comments only": (b"# nothing\n\n", "KS006", (1, 1), "knobsmith: 1"),
    "only a mark": (b"\xef\xbb\xbf", "KS006", (1, 1), "knobsmith: 1"),
    "a list": (b"- a\n", "KS006", (1, 1), "knobsmith: 1"),
    "a text": (b"hello\n", "KS006", (1, 1), "knobsmith: 1"),
    "two documents": (b"a: 1\n---\nb: 2\n", "KS006", (2, 1), "own"),
    "alias bomb": (LOLS.encode(), "KS007", (1, 5), "`use: FILE/NAME`"),
    "directive": (b"%YAML 1.1\n---\na: 1\n", "KS007", (1, 1), "remove"),
    "nested brackets": (b"a: " + b"[" * 10_000, "KS005", (1, 67), "flatten"),
    "nested braces": (b"{a: " * 10_000, "KS005", (1, 257), "flatten"),
    "nested dashes": (b"- " * 10_000 + b"a\n", "KS005", (1, 129), "flatten"),
    "nested blocks": (DEEP_BLOCK.encode(), "KS005", (65, 65), "flatten"),
    "too many values": (b"a: [" + b"1," * 150_000 + b"]\n", "KS003", (1, 200_003), "split"),
    "open bracket": (b"range: [1, inf)\ndoc: x\n", "KS004", (1, 8), '`range: "[1, inf)"`'),
    "range in braces": (b"a: {range: (0, 1], doc: x}\n", "KS004", (1, 17), "quotes"),
    "text after a quote": (b'when: "x" == a\n', "KS004", (1, 11), "quotes"),
    "leading bang": (b"used_when: !has(x) && y\n", "KS004", (1, 20), "quotes"),
    "a lone bang": (b"used_when: !has(x)\n", "KS007", (1, 12), "quotes"),
    "second colon": (b"doc: note: this\n", "KS004", (1, 10), "quote"),
    "composite key": (b"{side}_width: 1\n", "KS007", (1, 1), '`"{side}_width"`'),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", "KS008", (3, 1), "keep one"),
    "duplicate by text": (b'1: a\n"1": b\n', "KS008", (2, 1), "keep one"),
    "merge key": (b"a: 1\n<<: {b: 1}\n", "KS007", (2, 1), "`use: FILE/NAME`"),
    "open quote": (b'doc: "a\nb: 1\n', "KS004", (1, 6), "close it"),
    "unknown escape": (b'pattern: "\\d"\n', "KS004", (1, 11), "single quotes"),
    "indentation": (b"a:\n  b: 1\n c: 2\n", "KS004", (3, 2), "indentation"),
    "line without a colon": (b"a: 1\nb\nc: 2\n", "KS004", (2, 1), "key: value"),
    "block sign": (b"require: > 3\n", "KS004", (1, 10), "`>`"),
    "at sign": (b"doc: @x\n", "KS004", (1, 6), "quotes"),
}


def one_problem(root: Path, path: str) -> Diagnostic:
    started = time.process_time()
    loaded = load_file(root, path)
    # Processor time: what else the machine is doing must not decide.
    assert time.process_time() - started < 2
    assert len(loaded.diagnostics) == 1, [str(diagnostic) for diagnostic in loaded.diagnostics]
    return loaded.diagnostics[0]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gives_one_diagnostic_at_its_place(name: str, tmp_path: Path) -> None:
    content, code, place, advice = BAD[name]
    (tmp_path / "x.yaml").write_bytes(content)
    problem = one_problem(tmp_path, "x.yaml")
    assert (problem.code, (problem.span.line, problem.span.column)) == (code, place), str(problem)
    assert advice in problem.help


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    problem = one_problem(tmp_path, "x.yaml")
    assert (problem.code, problem.fact) == ("KS001", "this one is a directory")


def test_a_missing_file_is_reported_by_its_path(tmp_path: Path) -> None:
    problem = one_problem(tmp_path, "spec/none.yaml")
    assert str(problem).startswith("spec/none.yaml:1:1 error KS001: ")


@pytest.mark.parametrize("path", ["a\0b.yaml", "x" * 5000, "x.yaml/y.yaml"])
def test_a_path_that_leads_nowhere_is_reported(path: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").touch()
    assert one_problem(tmp_path, path).code == "KS001"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    assert one_problem(tmp_path, "x.yaml").fact == "this one is no regular file"


def test_a_circle_of_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").symlink_to("x.yaml")
    assert one_problem(tmp_path, "x.yaml").code == "KS001"


def test_a_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.yaml").touch(mode=0)

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The superuser may read everything, so the system is told what to say.
    monkeypatch.setattr(Path, "open", denied)
    assert one_problem(tmp_path, "x.yaml").fact == "permission is denied"


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "x.yaml").open("wb") as stream:
        stream.truncate(50 * 2**20)
    problem = one_problem(tmp_path, "x.yaml")
    assert (problem.code, problem.span.line) == ("KS003", 1)


def test_what_cannot_be_read_costs_little_memory(tmp_path: Path) -> None:
    (tmp_path / "large.yaml").write_bytes(b"a: 1\n" * 10 * 2**20)
    (tmp_path / "wide.yaml").write_bytes(b"[" + b"a," * 400_000 + b"]")
    (tmp_path / "tags.yaml").write_bytes(b"a: [" + b"!x ," * 90_000 + b"]")
    (tmp_path / "keys.yaml").write_bytes(b"a: 1\n" * 99_000)
    program = """
import sys
from pathlib import Path
from knobsmith.load import load_file
for name in ("large", "wide", "tags", "keys"):
    assert load_file(Path(sys.argv[1]), f"{name}.yaml").diagnostics
# What getrusage says includes the memory of the process that started this one.
status = Path('/proc/self/status').read_text()
print(status.split('VmHWM:')[1].split()[0])
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    used = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert int(used) < 300 * 1024

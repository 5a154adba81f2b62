"""Files that are no specs: a clear finding with a place, soon, in little memory, and generated/ as it was."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from knobsmith import pipeline
from knobsmith.diagnostics import Severity
from knobsmith.pipeline import compile_project, generate
from knobsmith.records import replace

from tests.support.command import Command
from tests.support.meter import Meter, in_child
from tests.support.sample import ALGORITHM, PROJECT, edit, make_sample, tree

TINY = "spec/algorithms/tiny.yaml"
MOST_SECONDS = 2.0
MOST_BYTES = 300 * 1024 * 1024


def text(content: str | bytes, file: str = TINY) -> Callable[[Path], None]:
    """Writes a whole file."""

    def write(project: Path) -> None:
        (project / file).parent.mkdir(exist_ok=True)
        (project / file).write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def replaced(before: str, after: str, file: str = TINY) -> Callable[[Path], None]:
    """Changes one place of a good file."""
    return lambda project: edit(project, before, after, file)


def directory(project: Path) -> None:
    (project / TINY).unlink()
    (project / TINY).mkdir()


def huge(project: Path) -> None:
    with (project / TINY).open("ab") as file:
        file.truncate(50 * 1024 * 1024)


def circle(project: Path) -> None:
    entry = "knobsmith: 1\nfragment: {}\nparameters:\n  a: {{use: {}/a, doc: One.}}\n"
    text(entry.format("one", "two"), "spec/fragments/one.yaml")(project)
    text(entry.format("two", "one"), "spec/fragments/two.yaml")(project)
    replaced("  name: {", "  a: {use: one/a}\n  name: {")(project)


def pipe(project: Path) -> None:
    (project / TINY).unlink()
    os.mkfifo(project / TINY)


BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
FLOWER = "knobsmith: 1\nalgorithm: tiny\ntitle: Tiny\ndoc: Fits.\nnotes: "


class Bad(NamedTuple):
    """How a project is spoilt, and the findings: each a place, its code and a part of its message."""

    spoil: Callable[[Path], None]
    findings: list[tuple[str, str, str]]


CASES = {
    "unknown key": Bad(replaced("default: 0.1", "defualt: 0.1"), [(f"{TINY}:10:41", "KS010", "`default`")]),
    "wrong type": Bad(replaced("default: 10", 'default: "10"'), [(f"{TINY}:12:55", "KS033", "")]),
    "wrong kind": Bad(replaced("title: Tiny", "title: [Tiny]"), [(f"{TINY}:3:8", "KS011", "a text is wanted")]),
    "duplicate key": Bad(replaced("default: 0.1", "default: 0.1, default: 1"), [(f"{TINY}:10:55", "KS008", "10:41")]),
    "tab": Bad(replaced("  rate:", "\trate:"), [(f"{TINY}:10:1", "KS004", "indent with spaces")]),
    "latin-1": Bad(text(ALGORITHM.replace("Fits", "F\u00eft").encode("latin-1")), [(f"{TINY}:4:7", "KS002", "0xEF")]),
    "utf-16": Bad(text(ALGORITHM.encode("utf-16")), [(f"{TINY}:1:1", "KS002", "UTF-16")]),
    "binary": Bad(text(bytes(range(256)) * 64), [(f"{TINY}:1:1", "KS002", "")]),
    "control character": Bad(replaced("Fits", "Fi\x07ts"), [(f"{TINY}:4:8", "KS002", "U+0007")]),
    "empty": Bad(text(""), [(f"{TINY}:1:1", "KS006", "this one is empty")]),
    "only a comment": Bad(text("# nothing\n"), [(f"{TINY}:1:1", "KS006", "this one is empty")]),
    "a directory": Bad(directory, [(f"{TINY}:1:1", "KS001", "this one is a directory")]),
    "a pipe": Bad(pipe, [(f"{TINY}:1:1", "KS001", "this one is no regular file")]),
    "missing fragment": Bad(
        replaced("{type: string, if_unset", "{use: nowhere/name, type: string, if_unset"),
        [(f"{TINY}:14:15", "KS017", "`nowhere/name`")],
    ),
    "include cycle": Bad(circle, [("", "KS018", "")]),
    "alias bomb": Bad(text(f"a0: &a0 [x]\n{BOMB}"), [(f"{TINY}:1:5", "KS007", "(90 more of these follow)")]),
    "50 MB": Bad(huge, [(f"{TINY}:1:1", "KS003", "at most 1 MiB")]),
    "10,000 lists": Bad(text(FLOWER + "[" * 10_000), [(f"{TINY}:5:71", "KS005", "at most 64 deep")]),
    "10,000 maps": Bad(text(FLOWER + "{a: " * 10_000), [(f"{TINY}:5:260", "KS005", "at most 64 deep")]),
    "10,000 dashes": Bad(text(FLOWER + "\n" + "- " * 10_000), [(f"{TINY}:6:127", "KS005", "at most 64 deep")]),
    "10,000 parentheses": Bad(
        replaced("epochs <= 50", f"{'(' * 10_000}1{')' * 10_000} > 0"), [(f"{TINY}:16:2025", "KS036", "2,000")]
    ),
    "1_000": Bad(replaced("default: 10", "default: 1_000"), [(f"{TINY}:12:55", "KS033", "`1_000`")]),
    "012": Bad(replaced("default: 10", "default: 012"), [(f"{TINY}:12:55", "KS033", "`012`")]),
    "a date": Bad(replaced("default: 10", "default: 2026-11-20"), [(f"{TINY}:12:55", "KS033", "`2026-11-20`")]),
    "0x1F": Bad(replaced("default: 10", "default: 0x1F"), [(f"{TINY}:12:55", "KS033", "`0x1F`")]),
    "yes": Bad(replaced("default: 10", "default: yes"), [(f"{TINY}:12:55", "KS033", "`yes`")]),
    "1e999": Bad(replaced("default: 0.1", "default: 1e999"), [(f"{TINY}:10:50", "KS033", "finite")]),
    "1e-999": Bad(replaced("default: 0.1", "default: 1e-999"), [(f"{TINY}:10:50", "KS101", "")]),
    "an integer of 10,000 digits": Bad(
        replaced("default: 10", f"default: {'9' * 10_000}"), [(f"{TINY}:12:55", "KS033", "")]
    ),
    "a comma in braces": Bad(
        replaced("doc: What the model is called.", "doc: Width, in pixels"),
        [(f"{TINY}:14:72", "KS010", 'needs quotes: `doc: "Width, in pixels"`')],
    ),
    "a tag": Bad(replaced("title: Tiny", "title: !!python/object:os.system Tiny"), [(f"{TINY}:3:8", "KS007", "")]),
    "two documents": Bad(replaced("rules:", "---\nrules:"), [(f"{TINY}:15:1", "KS006", "")]),
    "a list at the top": Bad(text("- 1\n"), [(f"{TINY}:1:1", "KS006", "this one holds a list")]),
    "no project": Bad(
        lambda project: (project / "spec/knobsmith.yaml").unlink(), [("spec/knobsmith.yaml:1:1", "KS001", "")]
    ),
    "a bad project": Bad(text("", "spec/knobsmith.yaml"), [("spec/knobsmith.yaml:1:1", "KS006", "this one is empty")]),
    "a bad fragment": Bad(text("\xff", "spec/fragments/x.yaml"), [("spec/fragments/x.yaml:1:1", "KS006", "")]),
}


@pytest.fixture(scope="module")
def meter() -> Iterator[Meter]:
    with Meter() as meter:
        yield meter


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_a_clear_finding_soon_in_little_memory(
    case: str, run: Command, project: Path, meter: Meter
) -> None:
    run("generate")
    before = tree(project / "generated")
    CASES[case].spoil(project)
    # `--project`, because without a project file none would be found.
    (code, out, err), seconds, held = meter.measure(["generate", "--project", "."], project)
    found = [line for line in out.splitlines() if line.startswith("spec/")]
    assert (code, err) == (1, f"{len(found)} error{'s' * (len(found) > 1)}; generated/ is untouched\n")
    assert len(found) == len(CASES[case].findings), out[:2_000]
    for line, (place, id, part) in zip(found, CASES[case].findings, strict=True):
        assert line.startswith(place)
        assert f" error {id}" in line
        assert part in line
        assert len(line) < 600
    assert tree(project / "generated") == before
    assert seconds < MOST_SECONDS
    assert held < MOST_BYTES


@pytest.mark.parametrize("case", ["alias bomb", "50 MB", "10,000 lists", "10,000 parentheses"])
def test_the_worst_cost_no_more_in_a_process_of_their_own(case: str, project: Path, meter: Meter) -> None:
    CASES[case].spoil(project)
    (code, _, _), seconds, held = meter.measure(["generate"], project, is_fresh=True)
    assert code == 1
    assert seconds < MOST_SECONDS
    assert held < MOST_BYTES


def test_time_and_memory_are_measured() -> None:
    def greedy() -> int:
        held = bytearray(400_000_000)
        return sum(range(3_000_000)) * 0 + len(held) * 0

    cost = in_child(greedy)
    assert cost.done.code == 0
    assert cost.bytes > MOST_BYTES
    assert cost.seconds > 0.01


FILES = [TINY, "spec/knobsmith.yaml", "spec/fragments/x.yaml", "spec/kernels/x.yaml"]
NASTY = [
    *(
        b"\x00",
        b"\t",
        b"\r",
        b"\xff",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
        b"\n---\n",
        b"%YAML 9\n",
        b"&a ",
        b"*a",
        b"!!x ",
        b"<<: ",
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b": ",
        b" #",
        b"'",
        b'"',
        b"\\",
        b"|",
        b">",
        b"-",
        b"?",
        b"null",
        b"~",
        b"1e999",
        b"(",
        b")",
    ),
    *(
        b"{side}",
        b"use: x/y",
        b"'\\e[2J'",
        b'"\\ud800"',
        b'"\\0"',
        b"9" * 400,
        b"a" * 3_000,
        b"((" * 50,
        b"\xf0\x9f\x92\xa9",
    ),
]


@given(st.binary(max_size=200) | st.lists(st.sampled_from(NASTY), max_size=8).map(b"".join), st.sampled_from(FILES))
@example(b"knobsmith: 1\n", TINY)
@example(b"knobsmith: 1\nfragment: x\nparameters: {\"{a}{b}\": {doc: ''}}", "spec/fragments/x.yaml")
def test_any_bytes_give_a_report(tmp_path_factory: pytest.TempPathFactory, content: bytes, file: str) -> None:
    project = make_sample(tmp_path_factory.mktemp("any") / "project")
    text(content, file)(project)
    outcome = compile_project(project)
    assert outcome.has_errors
    assert all(lies_in(project, diagnostic) for diagnostic in outcome.diagnostics)


GOOD = {TINY: ALGORITHM.encode(), "spec/knobsmith.yaml": PROJECT.replace("jsonschema", "python").encode()}
EDITS = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(0, 12), st.sampled_from(NASTY) | st.binary(max_size=3)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=150)
@given(st.sampled_from(sorted(GOOD)), EDITS)
def test_any_slip_in_a_good_spec_gives_a_report_or_files(
    tmp_path_factory: pytest.TempPathFactory, file: str, edits: list[tuple[int, int, bytes]]
) -> None:
    project = make_sample(tmp_path_factory.mktemp("slip") / "project")
    content = GOOD[file]
    for start, length, added in edits:
        start %= len(content)
        content = content[:start] + added + content[start + length :]
    text(content, file)(project)
    outcome = generate(project, "diff")
    assert (outcome.plan is None) == any(d.severity is Severity.ERROR for d in outcome.diagnostics)
    assert all(lies_in(project, diagnostic) for diagnostic in outcome.diagnostics)


def lies_in(project: Path, diagnostic: pipeline.Diagnostic) -> bool:
    """Whether the place of a finding is one that its file has."""
    span = diagnostic.span
    path = project / span.file
    if (span.line, span.column, span.end_line) == (1, 1, 1):
        return True
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").decode(errors="replace").splitlines() or [""]
    starts = (span.line, span.column) <= (span.end_line, span.end_column)
    return starts and 1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1


def test_places_that_a_file_does_not_have_are_noticed(project: Path) -> None:
    edit(project, "default: 0.1", "defualt: 0.1")
    (found,) = compile_project(project).diagnostics
    assert lies_in(project, found)
    for wrong in ({"line": 99, "end_line": 99}, {"column": 400, "end_column": 401}, {"end_column": 2}):
        assert not lies_in(project, replace(found, span=replace(found.span, **wrong)))

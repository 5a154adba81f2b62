"""Whatever bytes a file holds, reading it ends in a tree or in diagnostics that lie in it."""

from hypothesis import given
from hypothesis import strategies as st
from knobsmith.diagnostics import Diagnostic, Report
from knobsmith.load import Node, load_text, suppressions
from knobsmith.load.events import pure_events
from knobsmith.load.loading import Loaded, load_events
from knobsmith.load.reading import decode
from knobsmith.load.tree import Entry, Mapping, Scalar, Sequence
from knobsmith.model.spec import decode_algorithm, decode_fragment, decode_kernels, decode_project
from knobsmith.source import SourceFile, Span

SPEC = """\
knobsmith: 1
algorithm: x
title: X  # knobsmith: ignore KS303 until 2030-01-01 (why not)
doc: >-
  Two
  lines.
parameters:
  a: {type: number, range: "(0, 1]", default: 0.5, doc: One., tuning: {range: "[0.1, 1]", scale: log}}
  b:
    type: list
    items: {type: string, pattern: "^a+$"}
    used_when: a < 1 && !has(c)
    special: {auto: measured}
    cases: [{when: true, tuning: null}]
rules: {r: {require: a > 0.1, message: too small}}
metrics: {m: {direction: maximize, doc: M., pattern: "m=(.*)"}}
"""
_PIECES = ["{", "}", "[", "]", ": ", ", ", "- ", "\n", "\n  ", "#", " # ", '"', "'", "|", ">", "&a ", "*a", "!t ", "<<"]
_WORDS = ["a", "null", "1", "?", "%", "@", "`", "\t", "\r", "\\", "---\n", "...\n", "é", "😀", "key: value\n"]
yaml_like = st.lists(st.sampled_from(_PIECES + _WORDS), max_size=30).map("".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A whole spec with a few things cut out or put in."""
    text = SPEC
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.sampled_from([0, 0, 1, 3, 40]))
        text = text[:at] + draw(st.sampled_from(["", *_PIECES, *_WORDS])) + text[at + cut :]
    return text


def assert_within(span: Span, lines: list[str]) -> None:
    assert 1 <= span.line <= span.end_line <= max(1, len(lines)), span
    assert 1 <= span.column <= len(lines[span.line - 1] if lines else "") + 1, span
    assert 1 <= span.end_column <= len(lines[span.end_line - 1] if lines else "") + 1, span
    assert (span.line, span.column) <= (span.end_line, span.end_column), span


def assert_sound(problems: list[Diagnostic], text: str) -> None:
    for problem in problems:
        assert_within(problem.span, text.splitlines())
        assert problem.law
        assert problem.fact
        assert problem.help


def spans(node: Node | Entry) -> list[Span]:
    match node:
        case Scalar():
            return [node.span]
        case Sequence():
            return [node.span, *(span for item in node.items for span in spans(item))]
        case Mapping():
            return [node.span, *(span for entry in node.entries for span in spans(entry))]
        case Entry():
            return [*spans(node.key), *spans(node.value)]


def read_whole(text: str) -> Loaded:
    loaded = load_text(SourceFile("x.yaml", text))
    assert_sound(list(loaded.diagnostics), text)
    if loaded.tree is None:
        assert loaded.diagnostics
        return loaded
    for span in spans(loaded.tree):
        assert_within(span, text.splitlines())
    report = Report()
    for read in (decode_algorithm, decode_fragment, decode_kernels, decode_project):
        read(loaded.tree, report)
    assert_sound(list(report), text)
    for suppression in suppressions(SourceFile("x.yaml", text), loaded.tree):
        assert_within(suppression.span, text.splitlines())
    return loaded


@given(st.one_of(st.binary(max_size=60), st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_give_a_tree_or_a_diagnostic(raw: bytes) -> None:
    source = decode("x.yaml", raw)
    if isinstance(source, SourceFile):
        read_whole(source.text)
    else:
        assert source.code == "KS002"


@given(yaml_like)
def test_anything_like_yaml_gives_a_tree_or_a_diagnostic(text: str) -> None:
    read_whole(text)


@given(mutated())
def test_a_damaged_spec_gives_diagnostics_in_the_file(text: str) -> None:
    read_whole(text)


@given(st.one_of(yaml_like, mutated()))
def test_the_parser_in_python_never_leaves_a_traceback(text: str) -> None:
    loaded = load_events(SourceFile("x.yaml", text), pure_events(text))
    assert_sound(list(loaded.diagnostics), text)
    assert loaded.tree is not None or loaded.diagnostics


def test_both_parsers_read_a_spec_alike() -> None:
    source = SourceFile("x.yaml", SPEC)
    assert load_text(source) == load_events(source, pure_events(SPEC))
    assert load_text(source).diagnostics == ()

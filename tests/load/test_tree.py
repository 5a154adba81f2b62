"""The tree of a file: what scalars mean, and where everything stands."""

import math
from collections.abc import Callable

import pytest
from knobsmith.load import Mapping, Scalar, Sequence, load_text, span_at, text_span
from knobsmith.load.events import Events, libyaml_events, pure_events
from knobsmith.load.loading import load_events
from knobsmith.source import SourceFile, Span

PARSERS: list[Callable[[str], Events]] = [libyaml_events, pure_events]
# What one YAML reader or another takes for a number, a boolean, a date or nothing.
STRINGS = """
yes no on off y n True FALSE Null NULL ~ 012 0o17 0x1F 0b1 1_000 1,000 +1 .5 5. 1e 1e+ .inf -.inf .nan inf nan
12:30:45 2026-11-20 2026-11-20T10:00:00Z ٣ ３２ = <
"""


def tree_of(text: str) -> Mapping:
    loaded = load_text(SourceFile("x.yaml", text))
    assert loaded.tree is not None, loaded.diagnostics
    return loaded.tree


def value_of(text: str) -> object:
    node = tree_of(f"a: {text}\n").get("a")
    assert isinstance(node, Scalar)
    return node.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-0", 0),
        ("32", 32),
        ("9007199254740993", 9007199254740993),
        ("1" * 300, int("1" * 300)),
        ("32.0", 32.0),
        ("-0.0", 0.0),
        ("1e2", 100.0),
        ("1E-7", 1e-7),
        ("1e400", math.inf),
        ("-" + "9" * 5000, -math.inf),
    ],
)
def test_json_literals_and_numbers_are_what_they_look_like(text: str, value: object) -> None:
    assert repr(value_of(text)) == repr(value)


@pytest.mark.parametrize("text", STRINGS.split())
def test_everything_else_is_a_string(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize("text", ['"1"', "'true'", '"null"', '""', "|\n  1", ">-\n  null"])
def test_what_stands_in_quotes_or_in_a_block_is_a_string(text: str) -> None:
    assert isinstance(value_of(text), str)


@pytest.mark.parametrize("events", PARSERS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_mark_at_the_start_and_line_ends_of_windows_change_nothing(
    events: Callable[[str], Events], ends: str
) -> None:
    text = "a: 1\nb:\n  - x\n  - |\n    y\n    z\nc: é\n"
    plain = load_events(SourceFile("x.yaml", text), events(text)).tree
    changed = text.replace("\n", ends)
    assert load_events(SourceFile("x.yaml", changed), events(changed)).tree == plain


def test_places_count_from_one_and_in_code_points() -> None:
    tree = tree_of('😀: {é: [1, "two"]}\nlast: |\n  text\n\n')
    inner = tree.get("😀")
    assert inner is not None
    assert inner.span == Span("x.yaml", 1, 4, 1, 19)
    assert span_at(tree, ("😀", "é", 1)) == Span("x.yaml", 1, 12, 1, 17)
    assert span_at(tree, ("last",)) == Span("x.yaml", 2, 7, 3, 7)
    assert tree.span == Span("x.yaml", 1, 1, 3, 7)


def test_a_block_ends_with_its_last_value() -> None:
    tree = tree_of("a:\n  b: 1\n  c: 2\n\n# comment\nd: 3\n")
    assert span_at(tree, ("a",)) == Span("x.yaml", 2, 3, 3, 7)


def test_a_path_that_leads_too_far_ends_at_what_there_is() -> None:
    tree = tree_of("a: [1]\n")
    assert span_at(tree, ("a", 3)) == span_at(tree, ("a",))
    assert span_at(tree, ("a", 0, "b")) == Span("x.yaml", 1, 5, 1, 6)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: abcdef", (1, 6)),
        ('a: "abcdef"', (1, 7)),
        ("a: 'abcdef'", (1, 7)),
        ('a: "\\u0061bcdef"', (1, 4)),
        ("a: 'ab''cdef'", (1, 4)),
        ("a: >-\n  abcdef", (1, 4)),
    ],
)
def test_offsets_into_a_text_lead_into_the_file_where_that_can_be_told(text: str, place: tuple[int, int]) -> None:
    node = tree_of(text).get("a")
    assert node is not None
    span = text_span(node, 2, 4)
    assert (span.line, span.column) == place


def test_of_a_duplicate_key_the_first_value_stays() -> None:
    loaded = load_text(SourceFile("x.yaml", "a: 1\na: 2\nb: &x 3\n"))
    assert [diagnostic.code for diagnostic in loaded.diagnostics] == ["KS008", "KS007"]
    assert loaded.tree is not None
    assert [entry.value for entry in loaded.tree] == [
        Scalar(1, "1", False, Span("x.yaml", 1, 4, 1, 5)),
        Scalar(3, "3", False, Span("x.yaml", 3, 4, 3, 8)),
    ]


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: {<<: {b: 1}}\n", "? [a]\n: 1\n", "a: 1\n---\n"])
def test_no_tree_is_handed_out_whose_meaning_would_be_a_guess(text: str) -> None:
    loaded = load_text(SourceFile("x.yaml", text))
    assert loaded.tree is None
    assert loaded.diagnostics


def test_64_levels_are_read_and_100000_values() -> None:
    assert isinstance(tree_of("a: " + "[" * 63 + "]" * 63).get("a"), Sequence)
    wide = tree_of("a: [" + "1," * 99_997 + "]").get("a")
    assert isinstance(wide, Sequence)
    assert len(wide.items) == 99_997

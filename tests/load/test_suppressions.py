"""Which comments silence findings, and which only look like it."""

import pytest
from knobsmith.load import Suppression, load_text, suppressions
from knobsmith.source import SourceFile


def found(text: str) -> tuple[Suppression, ...]:
    source = SourceFile("x.yaml", text)
    tree = load_text(source).tree
    assert tree is not None
    return suppressions(source, tree)


def test_a_comment_covers_its_own_line() -> None:
    (one,) = found("a: 1\nb: [1, 2]  # knobsmith: ignore KS120 (as the page has it)\n")
    assert (one.line, one.codes, one.until, one.reason) == (2, ("KS120",), None, "as the page has it")
    assert (one.span.line, one.span.column, one.span.end_column) == (2, 12, 58)


def test_a_comment_on_a_line_of_its_own_covers_the_next() -> None:
    (one,) = found("a:\n  # knobsmith: ignore KS120, KS121 until 2027-06-30 (measured (twice))\n  b: 1\n")
    assert (one.line, one.codes) == (3, ("KS120", "KS121"))
    assert (one.until, one.reason) == ("2027-06-30", "measured (twice)")


def test_comments_on_lines_of_their_own_speak_of_the_same_line() -> None:
    both = found("# knobsmith: ignore KS120 (a)\n# knobsmith: ignore KS121 (b)\n# why\na: 1\n")
    assert [one.line for one in both] == [4, 4]


def test_a_comment_on_the_last_line_covers_nothing() -> None:
    (one,) = found("a: 1\n# knobsmith: ignore KS120 (a)\n")
    assert one.line == 3


@pytest.mark.parametrize(
    "text",
    [
        'a: "# knobsmith: ignore KS120 (no)"\n',
        "a: '# knobsmith: ignore KS120 (no)'\n",
        "a: b#knobsmith:ignore\n",
        "a: |\n  # knobsmith: ignore KS120 (no)\n",
        "a: >-\n  one\n\n  # knobsmith: ignore KS120 (no)\n\nb: 1\n",
        '"# knobsmith: ignore KS120": 1\n',
        'a: "one\n  # knobsmith: ignore KS120 (no)\n  two"\n',
        "a: 1  # see knobsmith: ignore KS120 (no)\n",
        "a: 1  # knobsmith: ignored\n",
        "a: 1\n",
    ],
)
def test_what_stands_in_a_text_or_says_something_else_is_no_suppression(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a: |  # knobsmith: ignore KS120 (r)\n  # text\n  text\n",
        "a: [1,  # knobsmith: ignore KS120 (r)\n  2]\n",
        'a: "x # y"  # knobsmith: ignore KS120 (r)\n',
        "a: it's # knobsmith: ignore KS120 (r)\n",
        "a: |\n  text\n\n# knobsmith: ignore KS120 (r)\nb: 1\n",
        "#knobsmith:ignore KS120 (r)\na: 1\n",
    ],
)
def test_a_real_comment_is_found_wherever_it_stands(text: str) -> None:
    (one,) = found(text)
    assert (one.codes, one.reason, one.beyond) == (("KS120",), "r", "")


@pytest.mark.parametrize(
    ("comment", "codes", "reason", "beyond"),
    [
        ("ignore KS120", ("KS120",), None, ""),
        ("ignore KS120 ()", ("KS120",), None, ""),
        ("ignore", (), None, ""),
        ("ignore (why)", (), "why", ""),
        ("ignore KS120 because", ("KS120",), None, "because"),
        ("ignore KS120 (why) until 2027-01-01", ("KS120",), "why", "until 2027-01-01"),
        ("ignore KS120 KS121 (why)", ("KS120",), None, "KS121 (why)"),
    ],
)
def test_what_is_missing_or_too_much_is_kept_apart(
    comment: str, codes: tuple[str, ...], reason: str | None, beyond: str
) -> None:
    (one,) = found(f"a: 1  # knobsmith: {comment}\n")
    assert (one.codes, one.reason, one.beyond) == (codes, reason, beyond)

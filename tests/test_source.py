"""What of a line is shown around a place."""

from hypothesis import given
from hypothesis import strategies as st
from knobsmith.source import SourceFile, Span


def excerpt(line: str, start: int, end: int, width: int = 20) -> tuple[str, str]:
    shown, carets = SourceFile("a.yaml", line).excerpt(Span("a.yaml", 1, start, 1, end), width).split("\n")
    return shown, carets


def test_a_line_that_fits_is_shown_whole() -> None:
    assert excerpt("abcdefghijklmnopqrst", 3, 5) == ("abcdefghijklmnopqrst", "  ^^")


def test_of_a_long_line_what_stands_around_the_place_is_shown() -> None:
    line = "abcdefghijklmnopqrstuvwxyz0123456789"
    assert excerpt(line, 1, 3) == ("abcdefghijklmnopqrs…", "^^")
    assert excerpt(line, 11, 13) == ("…ghijklmnopqrstuvwx…", "     ^^")
    assert excerpt(line, 35, 37) == ("…rstuvwxyz0123456789", " " * 18 + "^^")
    assert excerpt(line, 11, 37) == ("…ghijklmnopqrstuvwx…", "     " + "^" * 15)


@given(st.text("ab ", min_size=1, max_size=60), st.integers(1, 60), st.integers(0, 60), st.integers(8, 70))
def test_carets_stand_under_what_they_mean(line: str, start: int, length: int, width: int) -> None:
    start = min(start, len(line))
    end = min(start + length, len(line) + 1)
    shown, carets = excerpt(line, start, end, width)
    assert len(shown) == min(len(line), width)
    assert len(carets) <= max(len(shown), 1)
    marked = shown[carets.count(" ") :][: carets.count("^")].replace("…", "")
    assert line[start - 1 :].startswith(marked) or marked == ""
    assert carets.strip() != ""

"""Files, places in them, and the text around a place.

YAML marks count lines and columns from 0, people and editors from 1. This is the only module that converts;
everything above it speaks in 1-based lines and columns (columns count Unicode code points).
"""

from knobsmith.records import Record


class Span(Record):
    """A stretch of a file: 1-based line and column of its first character and of the one after its last."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @classmethod
    def from_marks(cls, file: str, line: int, column: int, end_line: int, end_column: int) -> "Span":
        """The span between two 0-based marks of a YAML parser."""
        return cls(file, line + 1, column + 1, end_line + 1, end_column + 1)

    @classmethod
    def whole(cls, file: str) -> "Span":
        """The first character of a file: the place of what concerns the file as a whole."""
        return cls(file, 1, 1, 1, 1)

    def within(self, start: int, end: int) -> "Span":
        """The part of a one-line span between two offsets; a span of several lines is returned whole."""
        if self.line != self.end_line:
            return self
        first = min(self.column + start, self.end_column)
        return Span(self.file, self.line, first, self.line, min(max(first, self.column + end), self.end_column))

    def __lt__(self, other: "Span") -> bool:
        ours = (self.file, self.line, self.column, self.end_line, self.end_column)
        return ours < (other.file, other.line, other.column, other.end_line, other.end_column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class SourceFile(Record):
    """A spec file: its path relative to the project, with forward slashes, and its text."""

    path: str
    text: str

    def excerpt(self, span: Span, width: int) -> str:
        """The line on which a span starts, and under it a row of carets at the span.

        Of a line longer than ``width`` only what stands around the start of the span.
        """
        lines = self.text.splitlines()
        if not 0 < span.line <= len(lines):
            return ""
        line = lines[span.line - 1].replace("\t", " ")
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        line, start, end = _window(line, span.column - 1, end, width)
        return f"{line}\n{' ' * start}{'^' * max(1, end - start)}"


def _window(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """The part of a line around a span, and the span in it; an ellipsis stands where something is left out."""
    if len(line) <= width:
        return line, start, end
    first = max(0, min(start - width // 4, len(line) - width))
    part = line[first : first + width]
    if first > 0:
        part = f"…{part[1:]}"
    if first + width < len(line):
        part = f"{part[:-1]}…"
    return part, start - first, min(end - first, width)

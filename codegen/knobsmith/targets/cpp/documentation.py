"""Comments in C++."""

from collections.abc import Iterator
from textwrap import wrap

_WIDTH = 108


def comment(text: str) -> Iterator[str]:
    """A text as lines of a comment; a list keeps its lines, and a paragraph its distance."""
    for line in text.split("\n"):
        # Two question marks in a row may begin a trigraph.
        plain = "".join(one if one.isprintable() else " " for one in line).replace("??", "? ?").replace("??", "? ?")
        hanging = "  " if plain.startswith("- ") else ""
        parts = wrap(plain, _WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
        for part in parts or [""]:
            # A backslash at the end would join the next line to the comment.
            yield f"/// {part}{'.' if part.endswith(chr(92)) else ''}".rstrip()

"""From text to tokens.

Numbers are wider than legal, so that `012`, `.5` and `1_000` are refused as the one thing they were meant to be.
"""

import re
from typing import NamedTuple

# In this order: what may be taken for something shorter comes first.
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-][0-9]*)?\w*)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<string>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')
    | (?P<quoted>`[^`]*`)
    | (?P<mark>\|\||&&|[=!<>]=|[<>+\-*/%!()\[\].,])
    """,
    re.VERBOSE,
)
# What ends the tokens: the text does, or something starts that is none.
END = "end"
STRANGE = "strange"


class Token(NamedTuple):
    """A piece of the text.

    Attributes:
        kind: `number`, `name`, `string`, `quoted` or `mark`; or what ends the tokens.
        text: The piece itself.
        start: The offset of its first character.
        end: The offset after its last one.
    """

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """All tokens, and one that ends them."""
    found = []
    at = 0
    while match := _TOKEN.match(text, at):
        at = match.end()
        kind = match.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, match.group(), match.start(), at))
    found.append(Token(END if at == len(text) else STRANGE, "", at, at))
    return found

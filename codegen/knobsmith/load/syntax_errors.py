"""What is wrong with a text that is not YAML, in our words.

The parsers know where they stopped, but not what an author meant; that is guessed from the characters around.
"""

import re
from typing import Any

from knobsmith.load.events import Mark

Advice = tuple[str, str]  # fact and help
_TAG_BEFORE = re.compile(r"(?:^|[\s\[{,])!\S*\s+$")
# The digits of an escape of half a surrogate pair, and the escape of the other half if it follows.
_HALF_OF_A_PAIR = re.compile(
    r"(?P<high>(?:0000)?[dD][89a-fA-F][0-9a-fA-F]{2})(?:(?<=[dD][89abAB]..)\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2}))?"
)
_QUOTE_RANGE = 'put quotes around a range or a text that holds brackets, as in `range: "[1, inf)"`'


def explain(problem: Any, lines: list[str]) -> tuple[Mark, str, str]:
    """Where a syntax error is best shown, the fact and the help."""
    at: Mark = problem.problem_mark or problem.context_mark
    begun: Mark = problem.context_mark or at
    message, context = problem.problem or "", problem.context or ""
    character = _character(lines, at)
    if "scanning" in context and any(what in context for what in ("tag", "alias", "anchor")):
        start = _first_property(_line(lines, begun), begun.column)
        return begun, f"a text that starts with `{start}` has a meaning of its own", "put it in quotes"
    if "quoted scalar" in context:
        return _in_quotes(message, lines, at, begun)
    if "block scalar" in context and "tab" not in message:
        start = _character(lines, begun)
        return begun, f"`{start}` starts a text on the lines below", f"put a text that starts with `{start}` in quotes"
    if "parsing a flow" in context:
        return _in_brackets(lines, at, begun)
    if "could not find expected ':'" in message:
        help = "write `key: value`, and indent the further lines of a long text"
        return begun, "a line without `:` stands among the keys", help
    fact, help = _elsewhere(message, character, lines, at)
    return at, fact, help


def _first_property(line: str, column: int) -> str:
    """With which of `!`, `&`, `*` a text starts: in `!has(a) && b` the parser stumbles only over the second."""
    tag = _TAG_BEFORE.search(line[:column])
    return "!" if tag else line[column : column + 1]


def _in_quotes(message: str, lines: list[str], at: Mark, begun: Mark) -> tuple[Mark, str, str]:
    if "escape" in message or "hex" in message:
        half = _HALF_OF_A_PAIR.match(_line(lines, at), at.column)
        if half is not None:
            return at, *_about_half(half)
        return (
            at,
            "this is no escape",
            "write `\\\\` for a backslash, or use single quotes, where it is an ordinary one",
        )
    return begun, "a quoted text has no end", "close it; inside single quotes a quote is written twice"


def _about_half(half: re.Match[str]) -> Advice:
    """JSON writes a character beyond U+FFFF as two escapes, YAML as one."""
    if half["low"] is None:
        return "this escape is half a character (a surrogate)", "write the character itself"
    character = bytes.fromhex(half["high"][-4:] + half["low"]).decode("utf-16-be")
    return "YAML has no pairs of escapes", f"write `{character}` itself, or `\\U{ord(character):08X}`"


def _in_brackets(lines: list[str], at: Mark, begun: Mark) -> tuple[Mark, str, str]:
    opening, character = _character(lines, begun), _character(lines, at)
    if at.line != begun.line or character == "":
        return begun, f"`{opening}` is not closed where it should be", f"close it, or {_QUOTE_RANGE}"
    if character == ":":
        return at, "`:` stands where `,` is expected", "separate entries by `,`, and quote a text that holds `: `"
    return at, f"`{character}` does not fit between the brackets", _QUOTE_RANGE


def _elsewhere(message: str, character: str, lines: list[str], at: Mark) -> Advice:
    if character == "\t" or "tab" in message:
        return "a tab stands where only spaces may", "indent with spaces"
    if "mapping values" in message:
        return "a second `: ` stands on a line, or a line is indented too far", "quote a text that contains `: `"
    if "sequence entries" in message:
        return "`- ` stands behind a key", "start the list on a line of its own, or write `[...]`"
    if "cannot start any token" in message:
        return f"nothing may start with {_shown(character)}", "put the text in quotes"
    if "directive" in message or "incompatible" in message or "%" in _line(lines, at)[:1]:
        return "a line starts with `%`", "remove the directive"
    return _out_of_place(character, lines, at)


def _out_of_place(character: str, lines: list[str], at: Mark) -> Advice:
    before = _line(lines, at)[: at.column].strip()
    if not before and character not in ",]}":
        return "a line is indented differently from those around it", "give the keys of one map the same indentation"
    if before[-1:] in ('"', "'"):
        return "text follows a closing quote", "put the whole text in quotes of the other kind"
    return f"{_shown(character)} is out of place", "put the text in quotes"


def _shown(character: str) -> str:
    return "a backquote" if character == "`" else f"`{character}`" if character else "the end of the line"


def _line(lines: list[str], at: Mark) -> str:
    return lines[at.line] if at.line < len(lines) else ""


def _character(lines: list[str], at: Mark) -> str:
    return _line(lines, at)[at.column : at.column + 1]

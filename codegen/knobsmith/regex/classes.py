r"""Sets of characters as text: `[a-z_]`, `\d`, `\x41`."""

from knobsmith.regex.errors import RegexSyntaxError
from knobsmith.regex.syntax import DIGITS, SPACES, WORD, Span, complement, merged
from knobsmith.regex.text import Text

_SETS = {"d": DIGITS, "w": WORD, "s": SPACES}
_CONTROLS = {"t": 0x09, "n": 0x0A, "v": 0x0B, "f": 0x0C, "r": 0x0D}
_REFUSED = {
    "b": ("is a word boundary to some engines, a backspace to others", "spell out what may stand around"),
    "B": ("is no character", "spell out what may stand around"),
    "A": ("is read by some engines only", "write `^`"),
    "z": ("is read by some engines only", "write `$`"),
    "Z": ("is read by some engines only", "write `$`"),
    "p": ("is a Unicode class", "list the characters, as in `[A-Za-z]`"),
    "P": ("is a Unicode class", "list the characters, as in `[^A-Za-z]`"),
    "u": ("is read by some engines only", "write the character itself"),
    "U": ("is read by some engines only", "write the character itself"),
    "k": ("refers back to a group", "spell it out"),
    "0": ("is read differently", "write `\\x00`"),
}


def read_class(text: Text) -> tuple[Span, ...]:
    """A class in square brackets."""
    opening = text.at
    text.take()
    is_negated = text.peek() == "^"
    if is_negated:
        text.take()
    if text.peek() == "]":
        raise text.error("a class starts with `]`", "write `\\]` for the character", 1)
    ranges: list[Span] = []
    while text.peek() != "]":
        if not text.peek():
            help = "add `]`, or write `\\[` for the character"
            raise RegexSyntaxError("`[` is not closed", help, opening, opening + 1)
        ranges.extend(_member(text))
    text.take()
    found = merged(ranges)
    return complement(found) if is_negated else found


def escaped_set(text: Text) -> tuple[Span, ...]:
    """What a backslash and the characters behind it stand for."""
    start = text.at
    text.take()
    letter = text.take()
    if letter in _SETS:
        return _SETS[letter]
    if letter.lower() in _SETS:
        return complement(_SETS[letter.lower()])
    return ((code := _escaped_code(text, letter, start), code),)


def _member(text: Text) -> tuple[Span, ...]:
    """A single character, a range, or an escaped set."""
    start = text.at
    if text.peek() == "-" and text.peek(2) != "-]" and text.at and not _is_first(text):
        raise text.error("`-` stands between", "write `\\-` for the character, or put it last", 1)
    first = _single(text)
    if text.peek() != "-" or text.peek(2) == "-]":
        return first
    text.take()
    last = _single(text) if text.peek() else ()
    if len(first) != 1 or len(last) != 1 or first[0][0] != first[0][1] or last[0][0] != last[0][1]:
        raise RegexSyntaxError("`-` joins no two characters", "write `\\-` for the character", start, text.at)
    if last[0][0] < first[0][0]:
        raise RegexSyntaxError("a range descends", "swap its ends", start, text.at)
    return ((first[0][0], last[0][0]),)


def _is_first(text: Text) -> bool:
    return text.behind() in ("[", "^")


def _single(text: Text) -> tuple[Span, ...]:
    if text.peek() == "\\":
        return escaped_set(text)
    if text.peek() == "[":
        raise text.error("`[` stands in a class", "write `\\[` for the character, and list classes like `[:alpha:]`", 1)
    code = ord(text.take())
    return ((code, code),)


def _escaped_code(text: Text, letter: str, start: int) -> int:
    if letter in _CONTROLS:
        return _CONTROLS[letter]
    if letter == "x":
        digits = text.match("[0-9A-Fa-f]{2}")
        if digits is None:
            raise RegexSyntaxError("`\\x` has not two hexadecimal digits", "write `\\x0A`", start, text.at)
        return int(digits[0], 16)
    if letter and letter.isascii() and not letter.isalnum() and letter.isprintable() and letter != " ":
        return ord(letter)
    raise _refused(letter, start, text.at)


def _refused(letter: str, start: int, end: int) -> RegexSyntaxError:
    if not letter:
        return RegexSyntaxError("a `\\` stands at the end", "write `\\\\` for the character", start, end)
    if letter in "123456789":
        return RegexSyntaxError(f"`\\{letter}` refers back to a group", "spell it out", start, end)
    message, help = _REFUSED.get(letter, ("is no escape that all engines read", "write the character itself"))
    return RegexSyntaxError(f"`\\{letter}` {message}", help, start, end)

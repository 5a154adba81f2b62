r"""The subset of regular expressions that RE2, Python, JavaScript and C++ read alike.

Literals, `.`, classes, `\d \w \s` and their opposites, `^ $`, groups, alternatives, and repetition, greedy or lazy,
up to 1,000. Everything else is refused, also where engines agree today but could not be proved about (`\b`).
Where engines differ in meaning only (`$` before a last line end, `\d` beyond ASCII), the meaning is RE2's, and
`rendering` spells it out for each of them.
"""

from functools import lru_cache

from knobsmith.regex.classes import escaped_set, read_class
from knobsmith.regex.errors import RegexSyntaxError
from knobsmith.regex.syntax import NOT_NEWLINE, Alternation, Anchor, Characters, Concatenation, Group, Node, Repetition
from knobsmith.regex.text import Text

MAX_CHARACTERS = 2_000
MAX_LEVELS = 32
MAX_REPETITION = 1_000
# What an automaton may grow to: RE2 and C++ engines refuse or exhaust their stack beyond.
MAX_SIZE = 10_000

_EXTENSIONS = {
    "?=": ("looks ahead", "state the two conditions as two facts"),
    "?!": ("looks ahead", "list what is allowed instead"),
    "?<": ("looks behind or names a group", "use `(...)`"),
    "?P": ("names a group", "use `(...)`"),
    "?#": ("is a comment", "put it into `doc`"),
    "?>": ("forbids backtracking", "use `(?:...)`"),
}


@lru_cache(maxsize=256)
def parse(pattern: str) -> Node:
    """The tree of a regular expression.

    Raises:
        RegexSyntaxError: For the first thing that is outside the subset, with its place.
    """
    if len(pattern) > MAX_CHARACTERS:
        message = f"it has {len(pattern):,} characters"
        raise RegexSyntaxError(message, f"shorten it to {MAX_CHARACTERS:,}", MAX_CHARACTERS, len(pattern))
    text = Text(pattern)
    node = _choice(text, 0)
    if text.peek() == ")":
        raise text.error("`)` closes no group", "write `\\)` for the character", 1)
    if size(node) > MAX_SIZE or _repetitions(node) > MAX_REPETITION:
        help = "repeat less often, or state the bound as `length`"
        raise RegexSyntaxError("its repetitions multiply to too large a pattern", help, 0, len(pattern))
    return node


def size(node: Node) -> int:
    """How many characters a pattern has once its repetitions are written out."""
    match node:
        case Concatenation(parts=parts) | Alternation(branches=parts):
            return sum(map(size, parts)) + 1
        case Repetition(body=item, least=least, most=most):
            return (size(item) + 1) * max(least, most or 0, 1)
        case Group(body=item):
            return size(item) + 1
        case _:
            return 1


def _repetitions(node: Node) -> int:
    """How often the counts in braces repeat something at most, one inside another multiplied; RE2 has this limit."""
    match node:
        case Concatenation(parts=parts) | Alternation(branches=parts):
            return max(map(_repetitions, parts), default=1)
        case Repetition(body=item, least=least, most=most):
            return _repetitions(item) * max(least if most is None else most, 1)
        case Group(body=item):
            return _repetitions(item)
        case _:
            return 1


def _choice(text: Text, level: int) -> Node:
    options = [_series(text, level)]
    while text.peek() == "|":
        text.take()
        options.append(_series(text, level))
    return options[0] if len(options) == 1 else Alternation(tuple(options))


def _series(text: Text, level: int) -> Node:
    items: list[Node] = []
    while text.peek() not in ("", "|", ")"):
        start = text.at
        item = _repeated(text, _atom(text, level), start)
        items.append(item)
    return items[0] if len(items) == 1 else Concatenation(tuple(items))


def _atom(text: Text, level: int) -> Node:
    match text.peek():
        case "(":
            return _group(text, level)
        case "[":
            return Characters(read_class(text))
        case "\\":
            return Characters(escaped_set(text))
        case "*" | "+" | "?" as mark:
            raise text.error(f"`{mark}` repeats nothing", f"write `\\{mark}` for the character", 1)
        case "{" | "}" | "]" as mark:
            raise text.error(f"`{mark}` stands alone", f"write `\\{mark}` for the character", 1)
        case "^":
            text.take()
            return Anchor("start")
        case "$":
            text.take()
            return Anchor("end")
        case ".":
            text.take()
            return Characters(NOT_NEWLINE)
    code = ord(text.take())
    return Characters(((code, code),))


def _group(text: Text, level: int) -> Node:
    opening = text.at
    if level == MAX_LEVELS:
        raise text.error(f"groups nest more than {MAX_LEVELS} deep", "flatten them", 1)
    text.take()
    extension = text.peek(2)
    is_captured = not extension.startswith("?")
    if extension == "?:":
        text.take(2)
    elif not is_captured:
        message, help = _EXTENSIONS.get(extension, ("sets a flag", "write both cases, as in `[aA]`"))
        text.at = opening
        raise text.error(f"`({extension}` {message}", help, 3)
    inner = _choice(text, level + 1)
    if text.peek() != ")":
        raise RegexSyntaxError("`(` is not closed", "add `)`, or write `\\(` for the character", opening, opening + 1)
    text.take()
    return Group(inner, is_captured)


def _repeated(text: Text, item: Node, start: int) -> Node:
    counts = _counts(text)
    if counts is None:
        return item
    if isinstance(item, Anchor):
        raise RegexSyntaxError("a place is repeated", "repeat characters, not `^` or `$`", start, text.at)
    lazy = text.peek() == "?"
    if lazy:
        text.take()
    after = text.at
    if text.peek() == "+":
        raise text.error("a repetition is followed by `+`", "possessive repetition is read by some engines only", 1)
    if _counts(text) is not None:
        raise RegexSyntaxError("a repetition is repeated", "put the inner one in `(?:...)`", after, text.at)
    return Repetition(item, *counts, lazy)


def _counts(text: Text) -> tuple[int, int | None] | None:
    """Least and most of a repetition; None if none starts here."""
    match text.peek():
        case "*":
            text.take()
            return 0, None
        case "+":
            text.take()
            return 1, None
        case "?":
            text.take()
            return 0, 1
        case "{":
            return _bounds(text)
        case _:
            return None


def _bounds(text: Text) -> tuple[int, int | None]:
    start = text.at
    found = text.match(r"\{(0|[1-9][0-9]{0,5})(,(0|[1-9][0-9]{0,5})?)?\}")
    if found is None:
        raise text.error("`{` starts no count", "write `{2}`, `{2,}` or `{2,5}`, or `\\{` for the character", 1)
    least = int(found[1])
    most = least if found[2] is None else None if found[3] is None else int(found[3])
    if max(least, most or 0) > MAX_REPETITION:
        help = f"repeat at most {MAX_REPETITION:,} times, or state the bound as `length`"
        raise RegexSyntaxError("the count is too large", help, start, text.at)
    if most is not None and most < least:
        raise RegexSyntaxError("the counts descend", f"write `{{{most},{least}}}`", start, text.at)
    return least, most

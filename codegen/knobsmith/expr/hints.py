"""What to say when a text leaves the grammar: the unexpected thing, what may stand there, and the usual slips."""

import re

from knobsmith.expr.errors import ExprSyntaxError

# What may be expected beside closing brackets, which stand for themselves.
VALUE = "value"
NAME = "name"
_OTHER_CHARACTERS = {
    "&": "&&",
    "|": "||",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "∧": "&&",
    "∨": "||",
    "¬": "!",
    "∈": "in",
    "×": "*",
    "·": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
}
_OTHER_WORDS = {"and": "&&", "or": "||", "not": "!", "is": "=="}
_A_VALUE = "a name, a number, a string in quotes, `(`, `[`, `!` or `-`"


def unexpected_character(text: str, at: int) -> ExprSyntaxError:
    """The error for a character that starts no token."""
    character = text[at]
    if character in _OTHER_CHARACTERS:
        return _error(f"`{character}` is no operator", f"write `{_OTHER_CHARACTERS[character]}`", at)
    match character:
        case "=":
            return _equals_sign(text, at)
        case "?" | ":":
            return _error("there is no `?:`", "state the alternatives as `cases`, each with its `when`", at)
        case '"' | "'":
            help = f"close it with `{character}`; inside a string write `\\{character}`"
            return ExprSyntaxError("a string has no end", help, at, len(text))
        case "`":
            return ExprSyntaxError("a name has no end", "close it with a backquote", at, len(text))
        case _:
            shown = f"`{character}`" if character.isprintable() else f"U+{ord(character):04X}"
            help = "put a string in quotes, and a name that is no plain identifier in backquotes"
            return _error(f"{shown} means nothing here", help, at)


def _equals_sign(text: str, at: int) -> ExprSyntaxError:
    if text[at - 1 : at] == "=" and text[at - 2 : at - 1] in ("=", "!"):
        operator = text[at - 2 : at]
        return ExprSyntaxError(f"`{operator}=` is no operator", f"write `{operator}`", at - 2, at + 1)
    if text[at + 1 : at + 2] in ("<", ">"):
        other = text[at + 1]
        return ExprSyntaxError(f"`={other}` is no operator", f"write `{other}=`", at, at + 2)
    return _error("`=` is no operator", "write `==`", at)


def unexpected_token(text: str, start: int, end: int, expected: set[str]) -> ExprSyntaxError:
    """The error for a token that may not stand where it does; an empty one is the end of the text."""
    token = text[start:end]
    before = text[:start].rstrip()
    return (
        _after_context(before)
        or _foreign_word(text, token, start, end)
        or _foreign_operator(before, token, start, end)
        or _not_allowed(token, start, end, expected)
    )


def _foreign_word(text: str, token: str, start: int, end: int) -> ExprSyntaxError | None:
    if token in _OTHER_WORDS:
        operator = "!(x in [...])" if text[end:].lstrip().startswith("in ") else _OTHER_WORDS[token]
        return ExprSyntaxError(f"`{token}` is no operator", f"write `{operator}`", start, end)
    negated = re.search(r"\bnot\s+$", text[:start])
    if negated and token:
        return ExprSyntaxError("`not` is no operator", "write `!`", negated.start(), negated.start() + 3)
    return None


def _foreign_operator(before: str, token: str, start: int, end: int) -> ExprSyntaxError | None:
    pair = before[-1:] + token
    if pair in ("<>", "**", "//") and len(before) == start:
        help = {"<>": "write `!=`", "**": "there is no power; multiply", "//": "write `/`"}[pair]
        return ExprSyntaxError(f"`{pair}` is no operator", help, start - 1, end)
    if token.startswith("+"):
        return ExprSyntaxError("`+` stands before a value", "drop it, or write what it adds to", start, end)
    if token in ("==", "!=", "<", "<=", ">", ">=", "in") and re.search(r"[\w)\]\"'`]$", before):
        help = "compare two things at a time: `a < b && b < c`"
        return ExprSyntaxError("comparisons do not chain", help, start, end)
    return None


def _after_context(before: str) -> ExprSyntaxError | None:
    match = re.search(r"(?<![\w.`])context$", before)
    if not match:
        return None
    help = "name a fact, `context.NAME`; a parameter of this name stands in backquotes"
    return ExprSyntaxError("`context` is no value", help, *match.span())


def _not_allowed(token: str, start: int, end: int, expected: set[str]) -> ExprSyntaxError:
    if VALUE in expected:
        wanted = _A_VALUE
    elif NAME in expected:
        wanted = "a name"
    else:
        closing = [f"`{mark}`" for mark in ")]" if mark in expected]
        wanted = " or ".join(["an operator", *closing])
    what = f"`{token}` stands" if token else "the expression ends"
    return ExprSyntaxError(f"{what} where {wanted} is expected", _remedy(token, expected), start, end)


def _remedy(token: str, expected: set[str]) -> str:
    if token in (")", "]"):
        return "remove it, or write what is missing before it"
    if token in ("in", "context"):
        return f"write a name like this one in backquotes: `` `{token}` ``"
    if token and VALUE in expected:
        return "write what is missing before it"
    if not token and expected & {")", "]"}:
        return "close the bracket"
    return "join two conditions with `&&` or `||`" if token else "write what is missing"


def _error(message: str, help: str, at: int) -> ExprSyntaxError:
    return ExprSyntaxError(message, help, at, at + 1)

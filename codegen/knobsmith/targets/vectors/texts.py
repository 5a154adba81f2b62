"""Texts on the wire at the edges of their grammar."""

from collections.abc import Iterator

from knobsmith.model.domain import BooleanTokens, Domain, Wire
from knobsmith.targets.vectors.points import misspellings

_INTEGERS = ("32", "-0", "-1", "0", "9007199254740991", "-9007199254740991", "1" + "0" * 63)
_NUMBERS = (
    *("32", "-0", "0.5", "32.0", "1e2", "1E-7", "1e+2", "0.000001", "1e-400", "9007199254740993", "0.1" + "0" * 61),
    *("1.7976931348623157e308", "5e-324", "2.2250738585072014e-308", "0.30000000000000004", "123456789012345680000"),
)
# No number in this grammar, whatever some reader of some language makes of them.
_NO_NUMBERS = (
    *("+32", "032", ".5", "5.", "1_000", "1,000", "0,5", " 32 ", "32 ", "", "0x20", "nan", "NaN", "inf", "Infinity"),
    *(
        "-Infinity",
        "３２",
        "٣",
        "1e",
        "e5",
        "--1",
        "1e400",
        "32\n",
        "0.1" + "0" * 62,
        "1" + "0" * 64,
        "1f",
        "0b1",
        "1n",
    ),
)
_WHOLE_ONLY = ("32.0", "1e2", "9007199254740992", "-9007199254740992")


def texts(domain: Domain, wire: Wire) -> Iterator[tuple[str, str]]:
    """Texts to read, each with a label."""
    match domain.kind:
        case "integer":
            yield from _labelled("integer", (*_INTEGERS, *_NO_NUMBERS, *_WHOLE_ONLY))
        case "number":
            yield from _labelled("number", (*_NUMBERS, *_NO_NUMBERS))
        case "boolean":
            yield from _tokens(wire if isinstance(wire, BooleanTokens) else BooleanTokens())
        case "list":
            yield from _labelled("list", tuple(_lists(wire if isinstance(wire, str) else "json")))
        case "string":
            yield from _labelled("string", ("", " ", "null", "\ud800", '"', "a\x00b"))


def _labelled(kind: str, found: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((f"wire/{kind}/{place}", text) for place, text in enumerate(found))


def _tokens(tokens: BooleanTokens) -> Iterator[tuple[str, str]]:
    for token in (tokens.true, tokens.false):
        yield f"wire/token/{token}", token
        yield from ((f"wire/token/{token}/{way}", text) for way, text in misspellings(token))
    yield from _labelled("boolean", ("true", "false", "True", "False", "1", "0", "yes", ""))


def _lists(form: str) -> Iterator[str]:
    yield from ("", "1", "1,2", "1, 2", "1 2", "(1, 2)", "[1,2]", "[]", "()", "(1,)", "1,", ",1", "1,,2", " 1 , 2 ")
    yield from ("[1, 2", "1;2", "a,b", '["a"]', "[1,2.5]", "1\t2", "[[1]]", "[null]", "[NaN]", "(", "1,02", "[1e400]")
    yield from ("[Infinity]", "[-Infinity]")
    if form == "space":
        yield from ("  1   2  ", "1 2 3")

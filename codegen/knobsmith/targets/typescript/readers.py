"""The readers of a client: for each domain a function that gives the value in the usual case, else undefined.

What they refuse is read again with care by the package's own `reading`, which has the last word. So a reader may refuse
what is valid, and does so where accepting it at a glance would cost more code than it saves time.
"""

from collections.abc import Iterator
from typing import Literal

from knobsmith.expr.typescript_text import constant_text
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import ContextFact, Parameter
from knobsmith.model.domain import BooleanTokens, Bound, Domain, Interval, Range, Wire
from knobsmith.targets.typescript.source_text import INDENT, WIDTH, broken
from knobsmith.targets.typescript.types import value_type
from knobsmith.views.identifiers import Names
from knobsmith.views.typescript_names import KEYWORDS, USED, camel
from knobsmith.views.wording import domain_in_words

Form = Literal["wire", "native"]
_KINDS = {"list": "A list", "integer": "An integer", "number": "A number", "string": "A text", "boolean": "A boolean"}
_SOURCES = {
    ("integer", "wire"): "integerOf",
    ("number", "wire"): "numberOf",
    ("integer", "native"): "safeInteger",
    ("number", "native"): "finite",
}


class Readers:
    """Gives out the readers of an algorithm; domains that are alike share one."""

    def __init__(self) -> None:
        self.functions: list[str] = []
        self._names = Names({*KEYWORDS, *USED, *_SOURCES.values(), "plainText"})
        self._known: dict[str, str] = {}

    def reading(self, form: Form, place: int, fact: Parameter | ContextFact, value: str) -> str:
        """The expression that reads one hyperparameter."""
        reader = self._reader(form, fact.name, fact.domain, fact.wire)
        if reader is None:
            return f"plainly(PARAMETERS[{place}], {value}, {'true' if form == 'wire' else 'false'})"
        return f"{reader}({value})"

    def _reader(self, form: Form, name: str, domain: Domain, wire: Wire) -> str | None:
        """The function that reads a domain; None where the careful one has to do it all."""
        is_list = domain.kind == "list"
        lines = list(self._list(form, name, domain, wire) if is_list else _lines(form, domain, wire))
        if not lines or lines == ["plainText"]:
            return "plainText" if lines else None
        key = "\n".join(lines)
        if key not in self._known:
            self._known[key] = self._made(form, name, domain, lines)
        return self._known[key]

    def _list(self, form: Form, name: str, domain: Domain, wire: Wire) -> Iterator[str]:
        items = domain.items
        if items is None or items.kind == "list" or domain.values is not None or domain.special:
            return
        if form == "wire" and wire not in ("comma", "space", "tuple"):
            return
        item = self._reader(form, f"{name}_item", items, None)
        if item is None:
            return
        call = f'itemsOf(input, "{wire}", {item})' if form == "wire" else f"itemsOfList(input, {item})"
        yield f"{INDENT}const items = {call};"
        tests = " && ".join(["items", *_list_tests(domain)])
        yield from _choice(tests, "items")

    def _made(self, form: Form, fact: str, domain: Domain, lines: list[str]) -> str:
        stem = _range_name(domain) or camel(fact)
        name = self._names.unique(f"{stem}Text" if form == "wire" and domain.kind != "string" else f"{stem}Value")
        doc = f"{_KINDS[domain.kind]}: {domain_in_words(domain)}.".replace("*/", "*\\/")
        if domain.kind == "list":
            doc = f"The items of `{fact}`."
        head = f"function {name}(input: unknown): {_result(domain)} | undefined {{"
        self.functions.append("\n".join([f"/** {doc} */", head, *lines, "}"]))
        return name


def _result(domain: Domain) -> str:
    if domain.kind == "list":
        return value_type(domain, is_loose=True)
    plain = {"integer": "number", "number": "number", "boolean": "boolean", "string": "string"}[domain.kind]
    return f"{plain} | string" if domain.words and plain != "string" else plain


def _list_tests(domain: Domain) -> Iterator[str]:
    """Whether a list of valid items is one."""
    if domain.fields:
        yield f"items.length === {len(domain.fields)}"
    if domain.length is not None:
        pieces = [_in_interval(piece, "items.length") for piece in domain.length.intervals]
        yield pieces[0] if len(pieces) == 1 else f"({' || '.join(f'({piece})' for piece in pieces)})"
    if domain.unique:
        yield "repeated(items) === undefined"
    if domain.increasing:
        yield "fall(items) === undefined"


def _lines(form: Form, domain: Domain, wire: Wire) -> Iterator[str]:
    """The body of a reader; nothing where the careful one has to do it all."""
    if domain.open or domain.kind == "list":
        return
    words = " || ".join(f"input === {constant_text(word)}" for word in domain.words)
    if domain.kind == "string":
        yield from _string(domain)
        return
    if words:
        yield f"{INDENT}if ({words}) return input;"
    if domain.kind == "boolean":
        yield from _boolean(form, domain, wire)
        return
    yield f"{INDENT}const value = {_SOURCES[domain.kind, form]}(input);"
    test = _number_test(domain)
    yield from _choice(test, "value")


def _string(domain: Domain) -> Iterator[str]:
    if domain.values is None:
        if domain.pattern is None and domain.length is None and not domain.words:
            yield "plainText"
        return
    texts = [*(choice.value for choice in domain.values if choice.deprecated is None), *domain.words]
    tests = list(dict.fromkeys(f"input === {constant_text(text)}" for text in texts if isinstance(text, str)))
    yield from _either(tests)


def _choice(test: str, value: str) -> Iterator[str]:
    """The value if it passes."""
    line = f"{INDENT}return {test} ? {value} : undefined;"
    if len(line) <= WIDTH:
        yield line
        return
    yield from broken("return ", test, "", INDENT) if len(test) < WIDTH - 20 else broken("return (", test, ")", INDENT)
    yield f"{INDENT * 2}? {value}"
    yield f"{INDENT * 2}: undefined;"


def _either(tests: list[str]) -> Iterator[str]:
    line = f"{INDENT}return {' || '.join(tests)} ? input : undefined;"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"{INDENT}switch (input) {{"
    for test in tests:
        yield f"{INDENT * 2}case {test.removeprefix('input === ')}:"
    yield f"{INDENT * 3}return input;"
    yield f"{INDENT * 2}default:"
    yield f"{INDENT * 3}return undefined;"
    yield f"{INDENT}}}"


def _boolean(form: Form, domain: Domain, wire: Wire) -> Iterator[str]:
    tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
    allowed = (
        (True, False)
        if domain.values is None
        else [choice.value for choice in domain.values if choice.deprecated is None]
    )
    texts = {True: constant_text(tokens.true), False: constant_text(tokens.false)}
    parts = [
        f"input === {texts[value] if form == 'wire' else constant_text(value)} ? {constant_text(value)} : "
        for value in (True, False)
        if value in allowed
    ]
    yield f"{INDENT}return {''.join(parts)}undefined;"


def _number_test(domain: Domain) -> str:
    """Whether a number is valid, NaN is not; ends that are names bind nothing here."""
    stated = [choice.value for choice in domain.values or () if choice.deprecated is None]
    singles: list[PlainValue] = [special.value for special in domain.special if special.value is not None]
    intervals = [special.interval for special in domain.special if special.interval is not None]
    tests = [f"value === {constant_text(value)}" for value in stated if isinstance(value, (int, float))]
    if domain.values is None:
        tests.append(_ordinary(domain))
    tests += [f"value === {constant_text(value)}" for value in singles if isinstance(value, (int, float))]
    tests += [_in_interval(interval) for interval in intervals if not _is_named(interval)]
    parts = list(dict.fromkeys(tests)) or ["false"]
    return parts[0] if len(parts) == 1 else " || ".join(f"({part})" if "&&" in part else part for part in parts)


def _ordinary(domain: Domain) -> str:
    pieces = [_in_interval(_constant(piece)) for piece in domain.range.intervals] if domain.range else []
    within = " || ".join(f"({piece})" if len(pieces) > 1 and "&&" in piece else piece for piece in pieces)
    if domain.multiple_of is None:
        return within or "value === value"
    rest = f"value % {domain.multiple_of} === 0"
    if not within:
        return rest
    return f"({within}) && {rest}" if "||" in within else f"{within} && {rest}"


def _in_interval(interval: Interval, value: str = "value") -> str:
    low, high = interval.lower, interval.upper
    if low.value is not None and low.value == high.value:
        return f"{value} === {constant_text(low.value)}"
    parts = []
    if low.value is not None:
        parts.append(f"{value} {'>=' if low.closed else '>'} {constant_text(low.value)}")
    if high.value is not None:
        parts.append(f"{value} {'<=' if high.closed else '<'} {constant_text(high.value)}")
    return " && ".join(parts) or f"{value} === {value}"


def _constant(interval: Interval) -> Interval:
    return Interval(lower=_constant_end(interval.lower), upper=_constant_end(interval.upper))


def _constant_end(bound: Bound) -> Bound:
    return bound if bound.name is None else Bound()


def _is_named(interval: Interval) -> bool:
    return interval.lower.name is not None or interval.upper.name is not None


def _range_name(domain: Domain) -> str | None:
    """What readers of a range are called: `integerFrom1`, `numberAbove0To1`."""
    if domain.values is not None or domain.special or domain.multiple_of is not None:
        return None
    if domain.kind not in ("integer", "number"):
        return "boolean" if domain.kind == "boolean" else None
    return domain.kind + (_ends(domain.range) if domain.range is not None else "")


def _ends(stated: Range) -> str:
    if len(stated.intervals) != 1:
        return "InRange"
    low, high = (_constant_end(end) for end in (stated.intervals[0].lower, stated.intervals[0].upper))
    lower = f"{'From' if low.closed else 'Above'}{_digits(low.value)}" if low.value is not None else ""
    upper = f"{'To' if high.closed else 'Below'}{_digits(high.value)}" if high.value is not None else ""
    return lower + upper


def _digits(value: float) -> str:
    return constant_text(value).replace("-", "Minus").replace(".", "_").replace("+", "")

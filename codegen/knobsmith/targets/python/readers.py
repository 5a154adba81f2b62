"""The readers of a client: for each domain a function that gives the value in the usual case, else None.

What they refuse is read again with care by the package's own `_reading`, which has the last word. So a reader may
refuse what is valid, and does so where accepting it at a glance would cost more code than it saves time.
"""

import re
from typing import Literal

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import BooleanTokens, Domain, Wire
from knobsmith.records import Record
from knobsmith.regex import to_python
from knobsmith.targets.python.domain_tests import (
    LARGEST_INTEGER,
    among,
    list_test,
    number_test,
    text_test,
)
from knobsmith.targets.python.reader_domains import (
    bounded,
    constant_part,
    finite,
    plain_values,
    range_name,
    what_matters,
)
from knobsmith.targets.python.runtime._writing import wire_text
from knobsmith.targets.python_conditions import both, broken
from knobsmith.targets.source_text import INDENT, WIDTH
from knobsmith.views.identifiers import Names, snake
from knobsmith.views.wording import domain_in_words

Form = Literal["wire", "native"]
CLOSER = "look_closer"


class Table(Record):
    """A dictionary or compiled pattern that readers use."""

    name: str
    value: str | dict[str, PlainValue]


class Function(Record):
    """A reader."""

    name: str
    argument: str
    result: str
    doc: str
    lines: tuple[str, ...]


class Readers:
    """Gives out the readers of an algorithm; domains that are alike share one."""

    def __init__(self) -> None:
        self.functions: list[Function] = []
        self.tables: list[Table] = []
        self._names = Names()
        self._known: dict[tuple[object, ...], str] = {}

    def reader(self, form: Form, name: str, domain: Domain, wire: Wire) -> str:
        """The Python expression of a reader.

        Args:
            form: What it reads.
            name: Whose reader it is; those who share it take no notice.
            domain: What it accepts.
            wire: How a boolean or a list is written.
        """
        domain = constant_part(domain)
        shared = domain.kind == "string"  # a text is the same in both forms
        spelling = (None, None) if shared else (form, wire if form == "wire" else None)
        key = (*spelling, *what_matters(domain), name if _is_named(domain) else None)
        if key not in self._known:
            self._known[key] = self._made(form, name, domain, wire)
        return self._known[key]

    def _made(self, form: Form, name: str, domain: Domain, wire: Wire) -> str:
        match domain.kind:
            case "boolean":
                return self._boolean(form, name, domain, wire)
            case "string" if domain.open:
                return CLOSER
            case "string" if domain.values is not None:
                return self._choice(name, {str(value): value for value in plain_values(domain)})
            case "string":
                return self._text(name, domain)
            case "list":
                return self._list(form, name, domain, wire)
            case _:
                return self._number(form, name, domain)

    def _boolean(self, form: Form, name: str, domain: Domain, wire: Wire) -> str:
        if form == "native":
            return "boolean" if domain.values is None and not domain.special else CLOSER
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        allowed = (True, False) if domain.values is None else plain_values(domain)
        texts: dict[str, PlainValue] = {tokens.true: True, tokens.false: False}
        texts = {text: value for text, value in texts.items() if value in allowed}
        return self._choice(name if domain.words else "boolean", texts | {word: word for word in domain.words})

    def _choice(self, name: str, texts: dict[str, PlainValue]) -> str:
        for table in self.tables:
            if repr(table.value) == repr(texts):  # 1 and true are equal, but not the same
                return f"{table.name}.get"
        table = Table(self._names.unique(f"_{snake(name).upper()}"), texts)
        self.tables.append(table)
        return f"{table.name}.get"

    def _text(self, name: str, domain: Domain) -> str:
        test = text_test(domain, "text", self.pattern(name, domain))
        if test == "True":
            return "plain_text"
        # No text here but ASCII: whatever else a text may hold is asked with care.
        conditions = ["text.__class__ is str", "text.isascii()", test]
        return self._function(name, "text: Any", "str", domain, _return_if(conditions, "str(text)"))

    def pattern(self, name: str, domain: Domain) -> str:
        """The name of the function that searches for a domain's pattern; "" if it has none."""
        if domain.pattern is None:
            return ""
        table = Table(self._names.unique(f"_{snake(name)}_found"), to_python(domain.pattern))
        self.tables.append(table)
        return table.name

    def _number(self, form: Form, name: str, domain: Domain) -> str:
        if domain.open:
            return CLOSER
        if form == "wire" and domain.values is not None:
            return self._choice(name, {wire_text(None, value): value for value in plain_values(domain)})
        if form == "wire":
            return self._wire_number(name, domain)
        return self._native_number(name, domain)

    def _wire_number(self, name: str, domain: Domain) -> str:
        words = [f"if {among(domain.words, 'text')}:", "    return text"] if domain.words else []
        if domain.kind == "integer":
            # Written back, an integer is the same text again: no other spelling is accepted.
            conditions = [number_test(bounded(domain), "value"), "str(value) == text"]
            lines = ["value = int(text)", *_return_if(conditions)]
        else:
            lines = ["if not is_number(text) or len(text) > 64:", "    return None", "value = float(text) + 0.0"]
            lines += _return_if([finite(domain), number_test(domain, "value")])
        return self._function(name, "text: str", _result(domain), domain, [*words, *lines])

    def _native_number(self, name: str, domain: Domain) -> str:
        if domain.kind == "integer":
            lines = _return_if(["value.__class__ is int", number_test(bounded(domain), "value")], "int(value)")
        else:
            conditions = ["value.__class__ is float or value.__class__ is int", finite(domain)]
            lines = _return_if([*conditions, number_test(domain, "value")], "float(value) + 0.0")
        plain = "int" if domain.kind == "integer" else "float"
        return self._function(f"native_{name}", "value: Any", plain, domain, lines, prefix="native_")

    def _list(self, form: Form, name: str, domain: Domain, wire: Wire) -> str:
        items = domain.items
        if items is None or items.kind not in ("integer", "number", "boolean"):
            return CLOSER
        if form == "wire" and wire in (None, "json"):
            return CLOSER
        item = self.reader(form, f"{name}_item", items, None)
        if item == CLOSER:
            return CLOSER
        lines = _items_of_text(item, wire) if form == "wire" else _items_of_list(item)
        lines += _return_if(["None not in items", list_test(domain, "items")], "items")
        typed = "text: str" if form == "wire" else "value: Any"
        named = name if form == "wire" else f"native_{name}"
        return self._function(named, typed, "tuple[Any, ...]", domain, lines)

    def _function(
        self, name: str, argument: str, result: str, domain: Domain, lines: list[str], prefix: str = ""
    ) -> str:
        wanted = range_name(domain) if domain.kind in ("integer", "number") else None
        unique = self._names.unique(f"_{prefix}{wanted}" if wanted else f"_{snake(name)}")
        doc = f"The items of `{name.removeprefix('native_')}`."
        if domain.kind != "list":
            doc = f"{_KINDS[domain.kind]}: {domain_in_words(domain)}."
        named = [re.sub(rf"(?<=[ -]){LARGEST_INTEGER}(?=[ :)])", "LARGEST_INTEGER", line) for line in lines]
        self.functions.append(Function(unique, argument, f"{result} | None", doc, tuple(named)))
        return unique


_KINDS = {"integer": "An integer", "number": "A number", "string": "A text"}


def _is_named(domain: Domain) -> bool:
    """Whether a reader is called after one hyperparameter, and so is not shared."""
    return domain.kind == "list" or domain.pattern is not None


def _result(domain: Domain) -> str:
    plain = "int" if domain.kind == "integer" else "float"
    return f"{plain} | str" if domain.words else plain


def _return_if(conditions: list[str], result: str = "value") -> list[str]:
    line = f"return {result} if {both(conditions)} else None"
    if len(line) <= WIDTH - len(INDENT):
        return [line]
    return [*broken("if ", both(conditions), ":", ""), f"    return {result}", "return None"]


def _items_of_text(item: str, wire: Wire) -> list[str]:
    if wire == "tuple":
        return [
            'if not text.startswith("(") or not text.endswith(")"):',
            "    return None",
            f'items: tuple[Any, ...] = tuple([{item}(part.strip(" ")) for part in text[1:-1].split(",")])',
        ]
    if wire == "space":
        return [f'items: tuple[Any, ...] = tuple([{item}(part) for part in text.split(" ")])']
    return [f'items: tuple[Any, ...] = tuple([{item}(part.strip(" ")) for part in text.split(",")])']


def _items_of_list(item: str) -> list[str]:
    return [
        "if value.__class__ is not tuple and value.__class__ is not list:",
        "    return None",
        f"items: tuple[Any, ...] = tuple([{item}(part) for part in value])",
    ]

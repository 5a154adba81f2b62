"""The types of a model's attributes: what each may be, with the bounds that pydantic checks and publishes."""

import re
from collections.abc import Iterator, Sequence

from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Parameter
from knobsmith.model.domain import Bound, Domain, Interval, Range
from knobsmith.records import Record
from knobsmith.regex import to_ecma
from knobsmith.targets.source_text import literal
from knobsmith.views.python_names import PythonNames
from knobsmith.views.statics import accepts_null, can_be_ignored, can_be_unset, has_computed_default

_PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}


class Annotations(Record):
    """The types of one algorithm's hyperparameters."""

    names: PythonNames

    def attribute(self, parameter: Parameter) -> str:
        """What the attribute holds."""
        named = self._named(parameter)
        held = named if named is not None else _held(parameter.domain)
        return _with_none(held, may_hold_nothing(parameter))

    def argument(self, parameter: Parameter) -> str:
        """What the constructor takes for it."""
        enum = self.names.enums.get(parameter.name)
        if enum is None:
            return _with_none(_accepted(parameter.domain), accepts_null(parameter))
        texts = ["str"] if parameter.domain.open else [_literals([*enum.members, *parameter.domain.words])]
        return _with_none(" | ".join([enum.name, *texts]), accepts_null(parameter))

    def _named(self, parameter: Parameter) -> str | None:
        """The type that has a class of its own."""
        domain, words = parameter.domain, list(parameter.domain.words)
        if enum := self.names.enums.get(parameter.name):
            if domain.open:
                return f'Annotated[{enum.name} | str, Field(union_mode="left_to_right")]'
            return " | ".join([enum.name, *([_literals(words)] if words else [])])
        if row := self.names.rows.get(parameter.name):
            return " | ".join([row.name, *([_literals(words)] if words else [])])
        return None


def may_hold_nothing(parameter: Parameter) -> bool:
    """Whether the attribute of a valid configuration may be None: unset, or a default that hangs on the unknown."""
    if parameter.required and not can_be_ignored(parameter):
        return False
    return can_be_unset(parameter) or has_computed_default(parameter) or parameter.forbidden_when is not None


def alternatives(annotation: str) -> list[str]:
    """The parts of a union."""
    parts, depth = [""], 0
    for piece in re.split(r"([\[\]]| \| )", annotation):
        depth += {"[": 1, "]": -1}.get(piece, 0)
        if piece == " | " and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def item_annotation(domain: Domain) -> str:
    """The type of an item of a list."""
    return _held(domain)


def _with_none(held: str, may_be_none: bool) -> str:
    return f"{held} | None" if may_be_none else held


def _held(domain: Domain) -> str:
    """The type of a valid value."""
    parts = list(dict.fromkeys(_alternatives(domain)))
    return " | ".join(parts)


def _alternatives(domain: Domain) -> Iterator[str]:
    if domain.values is not None and not domain.open and domain.kind != "number":
        yield from _choice(domain)
    else:
        yield from _general(domain)
    if domain.words:
        yield _literals(domain.words)
    for special in domain.special:
        if special.interval is not None:
            yield _annotated(_PLAIN[domain.kind], _bounds(special.interval, domain))
        elif special.value is not None and domain.kind in ("integer", "number"):
            yield _point(domain, special.value)


def _choice(domain: Domain) -> Iterator[str]:
    values = [choice.value for choice in domain.values or ()]
    if domain.kind == "boolean":
        yield _literals(values) if len(values) == 1 else "bool"
    elif domain.kind == "list":
        yield f"tuple[{_held(domain.items) if domain.items else 'Any'}, ...]"
    else:
        yield _literals(values)


def _general(domain: Domain) -> Iterator[str]:
    if domain.kind == "list":
        item = _held(domain.items) if domain.items is not None else "Any"
        yield _annotated(f"tuple[{item}, ...]", _lengths(domain.length))
    elif domain.kind == "string":
        pattern = [f"pattern={literal(to_ecma(domain.pattern))}"] if domain.pattern is not None else []
        yield _annotated("str", [*_lengths(domain.length), *pattern])
    elif domain.kind in ("integer", "number") and domain.values is None:
        divisor = [f"multiple_of={domain.multiple_of}"] if domain.multiple_of is not None else []
        pieces = domain.range.intervals if domain.range is not None else ()
        for piece in pieces:
            if domain.kind == "integer" and piece.lower.value is not None and piece.lower.value == piece.upper.value:
                yield _literals([piece.lower.value])
                continue
            yield _annotated(_PLAIN[domain.kind], [*_bounds(piece, domain), *divisor])
        if not pieces:
            yield _annotated(_PLAIN[domain.kind], divisor)
    else:
        yield _PLAIN[domain.kind]


def _bounds(interval: Interval, domain: Domain) -> list[str]:
    low, high = interval.lower, interval.upper
    return [*_bound("ge" if low.closed else "gt", low, domain), *_bound("le" if high.closed else "lt", high, domain)]


def _bound(key: str, bound: Bound, domain: Domain) -> list[str]:
    return [] if bound.value is None else [f"{key}={literal(bound.value)}"]


def _point(domain: Domain, value: PlainValue) -> str:
    if domain.kind == "integer":
        return _literals([value])
    return _annotated("float", [f"ge={literal(value)}", f"le={literal(value)}"])


def _lengths(length: Range | None) -> list[str]:
    """The bounds of a length, which are whole and not below 0; a length with a hole is left to validation."""
    if length is None or len(length.intervals) != 1:
        return []
    low, high = length.intervals[0].lower, length.intervals[0].upper
    least = int(low.value) + (not low.closed) if isinstance(low.value, (int, float)) else 0
    most = [int(high.value) - (not high.closed)] if isinstance(high.value, (int, float)) else []
    return [*([f"min_length={least}"] if least > 0 else []), *(f"max_length={end}" for end in most)]


def _annotated(plain: str, facts: list[str]) -> str:
    return f"Annotated[{plain}, Field({', '.join(facts)})]" if facts else plain


def _literals(values: Sequence[PlainValue]) -> str:
    return f"Literal[{', '.join(dict.fromkeys(map(literal, values)))}]"


def _accepted(domain: Domain) -> str:
    """The type of what a constructor takes."""
    words = [_literals(domain.words)] if domain.words else []
    if domain.kind == "list":
        items = _accepted(domain.items) if domain.items is not None else "Any"
        return " | ".join([f"Sequence[{items}]", *words])
    if domain.kind == "integer" and domain.values is not None and not domain.open:
        singles = [special.value for special in domain.special if special.value is not None]
        wide = ["int"] if any(special.interval is not None for special in domain.special) else []
        values = _literals([*(choice.value for choice in domain.values), *singles])
        return " | ".join([values, *wide, *words])
    return " | ".join([_PLAIN[domain.kind], *words])

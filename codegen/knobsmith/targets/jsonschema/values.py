"""What a condition asks of one value, as a schema of that value."""

import math
from typing import Any

from knobsmith.expr.formula import (
    Compared,
    Conjunction,
    Contains,
    Count,
    Disjunction,
    Fits,
    Fixed,
    ForItems,
    Formula,
    Found,
    InList,
    IsFinite,
    IsTrue,
    IsWord,
    Item,
    Negation,
    Reference,
    Term,
    Widened,
)
from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.expr.syntax import Variable
from knobsmith.expr.types import ValueType
from knobsmith.expr.walking import walk
from knobsmith.model.base import PlainValue, json_value
from knobsmith.model.domain import Domain
from knobsmith.model.intervals import first_integer, is_constant, is_finite, last_integer
from knobsmith.model.membership import contains
from knobsmith.regex import to_ecma
from knobsmith.targets.jsonschema.domains import forms, has_value_aliases
from knobsmith.targets.jsonschema.folding import NoValueError, free_references, is_closed, replaced, truth, value_of
from knobsmith.targets.jsonschema.schemas import Schema, all_of, any_of, not_, one_of_values
from knobsmith.targets.jsonschema.thresholds import direction, first_float_where, first_integer_where

# An integer range of at most this many points may be listed where no keyword says what is asked.
_LISTED = 256
_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_KEYWORDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}


class NotCarriedError(Exception):
    """No keyword says what is asked; the message says why, to be read after "because"."""


def value_schema(formula: Formula, subject: Reference, domain: Domain) -> Schema:
    """Accepts the values of a domain for which a formula that reads nothing else holds.

    What it makes of values outside the domain means nothing.

    Raises:
        NotCarriedError: no schema does that.
    """
    listed = closed_values(domain)
    if listed is None:
        try:
            return _structural(formula, subject, domain)
        except NotCarriedError:
            listed = _points(domain)
            if listed is None:
                raise
    return one_of_values(form for v in listed if truth(formula, {subject.ref: v}) for form in forms(domain, v))


def closed_values(domain: Domain) -> list[PlainValue] | None:
    """All values of a domain, if they are listed: its choices or booleans, and its special values."""
    if any(special.interval is not None for special in domain.special):
        return None
    special = [s.word if s.word is not None else s.value for s in domain.special]
    extra = [value for value in special if value is not None]
    if domain.values is not None and not domain.open:
        return [*(choice.value for choice in domain.values), *extra]
    return [False, True, *extra] if domain.kind == "boolean" else None


def _points(domain: Domain) -> list[PlainValue] | None:
    """All values of a short range of integers."""
    bounded = domain.kind == "integer" and domain.range and is_constant(domain.range) and is_finite(domain.range)
    if not bounded or domain.range is None or any(special.interval for special in domain.special):
        return None
    ends = [(first_integer(i.lower), last_integer(i.upper)) for i in domain.range.intervals]
    if sum(last - first + 1 for first, last in ends) > _LISTED:
        return None
    inside = [v for first, last in ends for v in range(first, last + 1) if contains(domain, v)]
    special = [s.word if s.word is not None else s.value for s in domain.special]
    return [*inside, *(v for v in special if v is not None and v not in inside)]


def _structural(formula: Formula, subject: Reference, domain: Domain) -> Schema:
    match formula:
        case Fixed(value=value):
            return value
        case Conjunction(parts=parts):
            return all_of(*(_structural(part, subject, domain) for part in parts))
        case Disjunction(parts=parts):
            return any_of(*(_structural(part, subject, domain) for part in parts))
        case Negation(part=part):
            return not_(_structural(part, subject, domain))
    if is_closed(formula):
        return truth(formula)
    if any(isinstance(part, ForItems) and Variable(part.variable) == subject.ref for part in walk(formula)):
        raise NotCarriedError("two variables have one name")
    try:
        return _atom(formula, subject, domain)
    except NoValueError:
        return False  # Its guard does not hold, so nobody asks.


def _atom(formula: Formula, subject: Reference, domain: Domain) -> Schema:
    position = _only_item(formula, subject)
    if position is not None and domain.items is not None and subject.type.item is not None:
        return _of_item(formula, subject, domain.items, position)
    if has_value_aliases(domain) and not isinstance(formula, Compared):
        raise NotCarriedError("some of its values have aliases")
    return _test(formula, subject, domain)


def _only_item(formula: Formula, subject: Reference) -> int | None:
    """The position of the one item that a formula reads of a list, if that is all it reads of it."""
    items = [part for part in walk(formula) if isinstance(part, Item) and part.base == subject]
    uses = sum(part == subject for part in walk(formula))
    positions = {value_of(item.index) for item in items if is_closed(item.index)}
    if len(items) == uses and len(positions) == 1:
        position = positions.pop()
        return position if isinstance(position, int) else None
    return None


def _of_item(formula: Formula, subject: Reference, items: Domain, position: int) -> Schema:
    inner = Reference(Variable(f"item {position}"), subject.type.item or ValueType(items.kind))
    asked = formula
    for part in walk(formula):
        if isinstance(part, Item) and part.base == subject:
            asked = replaced(asked, part, inner)
    schema = value_schema(asked, inner, items)
    return {"type": "array", "prefixItems": [*[True] * position, schema], "minItems": position + 1}


def _test(formula: Formula, subject: Reference, domain: Domain) -> Schema:
    match formula:
        case IsWord(term=term) if term == subject:
            return one_of_values(subject.type.words)
        case IsTrue(term=term) if term == subject:
            return {"const": True}
        case Compared(operator=operator, left=left, right=right) if is_closed(right):
            return _compared(operator, left, right, subject, domain)
        case Compared(operator=operator, left=left, right=right) if is_closed(left):
            return _compared(_FLIPPED[operator], right, left, subject, domain)
        case Contains(container=container, item=item) if item == subject and is_closed(container):
            found = value_of(container)
            listed = found if isinstance(found, tuple) else ()
            return one_of_values(form for value in listed for form in forms(domain, value))
        case Contains(container=container, item=item) if container == subject and is_closed(item) and domain.items:
            return {"type": "array", "contains": one_of_values(forms(domain.items, value_of(item)))}
        case Found(pattern=pattern, subject=searched) if searched == subject:
            return {"type": "string", "pattern": to_ecma(pattern)}
        case InList(base=base, index=index) if base == subject and is_closed(index):
            return {"type": "array", "minItems": int(str(value_of(index))) + 1}
        case Fits(term=term):
            return _between(term, subject, -LARGEST_INTEGER, LARGEST_INTEGER)
        case IsFinite(term=term):
            return _between(term, subject, math.nextafter(-math.inf, 0), math.nextafter(math.inf, 0))
        case ForItems(container=container) if container == subject and domain.items is not None:
            return _for_items(formula, subject, domain.items)
        case _:
            raise NotCarriedError("no keyword does this computation")


def _for_items(formula: ForItems, subject: Reference, items: Domain) -> Schema:
    if subject.ref in free_references(formula.body):
        raise NotCarriedError("no keyword compares the items of an array")
    inner = Reference(Variable(formula.variable), subject.type.item or ValueType(items.kind))
    schema = value_schema(formula.body, inner, items)
    return {"type": "array", "items" if formula.which == "all" else "contains": schema}


def _compared(operator: str, left: Term, right: Term, subject: Reference, domain: Domain) -> Schema:
    wanted = value_of(right)
    if left == subject and operator in ("==", "!="):
        equal = one_of_values(forms(domain, wanted))
        return equal if operator == "==" else not_(equal)
    if has_value_aliases(domain):
        raise NotCarriedError("some of its values have aliases")
    if isinstance(wanted, bool) or not isinstance(wanted, (int, float)):
        raise NotCarriedError("no keyword does this computation")
    if isinstance(left, Count) and left.operand == subject:
        return _counted(operator, wanted, left.of)
    if left in (subject, Widened(subject)) and operator in _KEYWORDS:
        return {"type": "number", _KEYWORDS[operator]: json_value(wanted)}
    return _crossing(operator, left, wanted, subject)


def _counted(operator: str, wanted: int | float, kind: str) -> Schema:
    least, most = ("minLength", "maxLength") if kind == "string" else ("minItems", "maxItems")
    low = {">=": math.ceil(wanted), ">": math.floor(wanted) + 1}.get(operator)
    high = {"<=": math.floor(wanted), "<": math.ceil(wanted) - 1}.get(operator)
    if operator in ("==", "!="):
        low = high = int(wanted) if float(wanted).is_integer() else -1
    if high is not None and high < 0:
        return operator == "!="
    counts = {key: count for key, count in ((least, low), (most, high)) if count is not None and count >= 0}
    schema: dict[str, Any] = {"type": "string" if kind == "string" else "array", **counts}
    return not_(schema) if operator == "!=" else schema


def _crossing(operator: str, term: Term, wanted: int | float, subject: Reference) -> Schema:
    """A test of a term that only grows or only falls with the subject."""
    if operator == "!=":
        return not_(_crossing("==", term, wanted, subject))
    if operator == "==":
        return all_of(_crossing(">=", term, wanted, subject), _crossing("<=", term, wanted, subject))
    return all_of({"type": "number"}, _half_line(operator, term, wanted, subject))


def _half_line(operator: str, term: Term, wanted: int | float, subject: Reference) -> Schema:
    way = direction(term)
    if way == 0:
        raise NotCarriedError("no keyword does this computation")
    grows = (way > 0) == (operator in (">", ">="))

    def test(value: PlainValue) -> bool:
        return _tested(operator, term, wanted, subject, value)

    first = first_integer_where if subject.type.kind == "integer" else first_float_where
    if grows:
        start = first(test)
        return False if start is None else {"minimum": start}
    start = first(lambda value: not test(value))
    return True if start is None else {"exclusiveMaximum": start}


def _tested(operator: str, term: Term, wanted: int | float, subject: Reference, value: PlainValue) -> bool:
    found = value_of(term, {subject.ref: value})
    pair = (found, wanted) if isinstance(found, (int, float)) else (0, wanted)
    return {"<": pair[0] < pair[1], "<=": pair[0] <= pair[1], ">": pair[0] > pair[1], ">=": pair[0] >= pair[1]}[
        operator
    ]


def _between(term: Term, subject: Reference, lowest: int | float, highest: int | float) -> Schema:
    return all_of(_crossing(">=", term, lowest, subject), _crossing("<=", term, highest, subject))

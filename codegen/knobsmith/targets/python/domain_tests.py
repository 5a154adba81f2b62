"""Python conditions that hold for exactly the values that constant facts allow."""

from collections.abc import Sequence

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Bound, Domain, Interval, Range, Special
from knobsmith.model.membership import in_range
from knobsmith.targets.python_conditions import both, either
from knobsmith.targets.source_text import literal

LARGEST_INTEGER = 2**53 - 1


def number_test(domain: Domain, value: str) -> str:
    """Whether a finite integer or number is valid; ends that are names bind nothing. "True" if all are."""
    if domain.values is not None and not domain.open:
        stated = [choice.value for choice in domain.values]
        return either([among(stated, value), *special_tests(domain.special, value)])
    parts = [range_test(domain.range, value)] if domain.range is not None else []
    if domain.multiple_of is not None:
        parts.append(f"{value} % {domain.multiple_of} == 0")
    general = both(parts)
    # A special value inside the range needs no test of its own.
    beside = [special for special in domain.special if not _is_inside(domain, special)]
    return "True" if general == "True" else either([general, *special_tests(beside, value)])


def _is_inside(domain: Domain, special: Special) -> bool:
    value = special.value
    if domain.range is None or domain.multiple_of is not None or not isinstance(value, (int, float)):
        return False
    return in_range(domain.range, value)


def text_test(domain: Domain, value: str, patterns: str) -> str:
    """Whether a text is valid; ``patterns`` is the name of the function that searches for the domain's pattern."""
    if domain.values is not None and not domain.open:
        words = [*(choice.value for choice in domain.values), *domain.words]
        return among(words, value)
    parts = [range_test(domain.length, f"len({value})")] if domain.length is not None else []
    if domain.pattern is not None:
        parts.append(f"{patterns}({value})")
    return either([both(parts), among(domain.words, value)]) if parts and domain.words else both(parts)


def case_test(domain: Domain, value: str, pattern: str, *, may_be_word: bool) -> str:
    """Whether a value that the general facts allow is valid in a case.

    Args:
        domain: What the case allows.
        value: The Python name of the value.
        pattern: The name of the function that searches for the domain's pattern.
        may_be_word: Whether the value may be a word instead of one of the domain's kind.
    """
    if domain.kind == "string":
        return text_test(domain, value, pattern)
    words = [among(domain.words, value)] if domain.words else []
    guard = [f"{value}.__class__ is not str"] if may_be_word else []
    return either([*words, both([*guard, _kind_test(domain, value)])])


def _kind_test(domain: Domain, value: str) -> str:
    if domain.kind in ("integer", "number"):
        return number_test(domain, value)
    values = [choice.value for choice in domain.values or ()]
    if domain.kind == "boolean":
        return both([f"{value} is {choice}" for choice in values]) if len(values) == 1 else "True"
    special = special_tests(domain.special, value)
    general = both([list_test(domain, value), *([among(values, value)] if values else [])])
    return "True" if general == "True" else either([general, *special])


def list_test(domain: Domain, value: str) -> str:
    """Whether a list, its items being valid, is valid itself."""
    parts = [f"len({value}) == {len(domain.fields)}"] if domain.fields else []
    if domain.length is not None:
        parts.append(range_test(domain.length, f"len({value})"))
    if domain.unique:
        parts.append(f"len(set({value})) == len({value})")
    if domain.increasing:
        parts.append(f"all(map(lt, {value}, {value}[1:]))")
    return both(parts)


def special_tests(specials: Sequence[Special], value: str) -> list[str]:
    """Whether a number is one of those with a meaning of their own, as far as that is a constant fact."""
    points = [special.value for special in specials if special.value is not None]
    intervals = [special.interval for special in specials if special.interval is not None and is_constant(special)]
    return [*([among(points, value)] if points else []), *(_interval_test(piece, value) for piece in intervals)]


def is_constant(special: Special) -> bool:
    """Whether a special meaning hangs on no other hyperparameter."""
    interval = special.interval
    return interval is None or (interval.lower.name is None and interval.upper.name is None)


def among(values: Sequence[PlainValue], value: str) -> str:
    """Whether a value is one of several."""
    return f"{value} == {literal(values[0])}" if len(values) == 1 else f"{value} in {literal(tuple(values))}"


def range_test(stated: Range, value: str) -> str:
    """Whether a number lies in a range."""
    return either([_interval_test(interval, value) for interval in stated.intervals])


def _interval_test(interval: Interval, value: str) -> str:
    low, high = _end(interval.lower), _end(interval.upper)
    if low is not None and low == high:
        return f"{value} == {low}"
    above = f"{low} {'<=' if interval.lower.closed else '<'} " if low is not None else ""
    below = f" {'<=' if interval.upper.closed else '<'} {high}" if high is not None else ""
    if above and not below:
        return f"{value} {'>=' if interval.lower.closed else '>'} {low}"
    return f"{above}{value}{below}" if below else "True"


def _end(bound: Bound) -> str | None:
    if not isinstance(bound.value, (int, float)):
        return None
    value = bound.value
    return str(int(value)) if float(value).is_integer() and abs(value) <= LARGEST_INTEGER else repr(value)

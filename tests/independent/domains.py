"""Which facts of a domain a value breaks (section 3), in the order of the codes of section 15."""

from collections.abc import Callable
from itertools import pairwise

from tests.independent.reading import read_native
from tests.independent.regexes import is_found
from tests.independent.values import Json, Result, Row, Value, Word, is_numeric, same

# The value of a named end; what is no number binds nothing.
NamedEnd = Callable[[str], Result]


def is_special(domain: Json, value: Value, named_end: NamedEnd | None = None) -> bool:
    """Whether the value has a meaning of its own: then it satisfies the domain whatever else is said."""
    return any(_is_this_special(domain, special, value, named_end) for special in domain["special"])


def _is_this_special(domain: Json, special: Json, value: Value, named_end: NamedEnd | None) -> bool:
    if special["word"] is not None:
        return same(value, read_native(domain, special["word"]))
    if special["value"] is not None:
        return same(value, read_native(domain, special["value"]))
    interval = special["interval"]
    if named_end is None and any(bound["name"] is not None for bound in interval.values()):
        return False  # no constant fact: while names are not asked, it can give leave to nothing
    return is_numeric(value) and _is_inside(interval, value, named_end)


def broken_facts(domain: Json, value: Value, named_end: NamedEnd | None = None) -> list[str]:
    """The codes of all facts that are broken. Named ends count only where their values can be asked."""
    if is_special(domain, value, named_end):
        return []
    if isinstance(value, Word):
        return ["values"]  # a word of the parameter that the domain of a case leaves out
    broken = {
        "values": domain["values"] is not None and not domain["open"] and not is_choice(domain, value),
        "range": domain["range"] is not None and not is_in_range(domain["range"], value, named_end),
        "multiple_of": domain["multiple_of"] is not None and _remainder(value, domain["multiple_of"]) != 0,
        "pattern": domain["pattern"] is not None and isinstance(value, str) and not is_found(domain["pattern"], value),
        "length": _is_length_broken(domain, value),
        "items": isinstance(value, Row) and any(broken_facts(domain["items"], i, named_end) for i in value.items),
        "unique": domain["unique"] and isinstance(value, Row) and _has_a_repetition(value),
        "increasing": domain["increasing"] and isinstance(value, Row) and not _is_increasing(value),
    }
    return [code for code, is_broken in broken.items() if is_broken]


def is_choice(domain: Json, value: Value) -> bool:
    """Whether the value is one of ``values``."""
    return any(same(value, read_native(domain, choice["value"])) for choice in domain["values"])


def is_in_range(range_: Json, value: Value, named_end: NamedEnd | None) -> bool:
    return any(_is_inside(interval, value, named_end) for interval in range_["intervals"])


def _is_inside(interval: Json, value: Value, named_end: NamedEnd | None) -> bool:
    lower, upper = _end(interval["lower"], named_end), _end(interval["upper"], named_end)
    assert isinstance(value, (int, float))
    if lower is not None and not (lower <= value if interval["lower"]["closed"] else lower < value):
        return False
    return upper is None or (value <= upper if interval["upper"]["closed"] else value < upper)


def _end(bound: Json, named_end: NamedEnd | None) -> int | float | None:
    """Where the range ends; None where nothing binds."""
    if bound["name"] is None:
        return bound["value"]  # type: ignore[no-any-return]
    end = named_end(bound["name"]["text"]) if named_end else None
    return end if isinstance(end, (int, float)) and not isinstance(end, bool) else None


def is_beyond_named_ends(domain: Json, value: Value, named_end: NamedEnd) -> bool:
    """Whether the range is broken as its names alone bind it."""
    if domain["range"] is None or is_special(domain, value, named_end):
        return False
    assert not isinstance(value, Word)
    return not is_in_range({"intervals": [_with_names_only(i) for i in domain["range"]["intervals"]]}, value, named_end)


def _with_names_only(interval: Json) -> Json:
    infinite = {"value": None, "name": None, "closed": False}
    return {side: infinite if bound["name"] is None else bound for side, bound in interval.items()}


def _remainder(value: Value, divisor: int) -> int:
    assert isinstance(value, int)
    return value % divisor


def _is_length_broken(domain: Json, value: Value) -> bool:
    if not isinstance(value, (str, Row)):
        return False
    length = len(value) if isinstance(value, str) else len(value.items)
    if domain["fields"] and length != len(domain["fields"]):
        return True
    return domain["length"] is not None and not is_in_range(domain["length"], length, None)


def _has_a_repetition(row: Row) -> bool:
    return any(same(one, other) for at, one in enumerate(row.items) for other in row.items[:at])


def _is_increasing(row: Row) -> bool:
    numbers = [item for item in row.items if isinstance(item, (int, float)) and is_numeric(item)]
    return all(before < after for before, after in pairwise(numbers))

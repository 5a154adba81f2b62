"""A domain as a schema of one native value, and what of it a schema cannot say."""

from collections.abc import Iterator
from typing import Any

from knobsmith.expr.spelling import LARGEST_INTEGER
from knobsmith.model.base import PlainValue, json_value
from knobsmith.model.domain import Bound, Choice, Domain, Interval, Kind, Range, Special
from knobsmith.model.membership import same
from knobsmith.regex import to_ecma
from knobsmith.targets.jsonschema.schemas import Schema, all_of, any_of, one_of_values

_TYPES: dict[Kind, str] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "string": "string",
    "list": "array",
}


def domain_schema(domain: Domain, own: Domain | None = None) -> Schema:
    """Accepts the values of a domain, words and aliases of values included.

    Args:
        domain: That of a parameter, or of one of its cases.
        own: The parameter's domain where ``domain`` is that of a case: it says which aliases are read.
    """
    constant = [special for special in domain.special if not has_named_end(special.interval)]
    return any_of(_ordinary(domain, own or domain), *(special_schema(special, domain.kind) for special in constant))


def has_named_end(interval: Interval | None) -> bool:
    """Whether an interval ends at the value of something else, so that it is no constant fact."""
    return interval is not None and (interval.lower.name is not None or interval.upper.name is not None)


def special_schema(special: Special, kind: Kind) -> Schema:
    """Accepts a value with a meaning of its own."""
    described = {"description": special.doc}
    if special.word is not None:
        return {"const": special.word, **described}
    if special.value is not None:
        return {"const": json_value(special.value), **described}
    piece = interval_schema(special.interval) if special.interval is not None else {}
    return {"type": _TYPES[kind], **_within_limits(kind, piece), **described}


def constant_schema(domain: Domain, value: PlainValue) -> Schema:
    """Accepts a value in all the forms that are read as it."""
    return one_of_values(forms(domain, value))


def forms(domain: Domain, value: PlainValue) -> list[Any]:
    """A value of a domain and its aliases, as JSON."""
    aliases = [alias for choice in domain.values or () if same(choice.value, value) for alias in choice.aliases]
    return [json_value(form) for form in (value, *aliases)]


def has_value_aliases(domain: Domain) -> bool:
    """Whether some value is read from other texts as well."""
    return any(choice.aliases for choice in domain.values or ())


def losses(domain: Domain) -> Iterator[tuple[str, str]]:
    """The codes of what the schema of a domain leaves out, each with the reason."""
    if domain.increasing:
        yield "increasing", "no keyword compares the items of an array"
    if domain.items is not None:
        if domain.unique and has_value_aliases(domain.items):
            yield "unique", "a value and its alias are two items to a schema"
        yield from (("items", because) for _, because in losses(domain.items))


def range_schema(range: Range) -> Schema:
    """Accepts the numbers of a range; ends that are names bind nothing."""
    return any_of(*(interval_schema(interval) for interval in range.intervals))


def interval_schema(interval: Interval) -> dict[str, Any]:
    """The keywords for the ends of an interval."""
    if interval.lower.closed and interval.upper.closed and _is_point(interval):
        return {"const": json_value(interval.lower.value)} if interval.lower.value is not None else {}
    return _end(interval.lower, "inimum") | _end(interval.upper, "aximum")


def _is_point(interval: Interval) -> bool:
    return interval.lower.value is not None and interval.lower.value == interval.upper.value


def _end(bound: Bound, keyword: str) -> dict[str, Any]:
    if bound.value is None:
        return {}
    name = f"m{keyword}" if bound.closed else f"exclusiveM{keyword}"
    return {name: json_value(bound.value)}


def _ordinary(domain: Domain, reading: Domain) -> Schema:
    """Accepts what is a value by its type and facts, without a special meaning."""
    facts: dict[str, Any] = {"type": _TYPES[domain.kind]}
    pieces: list[Schema] = []
    if domain.values is not None and not domain.open:
        return all_of(_choices(facts, domain.values, reading), *_facets(domain, {}, pieces))
    whole = all_of(*_facets(domain, facts, pieces))
    aliases = one_of_values(json_value(alias) for choice in reading.values or () for alias in choice.aliases)
    # An open list binds nothing; beside a bare type it is a hint to editors.
    known = one_of_values(json_value(choice.value) for choice in domain.values or ()) if _is_bare(domain) else False
    return any_of(known, aliases, whole)


def _is_bare(domain: Domain) -> bool:
    """Whether a domain states nothing but its type and perhaps an open list."""
    return domain.range is None and domain.multiple_of is None and domain.pattern is None and domain.length is None


def _choices(facts: dict[str, Any], choices: tuple[Choice, ...], reading: Domain) -> Schema:
    values = [json_value(choice.value) for choice in choices]
    described = {**facts, "enum": values}
    if all(choice.doc for choice in choices):
        described["enumDescriptions"] = [choice.doc for choice in choices]
    aliases = [form for choice in choices for form in forms(reading, choice.value)[1:]]
    if not aliases:
        return described
    return any_of(described, {"enum": aliases, "deprecated": True, "description": "Other spellings of the values."})


def _facets(domain: Domain, facts: dict[str, Any], pieces: list[Schema]) -> list[Schema]:
    """The facts of a domain but its values, as few schemas as they fit into."""
    if domain.range is not None:
        _add(facts, pieces, range_schema(domain.range))
    if domain.kind == "integer" and facts:
        facts.update(_within_limits("integer", facts))
    if domain.multiple_of is not None:
        facts["multipleOf"] = domain.multiple_of
    if domain.pattern is not None:
        facts["pattern"] = to_ecma(domain.pattern)
    if domain.length is not None:
        words = ("minLength", "maxLength") if domain.kind == "string" else ("minItems", "maxItems")
        _add(facts, pieces, any_of(*(_counts(interval, *words) for interval in domain.length.intervals)))
    if domain.kind == "list":
        facts.update(_list_facets(domain, facts))
    return [facts, *pieces] if facts else pieces


def _add(facts: dict[str, Any], pieces: list[Schema], schema: Schema) -> None:
    """Keywords go beside the others where they are one schema, else they stand apart."""
    if isinstance(schema, dict) and "anyOf" not in schema:
        facts.update(schema)
    else:
        pieces.append(schema)


def _within_limits(kind: Kind, facts: dict[str, Any]) -> dict[str, Any]:
    """Integers are exact in every language: those beyond ±(2^53 - 1) are none."""
    if kind != "integer" or "const" in facts:
        return facts
    limited = dict(facts)
    if "minimum" not in facts and "exclusiveMinimum" not in facts:
        limited["minimum"] = -LARGEST_INTEGER
    if "maximum" not in facts and "exclusiveMaximum" not in facts:
        limited["maximum"] = LARGEST_INTEGER
    return limited


def _counts(interval: Interval, least: str, most: str) -> dict[str, Any]:
    counts: dict[str, Any] = {}
    if isinstance(interval.lower.value, (int, float)):
        counts[least] = max(0, _whole(interval.lower.value, 1, interval.lower.closed))
    if isinstance(interval.upper.value, (int, float)):
        counts[most] = _whole(interval.upper.value, -1, interval.upper.closed)
    return {key: count for key, count in counts.items() if (key, count) != (least, 0)}


def _whole(end: int | float, inward: int, closed: bool) -> int:
    nearest = -(-end // 1) if inward > 0 else end // 1
    return int(nearest) + (inward if nearest == end and not closed else 0)


def _list_facets(domain: Domain, facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if domain.items is not None:
        found["items"] = domain_schema(domain.items)
    if domain.fields:
        count = len(domain.fields)
        found["minItems"] = max(count, facts.get("minItems", 0))
        found["maxItems"] = min(count, facts.get("maxItems", count))
    if domain.unique:
        found["uniqueItems"] = True
    return found

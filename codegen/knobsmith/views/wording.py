"""Facts in plain English, for messages and pages: values, ranges, domains."""

from collections.abc import Iterable

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain, Kind
from knobsmith.model.range_syntax import print_range
from knobsmith.resolve.values import plain

_SHOWN = 8
_PLURALS: dict[Kind, str] = {
    "integer": "integers",
    "number": "numbers",
    "boolean": "booleans",
    "string": "strings",
    "list": "lists",
}


def number_in_words(value: int | float) -> str:
    """A number as an author would write it."""
    return plain(value)


def in_words(value: PlainValue) -> str:
    """A value as an author would write it, in backquotes."""
    return f"`{plain(value)}`"


def listed(values: Iterable[PlainValue], last: str = "or") -> str:
    """ "`sgd`, `adam` or `nag`"; a long list is cut and says so."""
    words = [in_words(value) for value in values]
    if len(words) > _SHOWN:
        return f"{', '.join(words[:_SHOWN])} and {len(words) - _SHOWN} more"
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def domain_in_words(domain: Domain) -> str:
    """What a domain allows, in short: its values or its range, or what a list consists of; then its words."""
    is_described = domain.kind == "list" and domain.values is None and domain.items is not None
    text = _list_in_words(domain) if is_described else " and ".join(_facts_of(domain)) or f"any {domain.kind}"
    # Behind what is said of items, a comma would make the words one more thing that an item may be.
    mark = ";" if is_described else ","
    return f"{text}{mark} or {listed(domain.words)}" if domain.words else text


def _facts_of(domain: Domain) -> list[str]:
    parts = []
    if domain.values is not None:
        parts.append(listed(choice.value for choice in domain.values))
    if domain.range is not None:
        parts.append(f"`{print_range(domain.range)}`")
    if domain.multiple_of is not None:
        parts.append(f"a multiple of {domain.multiple_of}")
    if domain.pattern is not None:
        parts.append(f"matching `{domain.pattern}`")
    if domain.length is not None:
        noun = "items" if domain.kind == "list" else "characters"
        parts.append(f"`{print_range(domain.length)}` {noun}")
    return parts


def _list_in_words(domain: Domain) -> str:
    """ "a list of 3 integers: `channels`, `height`, `width`; each in `[1, inf)`"."""
    count = f"{len(domain.fields)} " if domain.fields else ""
    plural = _PLURALS[domain.items.kind] if domain.items is not None else "items"
    names = ", ".join(map(in_words, domain.fields))
    parts = [f"a list of {count}{plural}{f': {names}' if names else ''}"]
    if domain.length is not None:
        parts.append(f"their number in `{print_range(domain.length)}`")
    if domain.items is not None and (each := _each(domain.items)):
        parts.append(f"each {each}")
    parts += [word for word, holds in (("none twice", domain.unique), ("increasing", domain.increasing)) if holds]
    return "; ".join(parts)


def _each(items: Domain) -> str:
    """What is valid for each item; nothing if the type says it all."""
    text = domain_in_words(items)
    if text == f"any {items.kind}":
        return ""
    starts_with_range = items.range is not None and items.values is None
    return f"in {text}" if starts_with_range else text


def facts_in_words(domain: Domain, broken: Iterable[str]) -> str:
    """The facts with these keys, as they are stated."""
    return " and ".join(_fact_in_words(domain, key) for key in broken)


def _fact_in_words(domain: Domain, key: str) -> str:
    match key:
        case "values" if domain.values is not None:
            return f"`values` ({listed(choice.value for choice in domain.values)})"
        case "range" if domain.range is not None:
            return f"`range: {print_range(domain.range)}`"
        case "multiple_of":
            return f"`multiple_of: {domain.multiple_of}`"
        case "pattern":
            return f"`pattern: {domain.pattern}`"
        case "length" if domain.length is not None:
            return f"`length: {print_range(domain.length)}`"
        case _:
            return f"`{key}`"

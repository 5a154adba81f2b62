"""Facts in plain English, for messages and pages: values, ranges, domains."""

from collections.abc import Iterable

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain
from knobsmith.model.range_syntax import print_range
from knobsmith.resolve.values import plain

_SHOWN = 8


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
    """What a domain allows, in short: its values or its range, then its words."""
    parts = []
    if domain.values is not None:
        parts.append(listed(choice.value for choice in domain.values))
    if domain.range is not None:
        parts.append(f"`{print_range(domain.range)}`")
    if domain.multiple_of is not None:
        parts.append(f"a multiple of {domain.multiple_of}")
    if domain.pattern is not None:
        parts.append(f"matching `{domain.pattern}`")
    text = " and ".join(parts) or f"any {domain.kind}"
    return f"{text}, or {listed(domain.words)}" if domain.words else text


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

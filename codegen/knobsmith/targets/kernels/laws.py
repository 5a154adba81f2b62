"""What the binding demands of a scalar: each fact of its domain as a test in C++, and what is said if it is broken."""

from collections.abc import Iterable, Iterator

from knobsmith.model.base import PlainValue
from knobsmith.model.domain import Domain
from knobsmith.model.range_syntax import print_interval, print_range, spell_constant
from knobsmith.resolve.kernel_precision import is_bounded_by_single
from knobsmith.targets.cpp.domain_tests import Patterns, is_special, kept_facts

_SHOWN = 12


def laws(domain: Domain, value: str, patterns: Patterns) -> Iterator[tuple[str, str]]:
    """A test for each fact, and how it goes on behind "must"."""
    special = is_special(domain, value)
    for code, test, _ in kept_facts(domain, value, patterns):
        if test == "true":
            continue
        whole = f"{special} || {test}" if special else test
        yield whole, f"{_law(domain, code)}{_or_special(domain)}"


def _law(domain: Domain, code: str) -> str:
    match code:
        case "values":
            return f"be {_listed(choice.value for choice in domain.values or ())}"
        case "range" if domain.range is not None:
            reason = ", to be finite in single precision" if is_bounded_by_single(domain) else ""
            return f"lie in {print_range(domain.range)}{reason}"
        case "multiple_of":
            return f"be a multiple of {domain.multiple_of}"
        case "pattern":
            return f"match {domain.pattern}"
        case "length" if domain.length is not None:
            return (
                f"have a number of {'items' if domain.kind == 'list' else 'characters'} in {print_range(domain.length)}"
            )
        case "length":
            return f"have {len(domain.fields)} items"
        case "items" if domain.items is not None:
            return f"hold items that {_of_items(domain.items)}"
        case "unique":
            return "hold no item twice"
        case _:
            return "increase from item to item"


def _of_items(items: Domain) -> str:
    facts = [code for code in ("values", "range", "multiple_of") if getattr(items, code) is not None]
    return " and ".join(_law(items, code) for code in facts) + _or_special(items)


def _or_special(domain: Domain) -> str:
    parts = []
    for special in domain.special:
        if special.interval is not None:
            parts.append(f" or lie in {print_interval(special.interval)}")
        else:
            parts.append(f" or be {_listed([special.word if special.word is not None else special.value or 0])}")
    return "".join(parts)


def _listed(values: Iterable[PlainValue | None]) -> str:
    shown = [f'"{value}"' if isinstance(value, str) else spell_constant(value) for value in values]
    if len(shown) > _SHOWN:
        return f"one of {', '.join(shown[:_SHOWN])} and {len(shown) - _SHOWN} more"
    return " or ".join(filter(None, [", ".join(shown[:-1]), shown[-1]])) if shown else "nothing"

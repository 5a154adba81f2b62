"""Domains, ranges and values in words: prose in which backquotes mark code, yet to be escaped for a page."""

from collections.abc import Iterable

from knobsmith.expr.prose import value_prose
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Advice, Default, Tuning
from knobsmith.model.domain import Bound, Domain, Interval, Kind, Range, Special
from knobsmith.model.range_syntax import print_interval, print_range, spell_constant

_PLURALS: dict[Kind, str] = {
    "integer": "integers",
    "number": "numbers",
    "boolean": "booleans",
    "string": "strings",
    "list": "lists",
}


def coded(literal: str) -> str:
    """A literal in backquotes that it cannot leave."""
    longest = max((len(run) for run in literal.replace("`", " ` ").split() if set(run) == {"`"}), default=0)
    fence = "`" * (longest + 1)
    while fence in literal:
        fence += "`"
    padding = " " if "`" in literal or not literal.strip() or literal != literal.strip() else ""
    return f"{fence}{padding}{literal}{padding}{fence}"


def spelled(value: PlainValue, kind: Kind | None = None) -> str:
    """A value as JSON shows it, but strings without quotes unless they need them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(spelled(item) for item in value)}]"
    if isinstance(value, str):
        return value if value.strip() == value != "" else f'"{value}"'
    return spell_constant(value)


def value_code(value: PlainValue) -> str:
    """A value in backquotes."""
    return coded(spelled(value))


def joined(parts: Iterable[str], last: str = "or") -> str:
    """ "a, b or c"."""
    words = list(parts)
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def type_in_words(domain: Domain) -> str:
    """ "number, held as float32", "list of 3 integers: `channels`, `height` and `width`"."""
    if domain.kind != "list" or domain.items is None:
        held = ", held as float32 in training" if domain.precision == "float32" else ""
        return f"{domain.kind}{held}"
    plural = _PLURALS[domain.items.kind]
    if domain.fields:
        return f"list of {len(domain.fields)} {plural}: {joined(map(coded, domain.fields), 'and')}"
    extra = [word for word, stated in (("no item twice", domain.unique), ("ascending", domain.increasing)) if stated]
    return f"list of {plural}" + "".join(f", {word}" for word in extra)


def range_with_words(range: Range) -> str:
    """ "`(0, 1]`: above 0, at most 1"."""
    return f"{coded(print_range(range))}: {range_in_words(range)}"


def range_in_words(range: Range) -> str:
    """ "above 0, at most 1"; its pieces joined by "or"."""
    return joined(map(interval_in_words, range.intervals))


def interval_in_words(interval: Interval) -> str:
    """ "1 or more", "above 0 and below 1"."""
    low, high = _end(interval.lower), _end(interval.upper)
    if low is None and high is None:
        return "any"
    if low is None:
        return f"{high} or less" if interval.upper.closed else f"below {high}"
    if high is None:
        return f"{low} or more" if interval.lower.closed else f"above {low}"
    if interval.lower.closed and interval.upper.closed:
        return low if low == high else f"from {low} to {high}"
    start = f"at least {low}" if interval.lower.closed else f"above {low}"
    return f"{start}, {f'at most {high}' if interval.upper.closed else f'below {high}'}"


def lengths_in_words(length: Range, kind: Kind) -> str:
    """ "1 to 8 characters", "at least 1 item"."""
    noun = "characters" if kind == "string" else "items"
    return f"{range_in_words(length)} {noun}"


def special_code(special: Special) -> str:
    """A special value, as it is written."""
    if special.word is not None:
        return coded(special.word)
    if special.interval is not None:
        return coded(print_interval(special.interval))
    return value_code(special.value if special.value is not None else "")


def allowed_in_short(domain: Domain) -> str:
    """What a domain allows, for a narrow column."""
    parts: list[str] = []
    if domain.values is not None:
        shown = [value_code(choice.value) for choice in domain.values]
        more = ["…"] if domain.open else []
        parts.append(" ".join([*shown, *more]))
    if domain.range is not None:
        parts.append(coded(print_range(domain.range)))
    if domain.items is not None:
        parts.append(_each(domain.items))
    if domain.multiple_of is not None:
        parts.append(f"multiple of {domain.multiple_of}")
    if domain.pattern is not None:
        parts.append(coded(domain.pattern))
    parts.extend(special_code(special) for special in domain.special if special.word is not None)
    return ", ".join(part for part in parts if part)


def domain_in_words(domain: Domain) -> str:
    """What a domain allows, in a sentence: that of a case, or of items."""
    parts: list[str] = []
    if domain.values is not None:
        parts.append(joined(value_code(choice.value) for choice in domain.values))
    if domain.range is not None:
        parts.append(range_with_words(domain.range))
    if domain.multiple_of is not None:
        parts.append(f"a multiple of {domain.multiple_of}")
    if domain.pattern is not None:
        parts.append(f"matching {coded(domain.pattern)}")
    if domain.length is not None:
        parts.append(lengths_in_words(domain.length, domain.kind))
    text = ", ".join(parts) or f"any {domain.kind}"
    special = [special_code(one) for one in domain.special]
    return f"{text}, or {joined(special)}" if special else text


def default_in_words(default: Default) -> str:
    """ "`0.9`", or "computed: `2 * width`"."""
    if default.expr is not None:
        return f"computed: {value_prose(default.expr)}"
    return value_code(default.value if default.value is not None else "")


def advice_in_words(advice: Advice) -> str:
    """Recommended values."""
    if advice.range is not None:
        return range_with_words(advice.range)
    return joined(value_code(value) for value in advice.values or ())


def space_code(tuning: Tuning) -> str:
    """The search space of a tuning."""
    if tuning.range is not None:
        return coded(print_range(tuning.range))
    return joined((value_code(value) for value in tuning.values or ()), "and")


def tuning_in_words(tuning: Tuning) -> str:
    """ "`[0, 0.999]`, log scale, high impact"."""
    parts = [space_code(tuning)]
    if tuning.range is not None:
        parts.append("scale left to the tuner" if tuning.scale == "auto" else f"{tuning.scale} scale")
    if tuning.step is not None:
        parts.append(f"in steps of {spelled(tuning.step)}")
    if tuning.impact is not None:
        parts.append(impact_in_words(tuning.impact))
    return ", ".join(parts)


def impact_in_words(impact: str | int | None) -> str:
    """ "high impact", "rank 2 by impact"."""
    if impact is None:
        return ""
    return f"rank {impact} by impact" if isinstance(impact, int) else f"{impact} impact"


def _each(items: Domain) -> str:
    text = allowed_in_short(items)
    return f"each {text}" if text else ""


def _end(bound: Bound) -> str | None:
    if bound.name is not None:
        return value_prose(bound.name)
    if isinstance(bound.value, (int, float)):
        return spell_constant(bound.value)
    return None

"""A hyperparameter or an algorithm in plain text, with the place where each fact was written."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from knobsmith.expr import print_expr
from knobsmith.model.catalog import Algorithm, Case, Default, Parameter, Tuning
from knobsmith.model.domain import BooleanTokens, Range, Special
from knobsmith.model.range_syntax import print_range
from knobsmith.source import Span
from knobsmith.views.wording import domain_in_words, in_words, listed

_WIDTH = 100
# A key of an entry, where it stands, and the fragment entry that it was inherited from.
KeyPlace = tuple[str, Span, str | None]


def explain_algorithm(algorithm: Algorithm) -> str:
    """An overview: what it is, and each hyperparameter in a line."""
    lines = [f"{algorithm.title} ({algorithm.name})", *_prose(algorithm.doc), ""]
    width = max((len(parameter.name) for parameter in algorithm.parameters), default=0)
    for parameter in algorithm.parameters:
        lines.append(f"  {parameter.name:{width}}  {_short(parameter)}")
    lines.append("")
    lines.extend(f"  rule {rule.name}: {rule.message}" for rule in algorithm.rules)
    lines.extend(f"  metric {metric.name}: {metric.direction}" for metric in algorithm.metrics)
    return "\n".join(lines) + "\n"


def explain_parameter(parameter: Parameter, places: Sequence[KeyPlace]) -> str:
    """All facts of a hyperparameter, then where each was written."""
    lines = [parameter.name, *_prose(parameter.doc), "", *(f"  {line}" for line in _facts(parameter)), "", "written at"]
    width = max((len(key) for key, _, _ in places), default=0)
    for key, span, origin in places:
        inherited = f" (from {origin})" if origin else ""
        lines.append(f"  {key:{width}}  {span}{inherited}")
    return "\n".join(lines) + "\n"


def _prose(text: str) -> Iterator[str]:
    """Prose in lines that fit a screen. A fact, to be searched for, stays on one line."""
    for line in text.split("\n"):
        yield from wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False, replace_whitespace=False) or [""]


def _short(parameter: Parameter) -> str:
    default = (
        f", default {_default(parameter.default)}" if parameter.default else ", required" if parameter.required else ""
    )
    valid = domain_in_words(parameter.domain)
    # Of a list, what is valid says that it is one.
    kind = "" if valid.startswith("a list") else f"{parameter.domain.kind}: "
    return f"{kind}{valid}{default}"


def _facts(parameter: Parameter) -> Iterator[str]:
    yield f"type: {parameter.domain.kind}"
    yield f"valid: {domain_in_words(parameter.domain)}"
    for special in parameter.domain.special:
        yield f"special: {_special(special)}: {special.doc}"
    if parameter.default is not None:
        yield f"default: {_default(parameter.default)}"
    if parameter.if_unset is not None:
        yield f"if unset: {parameter.if_unset}"
    if parameter.required:
        yield "required"
    for key in ("required_when", "used_when", "forbidden_when"):
        if (condition := getattr(parameter, key)) is not None:
            yield f"{key.replace('_', ' ')}: {print_expr(condition)}"
    yield from (f"case: {_case(case)}" for case in parameter.cases)
    if parameter.tuning is not None:
        yield f"tuning: {_tuning(parameter.tuning)}"
    if parameter.unit is not None:
        yield f"unit: {parameter.unit}"
    if isinstance(parameter.wire, BooleanTokens):
        yield f"on the wire: {parameter.wire.true} or {parameter.wire.false}"
    elif parameter.wire is not None:
        yield f"on the wire: a {parameter.wire} list"
    if parameter.aliases:
        yield f"also called: {listed(parameter.aliases, 'and')}"
    yield from (f"note: {note}" for note in parameter.notes)
    for erratum in parameter.provenance.errata:
        yield f"erratum: {erratum.source} says {erratum.says}; {erratum.because}"


def _special(special: Special) -> str:
    if special.interval is not None:
        return f"`{print_range(Range(intervals=(special.interval,)))}`"
    return in_words(special.word if special.word is not None else special.value if special.value is not None else "")


def _default(default: Default) -> str:
    return (
        print_expr(default.expr)
        if default.expr is not None
        else in_words(default.value if default.value is not None else "")
    )


def _case(case: Case) -> str:
    facts = []
    if case.domain is not None:
        facts.append(domain_in_words(case.domain))
    if case.default is not None:
        facts.append(f"default {_default(case.default)}")
    if case.tuning is not None:
        facts.append(f"tuned over {_tuning(case.tuning)}")
    if case.not_tunable:
        facts.append("not tunable")
    return f"when {print_expr(case.when)}: {', '.join(facts) or case.doc or ''}"


def _tuning(tuning: Tuning) -> str:
    space = print_range(tuning.range) if tuning.range is not None else listed(tuning.values or ())
    scale = f", scale {tuning.scale}" if tuning.scale != "auto" else ""
    impact = f", impact {tuning.impact}" if tuning.impact is not None else ""
    return f"{space}{scale}{impact}"

"""The rows of a hyperparameter's table: what is stated of it, each as a label and a sentence.

Sentences are prose in which backquotes mark code; the page escapes them.
"""

from collections.abc import Iterable, Iterator

from knobsmith.expr.prose import prose
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Case, ContextFact, Parameter
from knobsmith.model.domain import BooleanTokens, Choice, Deprecated, Domain, Wire
from knobsmith.targets.docs import words
from knobsmith.targets.docs.markdown import contained
from knobsmith.targets.docs.samples import written

Row = tuple[str, str]
Rows = Iterable[Row]

_LISTS = {
    "comma": "a list separated by commas",
    "space": "a list separated by blanks",
    "tuple": "a list in round brackets",
    "json": "a JSON array",
}


def parameter_rows(parameter: Parameter) -> Iterator[Row]:
    """All that is said of a hyperparameter in a line each."""
    yield from domain_rows(parameter.domain)
    yield from _default_rows(parameter)
    yield from _condition_rows(parameter)
    if parameter.recommended is not None:
        yield "Recommended", words.advice_in_words(parameter.recommended)
    if parameter.tuning is not None:
        yield "Tuning", words.tuning_in_words(parameter.tuning)
    if parameter.unit is not None:
        yield "Unit", parameter.unit
    yield from _example_rows(parameter)
    yield from wire_rows(parameter.domain, parameter.wire, _sample(parameter))
    if parameter.aliases:
        yield "Other names", f"{words.joined(map(words.coded, parameter.aliases), 'and')}, accepted with a warning"
    if parameter.tags:
        yield "Tags", ", ".join(parameter.tags)


def fact_rows(fact: ContextFact) -> Iterator[Row]:
    """All that is said of a fact of the job in a line each."""
    yield from domain_rows(fact.domain)
    if fact.default is not None:
        yield "If not given", f"taken to be {words.value_code(fact.default)}"
    else:
        yield "If not given", "unknown: what hangs on it is not judged"
    if fact.unit is not None:
        yield "Unit", fact.unit
    yield from wire_rows(fact.domain, fact.wire, fact.default)


def domain_rows(domain: Domain) -> Iterator[Row]:
    """Type and constant facts; the values are a table of their own."""
    yield "Type", words.type_in_words(domain)
    if domain.open:
        yield "Values", "the list below is not complete; others are accepted with a warning"
    if domain.range is not None:
        yield "Range", words.range_with_words(domain.range)
    if domain.multiple_of is not None:
        yield "Multiple of", words.coded(str(domain.multiple_of))
    if domain.pattern is not None:
        yield "Pattern", words.coded(domain.pattern)
    if domain.length is not None:
        yield "Length", words.lengths_in_words(domain.length, domain.kind)
    if domain.items is not None:
        items = words.domain_in_words(domain.items)
        if items != f"any {domain.items.kind}":
            yield "Each item", items


def wire_rows(domain: Domain, wire: Wire, sample: PlainValue | None) -> Iterator[Row]:
    """How values are written as text, where that is not plain."""
    if isinstance(wire, BooleanTokens) or domain.kind == "boolean":
        tokens = wire if isinstance(wire, BooleanTokens) else BooleanTokens()
        yield "On the wire", _tokens(tokens)
    elif domain.kind == "list":
        text = _LISTS[wire if isinstance(wire, str) else "json"]
        shown = written(wire, sample) if isinstance(sample, tuple) and sample else None
        yield "On the wire", text if shown is None else f"{text}: {words.coded(shown)}"


def _tokens(tokens: BooleanTokens) -> str:
    if tokens == BooleanTokens():
        return "`true` or `false`"
    return f"{words.coded(tokens.true)} for true, {words.coded(tokens.false)} for false"


def value_rows(domain: Domain, default: PlainValue | None) -> Iterator[tuple[str, str]]:
    """The values of a domain and its special values, each with its meaning."""
    for choice in domain.values or () if is_documented(domain) else ():
        mark = " (default)" if choice.value == default and default is not None else ""
        yield f"{words.value_code(choice.value)}{mark}", _meaning(choice)
    for special in domain.special:
        mark = " (default)" if default is not None and default in (special.word, special.value) else ""
        yield f"{words.special_code(special)}{mark}", special.doc


def is_documented(domain: Domain) -> bool:
    """Whether the values of a domain deserve a table: one of them at least has something said of it."""
    return any(choice.doc or choice.aliases or choice.deprecated for choice in domain.values or ())


def case_rows(parameter: Parameter) -> Iterator[tuple[str, str]]:
    """For each case when it holds, and what then differs."""
    for case in parameter.cases:
        facts = "; ".join(_case_facts(case))
        yield prose(case.when), f"{facts}. {contained(case.doc)}" if facts and case.doc else facts or case.doc or ""


def deprecation(deprecated: Deprecated) -> str:
    """ "Since 2.0. Use `verbosity`. It has more levels."."""
    parts = [
        f"Since {contained(deprecated.since)}." if deprecated.since else "",
        f"Use {words.coded(deprecated.use_instead)} instead." if deprecated.use_instead else "",
        contained(deprecated.reason or ""),
    ]
    return " ".join(filter(None, parts))


def summary(doc: str) -> str:
    """The first sentence of a text."""
    head, mark, _ = doc.strip().partition(". ")
    return head + mark.strip()


def default_in_short(parameter: Parameter) -> str:
    """The default for a narrow column."""
    if parameter.required:
        return "**required**"
    return words.default_in_words(parameter.default) if parameter.default is not None else ""


def links_of(algorithm: Algorithm) -> dict[str, str]:
    """Where the names of an algorithm are explained on its page."""
    names = {parameter.name: f"#{parameter.name}" for parameter in algorithm.parameters}
    return names | {f"context.{fact.name}": f"#context:{fact.name}" for fact in algorithm.context}


def _default_rows(parameter: Parameter) -> Iterator[Row]:
    by_case = any(case.default is not None for case in parameter.cases)
    extra = "; differs by case" if by_case else ""
    if parameter.default is not None:
        yield "Default", words.default_in_words(parameter.default) + extra
    elif by_case:
        yield "Default", "by case"
    if parameter.if_unset is not None:
        yield "If unset", parameter.if_unset


def _condition_rows(parameter: Parameter) -> Iterator[Row]:
    if parameter.required:
        yield "Required", "while it is used" if parameter.used_when is not None else "always"
    if parameter.required_when is not None:
        yield "Required", f"when {prose(parameter.required_when)}"
    if parameter.used_when is not None:
        implied = ", as its source suggests" if "used_when" in parameter.provenance.implied else ""
        yield "Used", f"when {prose(parameter.used_when)}{implied}; otherwise it is ignored"
    if parameter.forbidden_when is not None:
        yield "Forbidden", f"when {prose(parameter.forbidden_when)}"


def _example_rows(parameter: Parameter) -> Iterator[Row]:
    if parameter.examples:
        yield "Examples", ", ".join(map(words.value_code, parameter.examples))


def _sample(parameter: Parameter) -> PlainValue | None:
    if parameter.default is not None and parameter.default.value not in (None, ()):
        return parameter.default.value
    return parameter.examples[0] if parameter.examples else None


def _meaning(choice: Choice) -> str:
    parts = [contained(choice.doc or "")]
    if choice.aliases:
        parts.append(f"Also read from {words.joined(map(words.value_code, choice.aliases), 'and')}, with a warning.")
    if choice.deprecated is not None:
        parts.append(f"Deprecated. {deprecation(choice.deprecated)}")
    return " ".join(filter(None, parts))


def _case_facts(case: Case) -> Iterator[str]:
    if case.domain is not None:
        yield f"only {words.domain_in_words(case.domain)}"
    if case.default is not None:
        yield f"default {words.default_in_words(case.default)}"
    if case.recommended is not None:
        yield f"recommended {words.advice_in_words(case.recommended)}"
    if case.tuning is not None:
        yield f"tuned over {words.tuning_in_words(case.tuning)}"
    if case.not_tunable:
        yield "not tunable"

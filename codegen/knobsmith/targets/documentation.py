"""What clients say of an algorithm and its parts where they declare them: what each does, then its facts."""

import re
from collections.abc import Iterator

from knobsmith.expr.prose import value_prose
from knobsmith.model.catalog import Advice, Algorithm, Case, ContextFact, Default, Parameter, Tuning
from knobsmith.model.domain import Deprecated, Domain
from knobsmith.model.range_syntax import print_range
from knobsmith.views.conditions import condition_in_words
from knobsmith.views.sources import sources_of
from knobsmith.views.wording import domain_in_words, in_words, listed

_END_OF_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z`])")


def parameter_doc(parameter: Parameter, algorithm: Algorithm) -> str:
    """What a hyperparameter does; then a list with range, default, conditions and sources."""
    facts = [f"- {fact}" for fact in _facts(parameter, algorithm)]
    return "\n".join([prose_doc(parameter.doc), "", *facts])


def algorithm_doc(algorithm: Algorithm) -> str:
    """What an algorithm does, and where its facts come from."""
    sources = [
        f"- {source.name}: {one_line(source.title)}{f', {source.url}' if source.url else ''}"
        for source in algorithm.sources
    ]
    return "\n".join([prose_doc(algorithm.doc), *(["", "Sources:", "", *sources] if sources else [])])


def fact_doc(fact: ContextFact) -> str:
    """What a fact of the job says; then a list with range and default."""
    valid, facts = _valid(fact.domain), []
    if valid:
        facts.append(f"- Valid: {valid}{f', in {fact.unit}' if fact.unit else ''}.")
    if fact.default is not None:
        facts.append(f"- Default: {in_words(fact.default)}.")
    return "\n".join([prose_doc(fact.doc), *(["", *facts] if facts else [])])


def prose_doc(text: str) -> str:
    """Prose with its first sentence, the summary, in a paragraph of its own."""
    return "\n\n".join(_END_OF_SENTENCE.split(one_line(text), 1))


def one_line(text: str) -> str:
    """Prose without the line breaks of the file it came from."""
    return " ".join(text.split())


def _facts(parameter: Parameter, algorithm: Algorithm) -> Iterator[str]:
    if valid := _valid(parameter.domain):
        yield f"Valid: {valid}{f', in {parameter.unit}' if parameter.unit else ''}."
    elif parameter.unit:
        yield f"Unit: {parameter.unit}."
    for special in parameter.domain.special:
        meaning = special.word if special.word is not None else special.value
        if meaning is not None:
            yield f"{in_words(meaning)}: {_sentence(special.doc)}"
    yield from _need(parameter)
    for case in parameter.cases:
        yield from _case(case)
    if parameter.recommended is not None:
        yield f"Recommended: {_advice(parameter.recommended)}."
    if parameter.used_when is not None:
        yield f"Used when {condition_in_words(parameter.used_when)}."
    if parameter.forbidden_when is not None:
        yield f"Not allowed when {condition_in_words(parameter.forbidden_when)}."
    if parameter.tuning is not None:
        yield f"Tuned over {_tuning(parameter.tuning)}."
    if parameter.aliases:
        yield f"Also called {listed(parameter.aliases, 'and')}."
    if parameter.deprecated is not None:
        yield _deprecation(parameter.deprecated)
    if sources := sources_of(parameter, algorithm):
        yield f"Source: {', '.join(dict.fromkeys(sources.values()))}."


def _valid(domain: Domain) -> str:
    """What is valid; nothing if the type says it all."""
    if domain.kind != "list" or domain.values is not None:
        text = domain_in_words(domain)
        return "" if text == f"any {domain.kind}" else text
    count = f"{len(domain.fields)} items ({', '.join(domain.fields)})" if domain.fields else "items"
    parts = [count]
    if domain.length is not None:
        parts.append(f"their number in `{print_range(domain.length)}`")
    if domain.items is not None and (items := _valid(domain.items)):
        parts.append(f"each {items}")
    parts += [word for word, holds in (("none twice", domain.unique), ("increasing", domain.increasing)) if holds]
    return f"{', '.join(parts)}{f', or {listed(domain.words)}' if domain.words else ''}"


def _need(parameter: Parameter) -> Iterator[str]:
    if parameter.required:
        yield "Required."
    if parameter.default is not None:
        yield f"Default: {_default(parameter.default)}."
    if parameter.if_unset is not None:
        yield f"If unset: {_sentence(one_line(parameter.if_unset))}"
    if parameter.required_when is not None:
        yield f"Required when {condition_in_words(parameter.required_when)}."


def _case(case: Case) -> Iterator[str]:
    when = condition_in_words(case.when)
    if case.domain is not None:
        yield f"Valid when {when}: {_valid(case.domain)}."
    if case.default is not None:
        yield f"Default when {when}: {_default(case.default)}."
    if case.recommended is not None:
        yield f"Recommended when {when}: {_advice(case.recommended)}."


def _advice(advice: Advice) -> str:
    return f"`{print_range(advice.range)}`" if advice.range is not None else listed(advice.values or ())


def _default(default: Default) -> str:
    if default.expr is not None:
        return value_prose(default.expr)
    return in_words(default.value) if default.value is not None else "none"


def _deprecation(notice: Deprecated) -> str:
    since = f" since {notice.since}" if notice.since else ""
    instead = f"use `{notice.use_instead}` instead" if notice.use_instead else ""
    why = "; ".join(filter(None, [notice.reason, instead]))
    return _sentence(": ".join(filter(None, [f"Deprecated{since}", why])))


def _tuning(tuning: Tuning) -> str:
    space = f"`{print_range(tuning.range)}`" if tuning.range is not None else listed(tuning.values or (), "and")
    scale = f" on a {tuning.scale} scale" if tuning.scale != "auto" else ""
    impact = f", impact {tuning.impact}" if tuning.impact is not None else ""
    return f"{space}{scale}{impact}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."

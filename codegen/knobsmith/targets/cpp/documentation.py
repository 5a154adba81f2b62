"""Comments in C++: what a hyperparameter does, then its facts."""

from collections.abc import Iterator
from textwrap import wrap

from knobsmith.expr.prose import value_prose
from knobsmith.model.catalog import ContextFact, Default, Parameter
from knobsmith.model.domain import Domain
from knobsmith.model.range_syntax import print_range
from knobsmith.views.conditions import condition_in_words
from knobsmith.views.wording import domain_in_words, in_words

_WIDTH = 108


def comment(text: str) -> Iterator[str]:
    """A text as lines of a comment; a list keeps its lines."""
    for line in text.split("\n"):
        # Two question marks in a row may begin a trigraph.
        plain = "".join(one if one.isprintable() else " " for one in line).replace("??", "? ?").replace("??", "? ?")
        hanging = "  " if plain.startswith("- ") else ""
        for part in wrap(plain, _WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False):
            # A backslash at the end would join the next line to the comment.
            yield f"/// {part}{'.' if part.endswith(chr(92)) else ''}"


def parameter_doc(parameter: Parameter) -> str:
    """What a hyperparameter does; then a list with range, default and conditions."""
    return "\n".join([" ".join(parameter.doc.split()), *(f"- {fact}" for fact in _facts(parameter))])


def fact_doc(fact: ContextFact) -> str:
    """What a fact about the job is, and what is valid."""
    valid = _valid(fact.domain)
    return "\n".join([" ".join(fact.doc.split()), *([f"- Valid: {valid}."] if valid else [])])


def _facts(parameter: Parameter) -> Iterator[str]:
    if valid := _valid(parameter.domain):
        yield f"Valid: {valid}{f', in {parameter.unit}' if parameter.unit else ''}."
    elif parameter.unit:
        yield f"Unit: {parameter.unit}."
    if parameter.required:
        yield "Required."
    if parameter.default is not None:
        yield f"Default: {_default(parameter.default)}."
    if parameter.if_unset is not None:
        yield f"If unset: {' '.join(parameter.if_unset.split())}."
    if parameter.required_when is not None:
        yield f"Required when {condition_in_words(parameter.required_when)}."
    if parameter.used_when is not None:
        yield f"Used when {condition_in_words(parameter.used_when)}."
    if parameter.forbidden_when is not None:
        yield f"Not allowed when {condition_in_words(parameter.forbidden_when)}."
    for case in parameter.cases:
        if case.domain is not None:
            yield f"When {condition_in_words(case.when)}: {_valid(case.domain)}."
        if case.default is not None:
            yield f"Default when {condition_in_words(case.when)}: {_default(case.default)}."


def _default(default: Default) -> str:
    return in_words(default.value) if default.value is not None else value_prose(default.expr) if default.expr else ""


def _valid(domain: Domain) -> str:
    """What is valid; nothing if the type says it all."""
    text = "" if domain.kind == "list" and domain.values is None else domain_in_words(domain)
    parts = ["" if text == f"any {domain.kind}" else text]
    if domain.length is not None:
        parts.append(f"length `{print_range(domain.length)}`")
    if domain.fields:
        parts.append(f"{len(domain.fields)} items ({', '.join(domain.fields)})")
    if domain.items is not None and (items := _valid(domain.items)):
        parts.append(f"each {items}")
    return ", ".join(filter(None, parts))

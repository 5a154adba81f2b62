"""Defaults against the constant facts of their own parameter."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.base import PlainValue
from knobsmith.model.catalog import Algorithm, Parameter
from knobsmith.model.membership import broken_facts
from knobsmith.views.wording import facts_in_words, in_words

RULE = Rule(
    "KS101",
    Severity.ERROR,
    "a default is a valid value",
    "A default that its own parameter would refuse makes every configuration that relies on it invalid. "
    "Widen the domain, or give the value a meaning under `special`, or correct the default.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each default, own or stated by a case, that breaks a constant fact."""
    for parameter in algorithm.parameters:
        path = ("parameters", parameter.name)
        if parameter.default is not None and parameter.default.value is not None:
            yield from _against(parameter, parameter.default.value, (*path, "default"))
        for index, case in enumerate(parameter.cases):
            if case.default is not None and case.default.value is not None:
                yield from _against(parameter, case.default.value, (*path, "cases", index, "default"))
    for fact in algorithm.context:
        if fact.default is not None and (broken := broken_facts(fact.domain, fact.default)):
            said = f"but {in_words(fact.default)} breaks {facts_in_words(fact.domain, broken)}"
            yield RULE.at(("context", fact.name, "default"), said, "correct the default or the domain")


def _against(parameter: Parameter, value: PlainValue, path: tuple[str | int, ...]) -> Iterator[Finding]:
    broken = broken_facts(parameter.domain, value)
    if broken:
        said = f"but {in_words(value)} breaks {facts_in_words(parameter.domain, broken)}"
        yield RULE.at(path, said, "correct the default or the domain")

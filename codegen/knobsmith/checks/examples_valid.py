"""Examples are values that a reader may copy."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.membership import broken_facts
from knobsmith.views.wording import facts_in_words, in_words

RULE = Rule(
    "KS108",
    Severity.ERROR,
    "an example is a valid value",
    "Readers copy examples. One that the parameter refuses is worse than none.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each example that breaks a constant fact of its parameter."""
    for parameter in algorithm.parameters:
        for index, example in enumerate(parameter.examples):
            broken = broken_facts(parameter.domain, example)
            if broken:
                said = f"but {in_words(example)} breaks {facts_in_words(parameter.domain, broken)}"
                yield RULE.at(
                    ("parameters", parameter.name, "examples", index), said, "correct the example or the domain"
                )

"""A deprecation says what to do instead."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.model.domain import Deprecated
from knobsmith.views.wording import in_words

RULE = Rule(
    "KS307",
    Severity.WARNING,
    "a deprecation says what to use instead, or why",
    "A reader who meets the warning asks what to do now: `deprecated: {use_instead: epsilon}`, or a `reason`.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each deprecated parameter or value that gives only a version, or nothing."""
    for parameter in algorithm.parameters:
        path = ("parameters", parameter.name)
        if _silent(parameter.deprecated):
            yield RULE.at((*path, "deprecated"), "this one does neither", "add `use_instead` or `reason`")
        for index, choice in enumerate(parameter.domain.values or ()):
            if _silent(choice.deprecated):
                said = f"that of {in_words(choice.value)} does neither"
                yield RULE.at((*path, "values", index), said, "add `use_instead` or `reason`")


def _silent(deprecated: Deprecated | None) -> bool:
    return deprecated is not None and deprecated.use_instead is None and deprecated.reason is None

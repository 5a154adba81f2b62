"""A required parameter has no default."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm
from knobsmith.views.wording import in_words

RULE = Rule(
    "KS102",
    Severity.ERROR,
    "a required parameter has no default",
    "`required: true` says that somebody must decide; a default says that nobody has to. Keep one of them.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each parameter that is both required and has a default, own or by case."""
    for parameter in algorithm.parameters:
        if not parameter.required:
            continue
        path = ("parameters", parameter.name)
        if parameter.default is not None:
            value = parameter.default.value
            said = "but this one is computed" if value is None else f"but this one defaults to {in_words(value)}"
            yield RULE.at((*path, "default"), said, "drop `required` or the default")
        for index, case in enumerate(parameter.cases):
            if case.default is not None:
                yield RULE.at(
                    (*path, "cases", index, "default"), "but this case states one", "drop `required` or the default"
                )

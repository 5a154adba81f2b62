"""An example keeps the rules that speak of its parameter alone."""

from collections.abc import Iterator

from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.expr import Values, context_read, evaluate, names_read
from knobsmith.model.catalog import Algorithm, CrossRule
from knobsmith.resolve.scope import scope_of
from knobsmith.views.wording import in_words

RULE = Rule(
    "KS140",
    Severity.ERROR,
    "an example breaks no rule about its parameter",
    "Readers copy examples. One that breaks a rule of the same spec shows either a wrong example or a wrong rule.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each example that a rule about nothing but its parameter refuses."""
    alone = {rule.name: _only_name(rule) for rule in algorithm.rules if rule.severity == "error"}
    for parameter in algorithm.parameters:
        rules = [rule for rule in algorithm.rules if alone.get(rule.name) == parameter.name]
        for index, example in enumerate(parameter.examples):
            values = Values(scope_of({parameter.name: parameter.domain}, {}), {parameter.name: example})
            for rule in rules:
                applies = rule.when is None or evaluate(rule.when, values) is True
                if applies and evaluate(rule.require, values) is False:
                    said = f"but {in_words(example)} breaks `{rule.name}`: {rule.message}"
                    yield RULE.at(("parameters", parameter.name, "examples", index), said, "correct one of the two")


def _only_name(rule: CrossRule) -> str | None:
    """The parameter that a rule is about, if it is about nothing else."""
    exprs = [rule.require] if rule.when is None else [rule.require, rule.when]
    names = {name for expr in exprs for name in names_read(expr)}
    if len(names) != 1 or not names_read(rule.require) or any(map(context_read, exprs)):
        return None
    return names.pop()

"""Impact is said in one way."""

from collections.abc import Iterator

from knobsmith.checks.tunings import tunings
from knobsmith.diagnostics import Finding, Rule, Severity
from knobsmith.model.catalog import Algorithm

RULE = Rule(
    "KS122",
    Severity.ERROR,
    "impact is a rank or a level, the same way throughout an algorithm, and no rank is given twice",
    "Sources either rank the parameters of most impact (1, 2, ...) or call them high, medium, low.",
)


def check(algorithm: Algorithm) -> Iterator[Finding]:
    """Each rank that is repeated or stands among levels."""
    ranks: dict[int, str] = {}
    stated = [(p, t, path) for p, t, path, _ in tunings(algorithm) if t.impact is not None and "cases" not in path]
    levels = any(isinstance(tuning.impact, str) for _, tuning, _ in stated)
    for parameter, tuning, path in stated:
        if not isinstance(tuning.impact, int):
            continue
        if levels:
            yield RULE.at((*path, "impact"), "others have levels", "use levels or ranks throughout")
        elif tuning.impact < 1:
            yield RULE.at((*path, "impact"), f"but {tuning.impact} is no rank", "start at 1")
        elif tuning.impact in ranks:
            yield RULE.at((*path, "impact"), f"`{ranks[tuning.impact]}` has the same rank", "give each its own")
        ranks.setdefault(tuning.impact, parameter.name)

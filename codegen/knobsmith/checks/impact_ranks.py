"""Impact is said in one way."""

from collections.abc import Iterator

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
    own = [(parameter, parameter.tuning) for parameter in algorithm.parameters if parameter.tuning is not None]
    levels = any(isinstance(tuning.impact, str) for _, tuning in own)
    for parameter, tuning in own:
        path, rank = ("parameters", parameter.name, "tuning", "impact"), tuning.impact
        if not isinstance(rank, int):
            continue
        if levels:
            yield RULE.at(path, "others have levels", "use levels or ranks throughout")
        elif rank in ranks:
            yield RULE.at(path, f"`{ranks[rank]}` has the same rank", "give each its own")
        ranks.setdefault(rank, parameter.name)

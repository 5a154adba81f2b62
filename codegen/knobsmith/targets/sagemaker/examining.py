"""What is too much for the service, told at its place in the spec."""

from collections.abc import Iterator, Mapping

from knobsmith.diagnostics import Finding
from knobsmith.expr.printing import print_expr
from knobsmith.model.catalog import Algorithm
from knobsmith.targets.laws import BEYOND_LIMIT, TOO_MANY_BRANCHES
from knobsmith.targets.sagemaker.branches import Branches
from knobsmith.targets.sagemaker.lowering import MOST_CATEGORIES
from knobsmith.views.tuning.axes import Choices
from knobsmith.views.tuning.branching import TooManyBranches
from knobsmith.views.tuning.sagemaker_limits import LIMITS
from knobsmith.views.tuning.sagemaker_quotas import MOST_TUNED
from knobsmith.views.tuning.space import Space

MOST_BRANCHES = LIMITS["HyperParameterTrainingJobDefinitions"].most or 0
_MOST_PARAMETERS = LIMITS["HyperParameters"].most or 0


def examined(algorithm: Algorithm) -> Iterator[Finding]:
    """The limits that requests for an algorithm would break."""
    if len(algorithm.parameters) > _MOST_PARAMETERS:
        fact = f"these are {len(algorithm.parameters)} of the {_MOST_PARAMETERS} that a request holds"
        yield BEYOND_LIMIT.at(("parameters",), fact, "leave out the target, or describe the rarer ones elsewhere")
    branches = Branches(algorithm)
    yield from _too_many_values(branches.space)
    if not _may_be_many(branches.space) and len(branches.space.tuned) <= MOST_TUNED:
        return
    try:
        count = len(branches.found)
    except TooManyBranches as problem:
        yield _blamed(branches.space, problem.counts, "far too many branches")
        return
    if count > MOST_BRANCHES:
        yield _blamed(branches.space, _multiplying(branches), f"{count} branches")
    yield from _too_many_tuned(branches)


def _may_be_many(space: Space) -> bool:
    """Whether there may be too many branches, by what is known before they are told apart."""
    count = 1
    for parts in space.switches.values():
        count *= len(parts)
    return count > MOST_BRANCHES


def _multiplying(branches: Branches) -> Mapping[str, int]:
    """In how many ways each switch tells branches apart."""
    parts = {name: {branch.switches.get(name) for branch in branches.found} for name in branches.space.switches}
    return {name: len(ways) for name, ways in parts.items() if len(ways) > 1}


def _blamed(space: Space, counts: Mapping[str, int], total: str) -> Finding:
    """The finding, at the hyperparameter that multiplies most."""
    worst = max(counts, key=lambda name: counts[name])
    ways = " x ".join(f"{count} ways of `{name}`" for name, count in counts.items())
    conditions = [text for name in counts for text in _conditions(space, name)]
    because = f"; what multiplies are the conditions {', '.join(dict.fromkeys(conditions))}" if conditions else ""
    fact = f"here {ways} make {total} of the {MOST_BRANCHES} that one tuning job may have{because}"
    help = "tune fewer values of what decides about others, or tune it in a job of its own"
    return TOO_MANY_BRANCHES.at(("parameters", worst, "tuning"), fact, help)


def _conditions(space: Space, switch: str) -> Iterator[str]:
    """The conditions that read a switch, with the hyperparameter about which they decide."""
    for tuned in space.tuned.values():
        if switch in space.deciders(tuned.name):
            texts = dict.fromkeys(print_expr(condition) for condition in tuned.conditions)
            yield from (f"`{text}` of `{tuned.name}`" for text in texts)


def _too_many_values(space: Space) -> Iterator[Finding]:
    for tuned in space.tuned.values():
        for guarded in tuned.axes:
            if isinstance(guarded.axis, Choices) and guarded.axis.count > MOST_CATEGORIES:
                fact = f"these are {guarded.axis.count} of the {MOST_CATEGORIES} values that one category list may have"
                yield BEYOND_LIMIT.at(("parameters", tuned.name, "tuning"), fact, "tune fewer values")


def _too_many_tuned(branches: Branches) -> Iterator[Finding]:
    most = max((len(branch.axes) for branch in branches.found), default=0)
    if most > MOST_TUNED:
        fact = f"up to {most} are tuned at once, of the {MOST_TUNED} that a tuning job searches"
        yield BEYOND_LIMIT.at(("parameters",), fact, "tune fewer of them")

# Part of every package that `knobsmith generate` writes; do not edit.
"""From a program that asks for values to the forms of Ray Tune."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from ray import tune

from ._asking import AskedTrial, Asking, Branch, Pieces, branches
from ._domains import Branches

KEY = "hyperparameters"


class Verdict(Protocol):
    """Whether a configuration is valid."""

    valid: bool


def nested(
    draw: Callable[[Asking], dict[str, Any]],
    judged: Callable[[dict[str, Any]], Verdict],
    switches: Sequence[str],
    pieces: Pieces,
) -> dict[str, Any]:
    """A space with a choice among the branches that no rule refuses.

    Raises:
        ValueError: Rules refuse all of them.
    """
    found = [branch for branch in branches(draw, switches, pieces) if judged(branch.config).valid]
    if not found:
        raise ValueError("rules refuse every combination of what is given with what is tuned")
    if len(found) == 1:
        return {KEY: _space(found[0])}
    return {KEY: Branches([_space(branch) for branch in found], [branch.share for branch in found])}


def sampled(sample: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A space that is drawn from as a whole."""
    return {KEY: tune.sample_from(lambda _: sample())}


def asked(
    draw: Callable[[Asking], dict[str, Any]], judged: Callable[[dict[str, Any]], Verdict]
) -> Callable[[Any], dict[str, Any]]:
    """The define-by-run form, for `ray.tune.search.optuna.OptunaSearch`."""

    def ask(trial: Any) -> dict[str, Any]:
        config = draw(AskedTrial(trial))
        return {KEY: config if judged(config).valid else None}

    return ask


def _space(branch: Branch) -> dict[str, Any]:
    return {name: branch.domains.get(name, value) for name, value in branch.config.items()}

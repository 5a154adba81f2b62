"""Whether the conditions of a search multiply to more than a definition should list."""

from collections.abc import Iterable, Iterator
from math import prod

from knobsmith.diagnostics import Finding
from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.laws import TOO_MANY_BRANCHES
from knobsmith.views.tuning.growing import grown
from knobsmith.views.tuning.space import space_of
from knobsmith.views.tuning.trees import MOST_COMBINATIONS, TooManyCombinations


def examined(catalog: Catalog) -> Iterator[tuple[str, Finding]]:
    """A finding for each algorithm whose conditions multiply too far."""
    for algorithm in catalog.algorithms:
        for finding in _too_many(algorithm):
            yield algorithm.name, finding


def _too_many(algorithm: Algorithm) -> Iterable[Finding]:
    space = space_of(algorithm)
    counts = {name: len(parts) for name, parts in space.switches.items()}
    if prod(counts.values()) <= MOST_COMBINATIONS:
        return
    try:
        grown(space)
    except TooManyCombinations:
        worst = max(counts, key=lambda name: counts[name])
        ways = " x ".join(f"{count} ways of `{name}`" for name, count in counts.items())
        fact = f"here {ways} make more than {MOST_COMBINATIONS} combinations"
        help = "leave out the target, tune fewer of these, or tune them over fewer values"
        yield TOO_MANY_BRANCHES.at(("parameters", worst, "tuning"), fact, help)

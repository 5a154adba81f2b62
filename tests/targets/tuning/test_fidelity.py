"""What targets say of themselves in the table of constructs, row by row: a spec that uses one, and draws from it.

A row is exact if, and only if, its probe holds. Other targets join by an entry in `packages.DRAWS`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from knobsmith.model.catalog import Algorithm, Catalog, Packages, Project
from knobsmith.targets.base import SEARCHES, Fidelity
from knobsmith.targets.losses import searches_of
from knobsmith.targets.registry import load_target
from knobsmith.views.tuning.space import Space
from scipy.stats import kstest

from tests.support.compile import broken_checks, compile_algorithm
from tests.targets.tuning.judging import faults
from tests.targets.tuning.packages import DRAWS, Generated

CASES = Path(__file__).parents[2] / "cases" / "searches"
BASES: dict[str, dict[str, Any]] = {"statics": {"classes": 7, "mode": "fast"}}
# A seeded draw that is spread as it should be is always above this.
LEAST_LIKELY = 1e-4
Json = Any


@dataclass(frozen=True)
class Drawn:
    """What a target made of a spec: its files, and draws from them."""

    back_end: str
    algorithm: Algorithm
    text: str
    draws: tuple[Json, ...]
    faults: tuple[str, ...]

    def values(self, name: str) -> list[Any]:
        return [config[name] for config in self.draws if name in config]

    def all_of(self, name: str) -> set[tuple[type, Any]]:
        """All that is drawn, with types, as 1 is 1.0 and True otherwise."""
        found = (tuple(value) if isinstance(value, list) else value for value in self.values(name))
        return {(type(value), value) for value in found}


def spec(construct: str) -> str:
    return (CASES / f"{construct}.yaml").read_text(encoding="utf-8")


def catalog_of(algorithm: Algorithm) -> Catalog:
    project = Project(name="cases", version="0.1.0", packages=Packages(python="cases", npm="cases", cmake="cases"))
    return Catalog(project=project, algorithms=(algorithm,))


@cache
def drawn(back_end: str, construct: str) -> Drawn:
    algorithm, base = compile_algorithm(spec(construct), construct), BASES.get(construct, {})
    space = Space(algorithm)
    with Generated(catalog_of(algorithm), back_end) as generated:
        client = generated.client(construct)
        draws = tuple(islice(generated.draws(construct, base), 2000))
        found = tuple(fault for config in draws for fault in faults(space, client, base, config))
        whole = "\n".join(generated.files.values())
    return Drawn(back_end, algorithm, whole, draws, found)


def _statics(one: Drawn) -> bool:
    return all(config["classes"] == 7 and config["mode"] == "fast" for config in one.draws) and "classes" in one.text


def _closed_end(one: Drawn) -> bool:
    return set(one.values("rate")) == {1.0, 1.0000000000000002}


def _open_end(one: Drawn) -> bool:
    return set(one.values("rate")) == {1.0000000000000002, 1.0000000000000004}


def _integer_range(one: Drawn) -> bool:
    return one.all_of("depth") == {(int, 1), (int, 2), (int, 3)}


def _log(one: Drawn) -> bool:
    shares = [1 + math.log10(rate) / 9 for rate in one.values("rate")]
    return min(one.values("rate")) >= 1e-9 and max(one.values("rate")) <= 1 and is_even(shares)


def _reverse_log(one: Drawn) -> bool:
    width = math.log(0.5) - math.log(1 - 0.9999)
    return is_even([(math.log(0.5) - math.log(1 - x)) / width for x in one.values("momentum")])


def _step(one: Drawn) -> bool:
    heights = set(one.values("height"))
    on_grid = all(height % 10 == 5 for height in heights) and len(heights) > 500
    return on_grid and set(one.values("width")) == {0.5, 1.0, 1.5, 2.0, 2.5}


def _choices(one: Drawn) -> bool:
    return (
        one.all_of("optimizer") == {(str, "adam"), (str, "no 2"), (str, "true")}
        and one.all_of("mask") == {(bool, True), (bool, False)}
        and one.all_of("fine_tune") == {(str, "Auto"), (bool, True)}
    )


def _number_choices(one: Drawn) -> bool:
    return (
        one.all_of("size") == {(int, 16), (int, 512), (int, 3)}
        and set(one.values("rate")) == {1e-7, 0.1, 2.0}
        and one.all_of("best") == {(str, "all"), (int, 1), (int, 5)}
    )


def _list_choices(one: Drawn) -> bool:
    return one.all_of("steps") == {(tuple, ()), (tuple, (1, 2)), (tuple, (3,))}


def _conditions(one: Drawn) -> bool:
    return not one.faults and len({frozenset(config) for config in one.draws}) == 4


def _range_conditions(one: Drawn) -> bool:
    is_one_range = '"rate in"' not in one.text
    return not one.faults and is_even([(rate - 0.1) / 0.9 for rate in one.values("rate")]) and is_one_range


def _computed_conditions(one: Drawn) -> bool:
    return not one.faults and len({frozenset(config) for config in one.draws}) == 2


def _guards(one: Drawn) -> bool:
    return not one.faults and min(one.values("rate")) < 0.01 < 0.1 < max(one.values("rate"))


def _refusals(one: Drawn) -> bool:
    pairs = {(config["optimizer"], config["schedule"]) for config in one.draws}
    return not one.faults and len(pairs) == 7


def _objective(one: Drawn) -> bool:
    return "loss" in one.text and "minimize" in one.text.lower()


def _impact(one: Drawn) -> bool:
    """Whether anything is written of it."""
    plain = compile_algorithm(spec("impact").replace(", impact: high", ""), "impact")
    target = load_target(one.back_end)
    texts = [{file.path: file.text for file in target.render(catalog_of(a), {})} for a in (one.algorithm, plain)]
    return texts[0] != texts[1]


def is_even(shares: list[float]) -> bool:
    """Whether shares of a whole may well be spread evenly."""
    return bool(kstest(shares, "uniform").pvalue > LEAST_LIKELY)


PROBES: dict[str, Callable[[Drawn], bool]] = {
    "statics": _statics,
    "closed_end": _closed_end,
    "open_end": _open_end,
    "integer_range": _integer_range,
    "log": _log,
    "reverse_log": _reverse_log,
    "step": _step,
    "choices": _choices,
    "number_choices": _number_choices,
    "list_choices": _list_choices,
    "conditions": _conditions,
    "range_conditions": _range_conditions,
    "computed_conditions": _computed_conditions,
    "guards": _guards,
    "refusals": _refusals,
    "objective": _objective,
    "impact": _impact,
}


def test_each_construct_has_a_spec_that_uses_it() -> None:
    assert list(PROBES) == list(SEARCHES)
    for construct in SEARCHES:
        assert broken_checks(spec(construct), construct) == []
        assert construct in searches_of(compile_algorithm(spec(construct), construct))


@pytest.mark.parametrize("construct", SEARCHES)
@pytest.mark.parametrize("back_end", DRAWS)
def test_a_target_carries_what_it_says(back_end: str, construct: str) -> None:
    said = load_target(back_end).fidelity[construct].fidelity
    assert PROBES[construct](drawn(back_end, construct)) is (said is Fidelity.EXACT)

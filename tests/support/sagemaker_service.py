"""A stand-in for the tuner of SageMaker: it reads a request and draws what training jobs would be given."""

import math
import random
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from knobsmith.judging.numbers import number_text

Json = Any


class Drawn(NamedTuple):
    """The hyperparameters of one training job, and the definition that it belongs to."""

    definition: Mapping[str, Json]
    hyperparameters: dict[str, str]


def definitions(request: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """The definitions of a request, each with its ranges."""
    if "TrainingJobDefinitions" in request:
        return list(request["TrainingJobDefinitions"])
    config = request["HyperParameterTuningJobConfig"]
    own = {"HyperParameterRanges": config["ParameterRanges"]}
    if "HyperParameterTuningJobObjective" in config:
        own["TuningObjective"] = config["HyperParameterTuningJobObjective"]
    return [{**request["TrainingJobDefinition"], **own}]


def fixed(request: Mapping[str, Json], values: Mapping[str, str]) -> Mapping[str, Json]:
    """The request with these hyperparameters given, in wire form: static instead of tuned, in what allows for them."""
    found = []
    for definition in definitions(request):
        listed = {own["Name"]: own.get("Values") for _, own in ranges(definition)}
        statics = definition.get("StaticHyperParameters", {})
        if any(
            value not in (listed.get(name) or [value]) or statics.get(name, value) not in (value, f"<{name}>")
            for name, value in values.items()
        ):
            continue
        kept = {
            key: [own for own in every if own["Name"] not in values]
            for key, every in definition["HyperParameterRanges"].items()
        }
        found.append({**definition, "StaticHyperParameters": {**statics, **values}, "HyperParameterRanges": kept})
    return {"TrainingJobDefinitions": found}


def ranges(definition: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """The ranges of a definition with their kinds."""
    for key, listed in definition["HyperParameterRanges"].items():
        for own in listed:
            yield key.removesuffix("ParameterRanges"), own


def draws(request: Mapping[str, Json], count: int, seed: int = 1, *, ends: bool = True) -> Iterator[Drawn]:
    """What random search would try: each definition in its turn; ``ends``: with the ends more often than by chance."""
    generator = random.Random(seed)
    listed = definitions(request)
    for place in range(count):
        definition = listed[place % len(listed)]
        found = dict(definition.get("StaticHyperParameters", {}))
        for kind, own in ranges(definition):
            assert own["Name"] not in found, "given twice"
            found[own["Name"]] = draw(kind, own, generator, ends=ends)
        yield Drawn(definition, found)


def draw(kind: str, own: Mapping[str, Json], generator: random.Random, *, ends: bool = True) -> str:
    """One value of a range, by its scale; both ends are among what may be drawn."""
    if kind == "Categorical":
        return str(generator.choice(own["Values"]))
    low, high = float(own["MinValue"]), float(own["MaxValue"])
    assert low < high
    scaling = own["ScalingType"]
    assert scaling != "Logarithmic" or low > 0
    assert scaling != "ReverseLogarithmic" or 0 <= low <= high < 1
    share = generator.choice([0.0, 1.0, *[generator.random()] * 6]) if ends else generator.random()
    if share in (0.0, 1.0):
        return str(own["MaxValue"] if share else own["MinValue"])
    if kind == "Integer":
        return str(min(int(high), math.floor(low + share * (high - low + 1))))
    return number_text(min(max(_scaled(scaling, low, high, share), low), high))


def _scaled(scaling: str, low: float, high: float, share: float) -> float:
    # `Auto` is the service's own choice: logarithmic where it can be is the choice that could do harm.
    if scaling == "Logarithmic" or (scaling == "Auto" and low > 0):
        return math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
    if scaling == "ReverseLogarithmic":
        return 1 - math.exp(math.log(1 - low) + share * (math.log(1 - high) - math.log(1 - low)))
    return low + share * (high - low)

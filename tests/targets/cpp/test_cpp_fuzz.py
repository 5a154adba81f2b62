"""Random and mutated configurations, through the Python client and the C++ client at once.

KNOBSMITH_FUZZ sets how many; 200000 take some minutes.
"""

import os
from collections.abc import Iterator
from random import Random
from typing import Any

from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm

from tests.strategies_configs import native_points, wire_points
from tests.support.client import GeneratedClient
from tests.support.verdicts import differences
from tests.targets.cpp.building import answer, build, request, run
from tests.targets.cpp.wanted import without_wording
from tests.test_client_agrees_with_catalog import real_algorithms, written

Json = Any
COUNT = int(os.environ.get("KNOBSMITH_FUZZ", "7000"))
FORMS = ("wire", "native")
# Slips that turn a text into another one that may be none.
LETTERS = ("", " ", "0", "-", "+", ".", "e", "E9", "_", ",", "\n", "\0", "é", "３", "\U0001f600", '"', "\\", "[", ")")


class Source:
    """Configurations of one algorithm."""

    def __init__(self, algorithm: Algorithm, form: str, random: Random) -> None:
        self.published = as_json(algorithm)
        self.form, self.random = form, random
        points = wire_points if form == "wire" else native_points
        self.points = {entry["name"]: points(self.published, entry) for entry in self.published["parameters"]}
        self.facts = {entry["name"]: points(self.published, entry) for entry in self.published["context"]}
        self.valid = [entry["name"] for entry in self.published["parameters"] if entry["required"]]

    def configs(self, count: int) -> Iterator[tuple[Json, Json]]:
        for _ in range(count):
            names = list(self.points)
            chosen = self.random.sample(names, min(len(names), self.random.choice((1, 2, 3, 5, 8))))
            config = {name: self._value(self.points[name]) for name in dict.fromkeys([*self.valid, *chosen])}
            context = {name: self._value(points) for name, points in self.facts.items() if self.random.random() < 0.3}
            if self.random.random() < 0.05:
                config[self._slipped(self.random.choice(names))] = self._value(self.points[names[0]])
            yield config, context

    def _value(self, points: list[Json]) -> Json:
        value = self.random.choice(points)
        if isinstance(value, str) and self.random.random() < 0.15:
            return self._slipped(value)
        return value if self.form == "native" or isinstance(value, str) else "1"

    def _slipped(self, text: str) -> str:
        at = self.random.randint(0, len(text))
        return text[:at] + self.random.choice(LETTERS) + text[at + self.random.randint(0, 1) :]


def test_clients_agree() -> None:
    algorithms = real_algorithms()
    command = build(algorithms)
    share = COUNT // (len(algorithms) * len(FORMS)) + 1
    asked = 0
    for place, algorithm in enumerate(algorithms):
        client = GeneratedClient(algorithm)
        for form in FORMS:
            drawn = list(Source(algorithm, form, Random(f"{COUNT}{place}{form}")).configs(share))
            answers = run(command, [request(algorithm, form, config, context) for config, context in drawn])
            for (config, context), line in zip(drawn, answers, strict=True):
                assert not disagreements(client, config, context, form, answer(line)), (config, context)
                asked += 1
    assert asked >= COUNT


def disagreements(client: GeneratedClient, config: Json, context: Json, form: str, found: Json) -> list[str]:
    wanted = without_wording(client.verdict(config, context, form))
    lines = differences(wanted, found)
    if not lines and wanted["valid"]:
        texts = written(lambda: client.wire(config, context, form))
        mine = None if found["writes"] is None else list(found["writes"].items())
        lines = [] if texts == mine else [f"writes {mine}, expected {texts}"]
    return lines

"""Specs beyond the real ones: the worked examples, specs drawn at random, and names that C++ does not take."""

from functools import cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm
from knobsmith.records import replace

from tests.strategies_configs import configs
from tests.strategies_specs import specs
from tests.support.client import GeneratedClient
from tests.support.compile import compile_algorithm
from tests.support.verdict_cases import Run, verdict_runs
from tests.support.verdicts import differences
from tests.targets.cpp.building import answer, build, request, run
from tests.targets.cpp.wanted import without_wording

Json = Any
# Compiled for being right, not for being fast.
FLAGS = ("-O0",)


def numbered(texts: list[str]) -> list[Algorithm]:
    """The algorithms of several specs, each with a name of its own."""
    return [replace(compile_algorithm.__wrapped__(text), name=f"example-{place}") for place, text in enumerate(texts)]


def test_worked_examples() -> None:
    runs = [one for one in verdict_runs() if is_textual(one)]
    assert len(runs) > 700
    texts = list(dict.fromkeys(one.spec for one in runs))
    algorithms = dict(zip(texts, numbered(texts), strict=True))
    command = build(list(algorithms.values()), flags=FLAGS, batch=75)
    answers = run(command, [request(algorithms[one.spec], one.form, one.config, one.context) for one in runs])
    for one, line in zip(runs, answers, strict=True):
        found = answer(line)
        assert not differences(without_wording(one.verdict), found), (
            f"{one.id}: {differences(without_wording(one.verdict), found)}"
        )
        if one.wire is not None:
            assert list(found["writes"].items()) == list(one.wire.items()), one.id


def is_textual(one: Run) -> bool:
    """Whether the wire form holds texts only, as C++ can hold nothing else there."""
    return one.form == "native" or all(isinstance(text, str) for text in [*one.config.values(), *one.context.values()])


def test_random_specs() -> None:
    texts, asked = drawn()
    algorithms = numbered(texts)
    command = build(algorithms, flags=FLAGS, batch=15)
    requests = [(algorithms[place], form, config, context) for place, form, config, context in asked]
    answers = run(command, [request(*one) for one in requests])
    clients = [GeneratedClient(algorithm) for algorithm in algorithms]
    for (place, form, config, context), line in zip(asked, answers, strict=True):
        wanted = without_wording(clients[place].verdict(config, context, form))
        found = answer(line)
        assert not differences(wanted, found), f"{texts[place]}\n{config} {context}: {differences(wanted, found)}"


@cache
def drawn() -> tuple[list[str], list[tuple[int, str, Json, Json]]]:
    """Thirty specs, and configurations of each."""
    texts: list[str] = []
    asked: list[tuple[int, str, Json, Json]] = []

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        texts.append(data.draw(specs()))
        published = as_json(compile_algorithm.__wrapped__(texts[-1]))
        for form in ("native", "wire"):
            for _ in range(6):
                config, context = data.draw(configs(published, form))
                if form == "native" or all(map(is_text, [*config.values(), *context.values()])):
                    asked.append((len(texts) - 1, form, config, context))

    draw()
    return texts, asked


def is_text(value: Json) -> bool:
    return isinstance(value, str)

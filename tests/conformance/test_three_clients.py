"""Random and mutated configurations get the same verdict, and the same texts, from all three clients.

KNOBSMITH_CONFIGS sets how many: 200000 take some minutes. With ``-s`` it is said how far it is.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice
from math import ceil
from typing import Any

import pytest
from knobsmith.targets.vectors.target import vectors

from tests.conformance.three_clients import ThreeClients, disagreement
from tests.drawn_configs import FORMS, Draws
from tests.support.tried_algorithms import real_algorithms
from tests.targets.cpp.wanted import without_wording
from tests.targets.typescript.fixture import request

Json = Any
CONFIGS = int(os.environ.get("KNOBSMITH_CONFIGS", "6000"))
REAL = {algorithm.name: algorithm for algorithm in real_algorithms()}
# So many of them are of the real algorithms; the others share the rest.
SHARE_OF_REAL = 0.6
# So many are asked at once.
CHUNK = 4000
# Every code of a verdict, but those that rules are named by.
CODES = {
    *("unknown", "alias-conflict", "alias", "type", "values", "range", "multiple_of", "pattern", "length", "items"),
    *("unique", "increasing", "forbidden", "required", "case", "ignored", "deprecated", "open", "recommended"),
}


@cache
def clients() -> ThreeClients:
    return ThreeClients()


def requests(count: int) -> Iterator[Json]:
    """Questions about all algorithms, in both forms."""
    others = len(clients().algorithms) - len(REAL)
    for algorithm in clients().algorithms:
        is_real = algorithm.name in REAL
        share = SHARE_OF_REAL / len(REAL) if is_real else (1 - SHARE_OF_REAL) / others
        bases = list(vectors(algorithm)) if is_real else []
        for form in FORMS:
            draws = Draws(algorithm, form, count, bases)
            for config, context in draws.configs(ceil(count * share / len(FORMS))):
                yield request(algorithm, form, config, context)


def test_clients_agree() -> None:
    asked = valid = 0
    codes: Counter[str] = Counter()
    start = time.monotonic()
    questions = requests(CONFIGS)
    while chunk := list(islice(questions, CHUNK)):
        for question, answers in zip(chunk, clients().answers(chunk), strict=True):
            assert disagreement(*answers) is None, f"{json.dumps(question)}: {disagreement(*answers)}"
            valid += answers[0]["valid"]
            codes.update({finding["code"].partition(":")[0] for finding in answers[0]["findings"]})
        asked += len(chunk)
        print(f"{asked} configurations, {valid} valid, no disagreement, {time.monotonic() - start:.0f} s")
    print(dict(codes.most_common()))
    assert asked >= CONFIGS
    assert asked * 0.2 < valid < asked * 0.8
    assert codes.keys() >= CODES | {"rule"}


NO_OBJECTS: tuple[Json, ...] = (None, 5, 0, -1.5, 1e300, True, False, "", "x", "{}", "\ud800", [], [["x", 1]], [{}])


@pytest.mark.parametrize("form", FORMS)
def test_clients_agree_on_what_is_no_configuration(form: str) -> None:
    questions = []
    for algorithm in clients().algorithms:
        facts = {fact.name: "a" for fact in algorithm.context}
        for given in NO_OBJECTS:
            about = {"algorithm": algorithm.name, "form": form}
            questions += [{**about, "config": given, "context": {}}, {**about, "config": {}, "context": given}]
            questions += [{**about, "config": given, "context": {**facts, "nobody": 1}}]
            questions += [{**about, "config": {"a": 1, "context": 1, "z": 1}, "context": given}]
    for question, (python, typescript, cpp) in zip(questions, clients().answers(questions), strict=True):
        # Texts in C++ have keys: there is no other form to give them in.
        told = cpp if form == "native" else without_wording(python)
        assert disagreement(python, typescript, told) is None, question
        if not isinstance(question["config"], dict):
            assert (python["findings"][0]["code"], python["findings"][0]["parameter"]) == ("type", None)


SPOILT: tuple[Callable[[Json], Json], ...] = (
    lambda answer: {**answer, "valid": not answer["valid"]},
    lambda answer: {**answer, "findings": answer["findings"][1:]},
    lambda answer: {**answer, "findings": [{**one, "code": "unknown"} for one in answer["findings"]]},
    lambda answer: {**answer, "findings": [{**one, "parameter": "x"} for one in answer["findings"]]},
    lambda answer: {**answer, "writes": dict(reversed(answer["writes"].items()))},
    lambda answer: {**answer, "writes_defaults": {**answer["writes_defaults"], "num_classes": "8"}},
)


def test_what_one_client_says_otherwise_is_noticed() -> None:
    config = {"num_classes": "7", "num_training_samples": "10", "optimizer": "adam", "momentum": "0.5"}
    (answers,) = clients().answers([request(REAL["image-classification"], "wire", config)])
    python, typescript, cpp = answers
    assert python["valid"] and python["findings"] and disagreement(*answers) is None
    for spoil in SPOILT:
        assert (disagreement(python, spoil(typescript), cpp) or "").startswith("typescript: ")
        assert (disagreement(python, typescript, spoil(cpp)) or "").startswith("cpp: ")


@pytest.mark.parametrize("form", FORMS)
def test_draws_hold_what_matters(form: str) -> None:
    algorithm = REAL["image-classification-tensorflow"]
    drawn = list(Draws(algorithm, form).configs(4000))
    assert drawn == list(Draws(algorithm, form).configs(4000)), "the same seed draws the same"
    names = {parameter.name for parameter in algorithm.parameters}
    aliases = {alias: parameter.name for parameter in algorithm.parameters for alias in parameter.aliases}
    values = {str(value) for value in chain.from_iterable(config.values() for config, _ in drawn)}
    assert any(aliases.get(name) in config for config, _ in drawn for name in config), "by alias and by name"
    assert any(not config.keys() <= names | aliases.keys() for config, _ in drawn), "near-miss names"
    assert any(context for _, context in drawn) and any(not context for _, context in drawn)
    if form == "wire":
        assert {"+1", "1e400", "-0", "0x10", "٣", "NaN", " 1", "1e-99999999999999999999"} <= values
        assert all(isinstance(value, str) for config, _ in drawn for value in config.values())


def test_draws_leave_out_what_is_required() -> None:
    algorithm = REAL["image-classification"]
    required = {parameter.name for parameter in algorithm.parameters if parameter.required}
    assert required and any(required - config.keys() for config, _ in Draws(algorithm, "native").configs(300))

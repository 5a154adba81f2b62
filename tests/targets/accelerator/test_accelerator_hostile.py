"""Whatever is given instead of plain configurations, many at once fare as each by itself: no crash, no wrong word."""

import gc
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from knobsmith.targets.python import in_memory

from tests.support.compile import compile_algorithm
from tests.targets.accelerator.building import FORMS, built, catalog_of, client_with, loaded
from tests.targets.accelerator.hostile import CONTEXTS, KEYS, NONE_AT_ALL, VALUES, WHOLE, Bad, Raising

SPEC = """
knobsmith: 1
algorithm: hostile
title: T
doc: D.
context:
  machines: {type: integer, range: "[1, 8]", doc: Machines.}
  kind: {type: string, values: [a, b], doc: Kind.}
parameters:
  width: {type: integer, range: "[1, 64]", default: 8, doc: A width., aliases: [breadth]}
  rate: {type: number, range: "(0, 9007199254740992]", default: 0.5, special: {auto: Chosen.}, doc: A rate.}
  loud: {type: boolean, default: false, doc: A switch.}
  mode: {type: string, values: {fast: {doc: Fast., aliases: [quick]}, slow: Slow.}, open: true, default: fast, doc: A mode.}
  label: {type: string, length: "[0, 4]", if_unset: none, doc: A text.}
  steps: {type: list, items: {type: integer, range: "[1, 9]"}, increasing: true, if_unset: none, doc: Steps.}
  names: {type: list, items: {type: string}, length: "[0, 100]", wire: json, if_unset: none, doc: Names.}
rules:
  narrow: {require: width <= 32 || context.machines > 1, message: Too wide.}
"""
Client = in_memory.Client
CATALOG = catalog_of(compile_algorithm(SPEC, "hostile"))


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with client_with(CATALOG, loaded(built(CATALOG))) as client:
        yield client


def outcome(judge: Callable[[], Any]) -> Any:
    """What comes of it, an exception included."""
    try:
        return judge()
    except Exception as problem:
        return type(problem), str(problem)


def assert_same_outcome(client: Client, form: str, configs: list[Any], context: Any) -> None:
    module = client.algorithm("hostile")
    one, many = module.validate, module.validate_many
    if form == "wire":
        one, many = module.validate_wire, module.validate_wire_many
    wanted = outcome(lambda: [one(config, context).valid for config in configs])
    for pure in (False, True):
        found = outcome(lambda pure=pure: [*map(bool, answers_of(many(configs, context=context, pure=pure)))])
        assert found == wanted, (form, context, pure)


def answers_of(verdicts: Any) -> list[bool]:
    invalid = set(verdicts.invalid)
    return [place not in invalid for place in range(len(verdicts))]


@pytest.mark.parametrize("form", FORMS)
def test_odd_values(client: Client, form: str) -> None:
    for name in ("width", "breadth", "rate", "loud", "mode", "label", "steps", "names"):
        for value in VALUES:
            assert_same_outcome(client, form, [{name: value}], None)


@pytest.mark.parametrize("form", FORMS)
def test_odd_keys(client: Client, form: str) -> None:
    for key in KEYS:
        for value in ("1", 1, object()):
            assert_same_outcome(client, form, [{key: value}, {"width": "1", key: value}], None)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_dictionary(client: Client, form: str) -> None:
    for config in (*NONE_AT_ALL, *WHOLE):
        for good in ({}, {"width": "1"}):
            assert_same_outcome(client, form, [good, config], None)


@pytest.mark.parametrize("form", FORMS)
def test_odd_contexts(client: Client, form: str) -> None:
    for context in CONTEXTS:
        for config in ({}, {"width": 40}, {"width": "40"}, {"width": 0}, {"nobody": 1}):
            assert_same_outcome(client, form, [config], context)


def test_a_batch_that_changes_its_keys_from_one_to_the_next(client: Client) -> None:
    texts = ["width", "rate", "loud", "label", "nobody"]
    fresh = ["".join(list(text)) for text in texts]
    configs = [dict.fromkeys((texts if turn % 2 else fresh)[turn % 4 :], "1") for turn in range(64)]
    for form in FORMS:
        assert_same_outcome(client, form, configs, None)
        assert_same_outcome(client, form, [dict.fromkeys(reversed(config), "1") for config in configs], None)


def test_one_configuration_is_no_list_of_them(client: Client) -> None:
    module = client.algorithm("hostile")
    for single in ({"width": "1"}, {}, MappingProxyType({})):
        with pytest.raises(TypeError, match="^validate_wire_many takes .* put it in a list$"):
            module.validate_wire_many(single)
    for text in ("width", b"width", ""):
        with pytest.raises(TypeError, match="^validate_many takes a list of configurations, .* got a text$"):
            module.validate_many(text)
    with pytest.raises(TypeError, match="^validate_wire_many takes a list of .* something of type int$"):
        module.validate_wire_many(5)


@pytest.mark.parametrize("pure", [False, True])
def test_what_is_no_configuration_is_not_valid(client: Client, pure: bool) -> None:
    module = client.algorithm("hostile")
    for many, one in ((module.validate_many, module.validate), (module.validate_wire_many, module.validate_wire)):
        verdicts = many([*NONE_AT_ALL, {}], pure=pure)
        assert verdicts.invalid[: len(NONE_AT_ALL)] == tuple(range(len(NONE_AT_ALL)))
        for verdict, config in zip(verdicts, NONE_AT_ALL, strict=False):
            assert verdict == one(config)
            assert [(found.code, found.parameter) for found in verdict.findings] == [("type", None)]


@pytest.mark.parametrize("pure", [False, True])
def test_a_raised_problem_names_the_place(client: Client, pure: bool) -> None:
    module = client.algorithm("hostile")
    with pytest.raises(Bad) as raised:
        module.validate_many([{}, {}, {"steps": Raising([1])}], pure=pure)
    assert raised.value.__notes__ == ["validate_many was judging the configuration at place 2, counted from 0."]


def test_what_raises_while_it_gives_configurations_names_the_place(client: Client) -> None:
    def three() -> Iterator[Mapping[str, str]]:
        for _ in range(3):
            yield {"width": "1"}
        raise Bad

    with pytest.raises(Bad) as raised:
        client.algorithm("hostile").validate_wire_many(three())
    told = "validate_wire_many was taking the configuration at place 3, counted from 0."
    assert raised.value.__notes__ == [told]


def test_any_iterable_is_read_once(client: Client) -> None:
    module = client.algorithm("hostile")
    found = module.validate_many({"width": width} for width in range(3))
    assert (len(found), found.invalid, found.valid) == (3, (0,), False)
    assert module.validate_many([]).valid


def test_signals_are_heard_during_a_long_batch() -> None:
    judge = loaded(built(CATALOG)).judge
    configs = ({"width": 1},) * 1_000_000
    heard: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
        answers = judge("hostile", False, configs, {})
        # Of signals that nobody heeded meanwhile one would be left, whatever their number.
        count = len(heard)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert answers == b"\1" * len(configs)
    assert count > 3


def test_a_signal_ends_a_long_batch(client: Client) -> None:
    def end(*_: object) -> None:
        raise Bad

    before = signal.signal(signal.SIGALRM, end)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.02)
        with pytest.raises(Bad):
            client.algorithm("hostile").validate_many([{"width": 1}] * 3_000_000)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_no_reference_is_kept_or_lost(client: Client) -> None:
    module = client.algorithm("hostile")
    words: list[Any] = [
        "".join(["wi", "dth"]),
        "".join(["la", "bel"]),
        "".join(["te", "xt"]),
        "".join(["machi", "nes"]),
    ]
    numbers = [12345.5, 2**70, [1, 2]]
    config: dict[str, Any] = {
        words[0]: words[2],
        words[1]: words[2],
        "rate": numbers[0],
        "steps": numbers[2],
        "x": numbers[1],
    }
    context: Mapping[str, Any] = {words[3]: words[2]}
    watched = [*words, *numbers, config, context]

    def judged() -> None:
        for many in (module.validate_many, module.validate_wire_many):
            many([config, {words[1]: words[2]}, {}], context=context)

    def counts() -> list[int]:
        gc.collect()
        return [sys.getrefcount(one) for one in watched]

    judged()
    before = counts()
    for _ in range(1000):
        judged()
    assert counts() == before


def test_the_module_refuses_wrong_arguments() -> None:
    judge = loaded(built(CATALOG)).judge
    with pytest.raises(LookupError, match="there is no algorithm nobody"):
        judge("nobody", True, (), {})
    for arguments in ((), ("hostile",), ("hostile", True, [], {}), ("hostile", True, (), None), (1, True, (), {})):
        with pytest.raises(TypeError):
            judge(*arguments)
    with pytest.raises(ValueError, match="null"):
        judge("hostile\0", True, (), {})

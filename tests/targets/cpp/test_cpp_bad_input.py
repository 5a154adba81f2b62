"""Whatever is given, there is a verdict, and no sanitizer has anything to say."""

import json
from typing import Any

import pytest
from knobsmith.model.catalog import Algorithm

from tests.support.tried_algorithms import real_algorithms
from tests.targets.cpp.building import SANITIZED, answer, build, request, run

Json = Any
LONG = "1" * 1_000_000
VALUES = (
    *("", "NaN", "nan", "inf", "-0", "-", "1e", "1e999999999999999999999", "1e-999999999999999999999", "0e999999999"),
    *("0." + "0" * 400 + "1", LONG, "é" * 500_000, "[" * 1_000_000, "[" * 500_000 + "]" * 500_000, '["' + LONG + '"]'),
    *("\0", "\ud800", "a\ud800", "\udc00\ud800", "1\0", "[1,2", '["\\ud800"]', "(" * 1000, "," * 100_000, "{}"),
)
NATIVE = (
    *("null", "[]", "1", "", "{", '{"', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{}}", "{,}", "\0"),
    *('{"\\ud800": 1}', '{"a": "\\', '{"a": "\\u12', '{"__proto__": {}, "constructor": 1}', "[" * 100_000, '{"a": [}'),
    '{"x": ' + "[" * 1_000_000 + "]" * 1_000_000 + "}",
    '{"x": ' + '{"x": ' * 100_000 + "1" + "}" * 100_000 + "}",
)


@pytest.fixture(scope="module")
def program() -> list[str]:
    return build(algorithms(), flags=("-O0", "-g1", *SANITIZED))


def algorithms() -> list[Algorithm]:
    return real_algorithms()


def test_every_parameter_takes_every_text(program: list[str]) -> None:
    lines, expected = [], []
    for algorithm in algorithms()[:1]:
        kinds = {parameter.domain.kind: parameter for parameter in algorithm.parameters}
        for parameter in kinds.values():
            for value in VALUES:
                lines.append(request(algorithm, "wire", {parameter.name: value}, {}))
                expected.append(parameter.name)
    for name, line in zip(expected, run(program, lines), strict=True):
        found = answer(line)
        assert found["parameters"][name]["state"] == "given"
        assert isinstance(found["valid"], bool)


def test_keys_that_are_none(program: list[str]) -> None:
    keys = ["__proto__", "constructor", "", "\0", "\ud800", "z" * 1_000_000, "a b"]
    algorithm = algorithms()[0]
    config, context = dict.fromkeys(keys, "1"), {"\udfff": "1"}
    found = answer(run(program, [request(algorithm, "wire", config, context)])[0])
    unknown = [finding["parameter"] for finding in found["findings"] if finding["code"] == "unknown"]
    assert unknown == sorted([*keys, "context.\udfff"])


def test_a_key_given_twice_fails(program: list[str]) -> None:
    name = algorithms()[0].name
    about = f'"algorithm": "{name}", "context": {{}}, "config"'
    for form, value in (("wire", '"adam"'), ("native", '"adam"')):
        line = f'{{"form": "{form}", {about}: {{"optimizer": "sgd", "optimizer": {value}}}}}'
        found = answer(run(program, [line])[0])
        assert {"code": "alias-conflict", "parameter": "optimizer"}.items() <= found["findings"][0].items()
        assert found["parameters"]["optimizer"]["reason"] == "not judged"


def test_what_is_no_object(program: list[str]) -> None:
    name = algorithms()[0].name
    lines = [json.dumps({"algorithm": name, "form": "raw", "config": text, "context": {}}) for text in NATIVE]
    for text, line in zip(NATIVE, run(program, lines), strict=True):
        found = answer(line)
        assert found["valid"] is False, text[:50]


def test_not_an_object_is_said_so(program: list[str]) -> None:
    name = algorithms()[0].name
    lines = [json.dumps({"algorithm": name, "form": "raw", "config": text, "context": {}}) for text in ("[1]", "{", "")]
    for line in run(program, lines):
        first = answer(line)["findings"][0]
        assert (first["code"], first["parameter"]) == ("type", None)

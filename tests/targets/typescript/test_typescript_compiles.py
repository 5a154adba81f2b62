"""Whatever spec is legal, its package passes the strict settings that it comes with."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from knobsmith.model.catalog import Algorithm
from knobsmith.records import replace

from tests.support.compile import compile_algorithm
from tests.targets.typescript.drawn import drawn_expressions, drawn_specs
from tests.targets.typescript.fixture import files_of, node, tool

ERROR = re.compile(r"algorithms/([a-z0-9-]+)/index\.ts\(\d+,\d+\): error (TS\d+): ")
SCOPE = {
    "shape": {"type": "list", "items": {"type": "integer"}, "fields": ["height", "width"], "default": [224, 224]},
    "x": {"type": "number", "if_unset": "nothing"},
    "y": {"type": "number", "if_unset": "nothing"},
    "z": {"type": "string", "if_unset": "nothing"},
    "b": {"type": "boolean", "if_unset": "nothing"},
    "w": {"type": "integer", "special": {"auto": "The service decides."}, "if_unset": "nothing"},
    "steps": {"type": "list", "items": {"type": "integer"}, "if_unset": "nothing"},
    "words": {"type": "list", "items": {"type": "number", "special": {"auto": "It is."}}, "if_unset": "nothing"},
    "boxes": {"type": "list", "items": {"type": "list", "items": {"type": "integer"}}, "if_unset": "nothing"},
}
# Of the outcome of these the compiler knows something, or believes to.
CONDITIONS = (
    *("size(shape) == 3 || y > 1", "shape[2] == 3 || y > 1", "has(steps) || size(steps) > 5"),
    *("has(x) || x < 0 && y > 1", "x == x", "x == 3 && x == 4", "1 == 2", "-1 == 2 || x > 1", "false", "true"),
    *("size(steps) == 3 && size(steps) == 4", "steps[0] == 3 && steps[0] == 4", "steps == steps"),
    *("b && !b", "b == b", "b in [true, true]", "b == true && b != true", "(x > 1) == (x > 1)", "(x > 1) == true"),
    *('w == "auto" && w > 3', 'w == "auto" || w == 4 || w == "auto"', 'z == "a" && z == "b"', "z == z"),
    *("x in [1, 2, 3, 4, 5] && x > 2", "x in [x, y] && x > 2", "x / 2 == x / 2", "steps == [1] && steps[0] > 1"),
    *("boxes.all(s, size(s) == 3 && size(s) == 4)", "boxes.all(s, s.exists(t, t == 3 && t == t))"),
)
DEFAULTS = (
    *(
        {"type": kind, "default": {"expr": text}}
        for kind in ("integer", "number")
        for text in ("shape.height", "steps[0]")
    ),
    *(
        {"type": "list", "items": {"type": "integer"}, "default": {"expr": text}}
        for text in ("boxes[0]", "[steps[0], shape[1]]")
    ),
)
WORDS = {"auto": "The service decides."}
MAY_BE_A_WORD = (
    {"type": "number", "special": WORDS, "default": {"expr": "words[0]"}},
    {"type": "list", "items": {"type": "number", "special": WORDS}, "default": {"expr": "[words[0], w]"}},
)
UNUSED_PATTERN = {
    "type": "integer",
    "cases": [{"when": "true", "default": 1}, {"when": 'z.matches("b")', "default": 2}],
}


def told_of(algorithms: Iterable[Algorithm], folder: Path) -> dict[str, list[str]]:
    """What the compiler says of each algorithm's validator; of facts it has other things to say."""
    for path, text in files_of(algorithms).items():
        if not path.endswith("/facts.ts") or "/common/" in path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    options = ["--noEmit", "--declaration", "false", "--isolatedDeclarations", "false"]
    try:
        node([tool("typescript/bin/tsc"), "-p", str(folder), *options])
    except AssertionError as problem:
        told: dict[str, list[str]] = {}
        for name, code in ERROR.findall(str(problem)):
            told.setdefault(name, []).append(code)
        assert told, str(problem)
        return told
    return {}


def spec(**entries: object) -> str:
    """A spec over the scope; the entries say what they are about."""
    head = {"knobsmith": 1, "algorithm": "example", "title": "Example", "doc": "Is told apart by conditions."}
    parameters = {**SCOPE, **entries}
    rules = {"rule": {"require": "w == 4 || x > 3", "message": "does not hold"}}
    documented = {name: {"doc": "One of some.", **entry} for name, entry in parameters.items()}
    return json.dumps(head | {"parameters": documented, "rules": rules})


def awkward_specs() -> Iterator[str]:
    """Every condition in every place, and defaults that are items of lists."""
    optional = {"type": "integer", "if_unset": "nothing"}
    for condition in CONDITIONS:
        yield spec(
            used=optional | {"used_when": condition},
            needed=optional | {"required_when": condition},
            barred=optional | {"forbidden_when": condition, "used_when": f"has(used) && ({condition})"},
            narrowed=optional | {"cases": [{"when": condition, "range": "[1, 5]"}]},
            reader=optional | {"used_when": "used == 3 || barred > 2", "range": "[1, w]"},
        )
    for default in (*DEFAULTS, *MAY_BE_A_WORD, UNUSED_PATTERN):
        yield spec(scale=default if "cases" not in default else optional | default)


def test_conditions_of_known_outcome_compile(tmp_path: Path) -> None:
    texts = list(awkward_specs())
    algorithms = [replace(compile_algorithm(text), name=f"case-{place}") for place, text in enumerate(texts)]
    told = told_of(algorithms, tmp_path)
    assert {name: (codes, texts[int(name.removeprefix("case-"))]) for name, codes in told.items()} == {}


def test_legal_specs_compile(tmp_path: Path) -> None:
    algorithms = drawn_specs(140) | drawn_expressions(90)
    # Names and types leave few to be thrown away.
    assert len(algorithms) > 180
    assert told_of(algorithms.values(), tmp_path) == {}


def test_what_does_not_compile_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knobsmith.expr.typescript_flow.Flow.may_be_equal", lambda *_: True)
    algorithm = compile_algorithm(
        spec(used={"type": "integer", "if_unset": "nothing", "used_when": "x == 3 && x == 4"})
    )
    assert told_of([algorithm], tmp_path) == {"example": ["TS2367"]}

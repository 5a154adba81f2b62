"""Small random specs to search: tuned ranges and lists of every kind, conditions on them, guards and rules.

Every tuned point is valid wherever no rule refuses it, and rules refuse listed values only, never one of them
everywhere: this is so by the way in which the specs are put together.
"""

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.strategies_conditions import Draw, pick, quoted

Json = Any


@dataclass(frozen=True)
class Searched:
    """A spec of an algorithm called ``example``, and what has to be given before it can be searched."""

    text: str
    base: Json

    def __repr__(self) -> str:
        return f"{self.text}\nbase: {self.base}"


@dataclass(frozen=True)
class Axis:
    """A type with a domain, and ways to tune it; of a listed axis the literals of its values, of a range its cuts."""

    keys: Json
    tunings: tuple[Json, ...]
    listed: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()


_INTEGER = {"type": "integer", "range": "[-20, 1000]"}
_POSITIVE = {"type": "number", "range": "(0, 100]"}
_UNIT = {"type": "number", "range": "[0, 1)"}
LISTED = (
    Axis(
        {"type": "string", "values": ["sgd", "adam", "nag", "rms prop"]},
        ({"values": ["sgd", "adam"]}, {"values": ["nag", "sgd", "rms prop"]}),
        ('"sgd"', '"adam"', '"nag"'),
    ),
    Axis({"type": "boolean"}, ({"values": [True, False]}, {"values": [False, True]}), ("true", "false")),
    Axis({"type": "boolean", "wire": "1/0"}, ({"values": [False, True]},), ("true", "false")),
    Axis(
        {"type": "integer", "range": "[1, 512]"},
        ({"values": [16, 32, 64]}, {"values": [64, 8], "impact": "high"}),
        ("16", "64", "8"),
    ),
    Axis({"type": "number", "range": "[0, 10]"}, ({"values": [0.5, 1]}, {"values": [1e-7, 0.25, 2]}), ("0.5", "1")),
    Axis(
        {"type": "integer", "range": "[1, 512]", "special": {"auto": "The service decides."}},
        ({"values": ["auto", 16]}, {"values": [16, "auto", 1]}),
        ('"auto"', "16"),
    ),
    Axis(
        {"type": "boolean", "special": {"Auto": "The service decides."}},
        ({"values": [True, "Auto"]}, {"values": [True, False, "Auto"]}),
        ('"Auto"', "true"),
    ),
)
LISTS = Axis(
    {"type": "list", "items": {"type": "integer"}, "wire": "comma"},
    ({"values": [[1], [1, 2]]}, {"values": [[], [3, 4, 5]]}),
)
RANGES = (
    Axis(_INTEGER, ({"range": "[1, 4]"}, {"range": "(0, 6)"}, {"range": "[-3, 3]"}), cuts=("2", "1.5", "3")),
    Axis(
        _INTEGER, ({"range": "[1, 1000]", "scale": "log"}, {"range": "[8, 64]", "scale": "linear"}), cuts=("10", "32")
    ),
    Axis(_INTEGER, ({"range": "[2, 11]", "step": 3, "scale": "linear"}, {"range": "(0, 9]", "step": 2}), cuts=("5",)),
    Axis(
        _POSITIVE,
        ({"range": "(0, 1]"}, {"range": "(0.5, 2)", "scale": "linear"}, {"range": "[0.5, 1.5]", "impact": 1}),
        cuts=("0.75", "1", "0.6"),
    ),
    Axis(
        {**_POSITIVE, "precision": "float32"},
        ({"range": "(0.1, 1)"}, {"range": "(0, 0.7]"}, {"range": "[0.001, 0.9)", "scale": "log"}),
        cuts=("0.3", "0.5"),
    ),
    Axis(
        _POSITIVE,
        ({"range": "[0.00001, 1]", "scale": "log"}, {"range": "(0.001, 10)", "scale": "log"}),
        cuts=("0.01", "0.5"),
    ),
    Axis(
        _UNIT,
        ({"range": "[0.5, 0.9999]", "scale": "reverse-log"}, {"range": "(0, 0.999]", "scale": "reverse-log"}),
        cuts=("0.9",),
    ),
    Axis(_POSITIVE, ({"range": "[0.5, 2.5]", "step": 0.5}, {"range": "[0.1, 1]", "step": 0.3}), cuts=("1",)),
)
NAMES = ("rate", "optimizer", "lambda", "use-mask", "k", "in", "shape.of", "Momentum")


@st.composite
def searched(draw: st.DrawFn, *, computed: bool = True) -> Searched:
    """A spec; ``computed``: whether conditions may compute with tuned ranges."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    axes = {name: pick(draw, (*LISTED, *LISTED, *RANGES, LISTS)) for name in names}
    base: Json = {}
    entries: Json = {}
    for index, name in enumerate(names):
        before = {other: axes[other] for other in names[:index]}
        entries[name] = _entry(draw, axes[name], before, computed)
    if _one_in(draw, 2):
        base["classes"] = draw(st.integers(1, 9))
        entries["classes"] = {"type": "integer", "range": "[1, inf)", "required": True, "doc": "Given."}
    rules = _rules(draw, {name: entries[name] for name in names if "used_when" not in entries[name]}, axes)
    spec = {
        "knobsmith": 1,
        "algorithm": "example",
        "title": "Example",
        "doc": "Drawn at random.",
        "parameters": {name: entries[name] for name in draw(st.permutations(list(entries)))},
        **({"rules": rules} if rules else {}),
        "metrics": {"loss": {"direction": "minimize", "doc": "How far off."}},
    }
    return Searched(json.dumps(spec, indent=1), base)


def _one_in(draw: Draw, count: int) -> bool:
    return bool(draw(st.integers(1, count)) == count)


def _entry(draw: Draw, axis: Axis, before: dict[str, Axis], computed: bool) -> Json:
    entry = {**axis.keys, "doc": "A parameter.", "if_unset": "Nothing happens.", "tuning": pick(draw, axis.tunings)}
    readable = {name: other for name, other in before.items() if other is not LISTS}
    if readable and _one_in(draw, 2):
        entry["used_when"] = _condition(draw, readable, 2, computed)
    elif readable and _one_in(draw, 6):
        entry["forbidden_when"] = _condition(draw, readable, 1, False)
    if readable and _one_in(draw, 3):
        tuned = [pick(draw, (*axis.tunings, None)) for _ in range(draw(st.integers(1, 2)))]
        entry["cases"] = [{"when": _condition(draw, readable, 1, computed), "tuning": one} for one in tuned]
    return entry


def _condition(draw: Draw, readable: dict[str, Axis], depth: int, computed: bool) -> str:
    way = pick(draw, ("atom", "atom", "and", "or", "not")) if depth else "atom"
    if way == "atom":
        return _atom(draw, readable, computed)
    if way == "not":
        return f"!({_condition(draw, readable, depth - 1, computed)})"
    left, right = (_condition(draw, readable, depth - 1, computed) for _ in range(2))
    return f"({left}) {'&&' if way == 'and' else '||'} ({right})"


def _atom(draw: Draw, readable: dict[str, Axis], computed: bool) -> str:
    name = pick(draw, list(readable))
    axis, read = readable[name], quoted(name)
    if axis.listed:
        literals = axis.listed
        # A list holds values of one kind: words stand beside numbers only one by one.
        if any(text.startswith('"') for text in literals) and axis.keys["type"] != "string":
            return f"{read} {pick(draw, ('==', '!='))} {pick(draw, literals)}"
        first, second = pick(draw, literals), pick(draw, literals)
        return pick(draw, (f"{read} == {first}", f"{read} != {first}", f"{read} in [{first}, {second}]"))
    others = [quoted(other) for other, one in readable.items() if one.cuts]
    if computed and _one_in(draw, 8):
        return f"{read} + {pick(draw, others)} > {pick(draw, axis.cuts)}"
    return f"{read} {pick(draw, ('<', '<=', '>', '>='))} {pick(draw, axis.cuts)}"


def _rules(draw: Draw, entries: Json, axes: dict[str, Axis]) -> Json:
    """A rule that refuses one pair of listed values, and one that no tuned value breaks."""
    rules: Json = {}
    plain = [
        name for name, entry in entries.items() if axes[name].listed and not entry.keys() & {"cases", "forbidden_when"}
    ]
    if len(plain) > 1 and _one_in(draw, 2):
        pair = [(quoted(name), pick(draw, entries[name]["tuning"]["values"])) for name in plain[:2]]
        require = " || ".join(f"{name} != {json.dumps(value)}" for name, value in pair)
        rules["no-such-pair"] = {"require": require, "message": "They do not go together."}
    ranged = [name for name in axes if axes[name].cuts]
    if ranged and _one_in(draw, 3):
        rules["bounded"] = {"require": f"{quoted(ranged[0])} <= 5000", "message": "It must be bounded."}
    return rules

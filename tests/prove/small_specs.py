"""Random specs so small that all their configurations can be tried, and that floats compute exactly."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Json = Any


@dataclass(frozen=True)
class Shape:
    """A domain with few values.

    Attributes:
        keys: How a spec states it.
        values: All of its values.
        narrower: Domains for cases.
        tunings: What may be tuned.
        conditions: Conditions on a parameter of it, with its name as ``{}``.
        numbers: Numbers made of it.
        words: Whether some values are words.
    """

    keys: Json
    values: tuple[Json, ...]
    narrower: tuple[Json, ...]
    tunings: tuple[Json, ...]
    conditions: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    words: bool = False


_ORDERS = ("{} > 1", "{} <= 2", "{} == 1", "{} != 2", "{} + 1 < 3", "{} in [0, 2]", "min({}, 2) == 2")
INTEGER = Shape(
    {"type": "integer", "range": "[0, 3]"},
    (0, 1, 2, 3),
    ({"range": "[1, 2]"}, {"values": [0, 3]}, {"range": "[0, 3]", "multiple_of": 2}, {"range": "{0} | [2, 3]"}),
    ({"range": "[1, 3]"}, {"range": "(0, 3)"}, {"range": "(0, 3]", "step": 2}, {"values": [0, 3]}, {"values": [2]}),
    (*_ORDERS, "{} % 2 == 1", "-{} < -1", "{} * 2 == 4", "0.5 / {} > 0.2"),
    ("{}", "{} + 1", "2 * {} - 1", "min({}, 2)"),
)
WORDED = Shape(
    {"type": "integer", "range": "[1, 2]", "special": {"auto": "Chosen.", "-1": "Off."}},
    (-1, 1, 2, "auto"),
    ({"range": "[1, 1]", "special": {"auto": "Chosen."}}, {"range": "[1, 2]"}),
    ({"range": "[1, 2]"}, {"values": ["auto", 2]}),
    (*_ORDERS, '{} == "auto"', '{} != "auto"', '{} in ["auto"]'),
    ("{}", "max({}, 1)"),
    words=True,
)
NUMBER = Shape(
    {"type": "number", "values": [0, 0.5, 1, 2]},
    (0, 0.5, 1, 2),
    ({"values": [0.5, 1]}, {"values": [0, 2]}),
    ({"values": [0.5, 2]}, {"values": [0]}, {"range": "[0, 1]", "step": 0.5}, {"range": "[0, 2]", "step": 2}),
    (*_ORDERS, "{} / 2 == 0.25", "{} - 0.5 > 0", "1 / {} >= 1", "max({}, 0.75) == {}"),
    ("{}", "{} / 2", "{} - 1"),
)
BOOLEAN = Shape(
    {"type": "boolean"},
    (False, True),
    ({"values": [True]},),
    ({"values": [True, False]}, {"values": [True]}),
    ("{}", "!{}", "{} == true", "{} in [false]"),
)
TRISTATE = Shape(
    {"type": "boolean", "special": {"Auto": "Chosen."}},
    (False, True, "Auto"),
    ({"values": [False]}, {"values": [True], "special": {"Auto": "Chosen."}}),
    ({"values": [True, "Auto"]},),
    ("{}", "!{}", '{} == "Auto"', "{} == true", "{} || !{}"),
    words=True,
)
CHOICE = Shape(
    {"type": "string", "values": ["a", "bb", "c"]},
    ("a", "bb", "c"),
    ({"values": ["a", "c"]}, {"pattern": "^.$"}, {"length": "[2, 2]"}),
    ({"values": ["a", "bb"]}, {"values": ["c"]}),
    ('{} == "a"', '{} != "c"', '{} in ["a", "bb"]', '{}.matches("b|^c")', "size({}) == 1"),
)
FLAGS = Shape(
    {"type": "list", "items": {"type": "boolean"}, "length": "[0, 2]"},
    ([], [False], [True], [False, False], [False, True], [True, False], [True, True]),
    ({"length": "[1, 1]"}, {"values": [[True], [False, True]]}),
    ({"values": [[True], []]},),
    ("{}[0]", "{}.all(x, x)", "{}.exists(x, !x)", "size({}) > 1", "{} == [true]", "true in {}"),
    ("size({})",),
)
STEPS = Shape(
    {"type": "list", "items": {"type": "integer", "range": "[1, 2]"}, "fields": ["low", "high"], "increasing": True},
    ([1, 2],),
    ({"values": [[1, 2]]},),
    ({"values": [[1, 2]]},),
    ("{}.low > 1", "{}[1] == 2", "{}[2] == 2", "2 in {}", "{}.all(x, x < 2)"),
    ("{}.high",),
)
SHAPES = (INTEGER, INTEGER, WORDED, NUMBER, BOOLEAN, TRISTATE, CHOICE, FLAGS, STEPS)


@dataclass(frozen=True)
class Ref:
    """Something that expressions may read."""

    text: str
    shape: Shape

    @property
    def numbers(self) -> tuple[str, ...]:
        """Numbers made of it; a word cannot stand for one."""
        return tuple(number.replace("{}", self.text) for number in self.shape.numbers)


def conditions(refs: Sequence[Ref], depth: int = 1) -> st.SearchStrategy[str]:
    """Conditions that read some of these."""
    atoms = [condition.replace("{}", ref.text) for ref in refs for condition in ref.shape.conditions]
    atoms += [f"has({ref.text})" for ref in refs]
    numbers = [number for ref in refs for number in ref.numbers]
    compared = (
        st.builds("{} {} {}".format, st.sampled_from(numbers), _ORDER, st.sampled_from(numbers)) if numbers else None
    )
    atom = st.sampled_from(atoms) if compared is None else st.one_of(st.sampled_from(atoms), compared)
    if depth == 0:
        return atom
    part = conditions(refs, depth - 1)
    joined = st.builds("({}) {} ({})".format, part, st.sampled_from(["&&", "||"]), part)
    return st.one_of(atom, atom, joined, st.builds("!({})".format, part))


_ORDER = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


@dataclass(frozen=True)
class SmallSpec:
    """The text of an algorithm called ``example``, and all values of what it reads."""

    text: str
    values: dict[str, tuple[Json, ...]]


@st.composite
def small_specs(draw: st.DrawFn) -> SmallSpec:
    """Two or three parameters, perhaps a fact about the job, and what ties them together."""
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=2, max_size=3))
    fact = draw(st.none() | st.sampled_from((INTEGER, BOOLEAN, CHOICE)))
    facts = [Ref("context.fact", fact)] if fact is not None else []
    refs = [Ref(name, shape) for name, shape in zip("pqr", shapes, strict=False)]
    group = draw(st.none() | st.none() | conditions([refs[0], *facts]))
    parameters = {}
    for index, ref in enumerate(refs):
        before = [*refs[:index], *facts]
        parameters[ref.text] = draw(_parameters(ref, before, [*before, *refs[index + 1 :]]))
        if index and group is not None and draw(st.booleans()):
            parameters[ref.text]["group"] = "group"
    rules = draw(st.lists(_rules([*refs, *facts]), max_size=2))
    spec: Json = {"knobsmith": 1, "algorithm": "example", "title": "Example", "doc": "Drawn at random."}
    if fact is not None:
        default = draw(st.none() | st.sampled_from(fact.values))
        spec["context"] = {"fact": {**fact.keys, "doc": "A fact.", **({} if default is None else {"default": default})}}
    if group is not None:
        spec["groups"] = {"group": {"title": "Group", "used_when": group}}
    spec["parameters"] = dict(draw(st.permutations(list(parameters.items()))))
    spec["rules"] = {f"rule-{index}": rule for index, rule in enumerate(rules)}
    # The key of a number among words is no text, which JSON cannot say.
    text = json.dumps(spec, indent=1).replace('"-1":', "-1:")
    return SmallSpec(text, {ref.text: ref.shape.values for ref in (*refs, *facts)})


@st.composite
def _parameters(draw: st.DrawFn, ref: Ref, before: list[Ref], others: list[Ref]) -> Json:
    shape = ref.shape
    entry = {**shape.keys, "doc": "A parameter."}
    if shape is INTEGER and draw(st.integers(0, 3)) == 0:
        ends = [other.text for other in others if other.shape in (INTEGER, WORDED, NUMBER)]
        entry |= {"values": [0, 1, 2, 3], "range": f"[0, {draw(st.sampled_from(ends))}]"} if ends else {}
    way = draw(st.sampled_from(["none", "value", "value", "required", "computed"]))
    if way == "required":
        entry["required"] = True
    elif way != "none":
        entry["default"] = draw(_defaults(shape, before, way == "computed"))
    if before:
        entry |= draw(st.fixed_dictionaries({}, optional={"used_when": conditions(before)}))
        entry |= (
            draw(st.fixed_dictionaries({}, optional={"forbidden_when": conditions(before)})) if way == "none" else {}
        )
    if others and way == "none":
        entry |= draw(st.fixed_dictionaries({}, optional={"required_when": conditions(others)}))
    if others and draw(st.booleans()):
        readable = before if way != "required" and before else others
        entry["cases"] = draw(
            st.lists(_cases(shape, readable, way != "required" and bool(before)), min_size=1, max_size=2)
        )
    if draw(st.booleans()):
        entry["tuning"] = draw(st.sampled_from(shape.tunings))
    return entry


@st.composite
def _defaults(draw: st.DrawFn, shape: Shape, before: list[Ref], computed: bool) -> Json:
    same = [ref.text for ref in before if ref.shape is shape]
    numbers = [number for ref in before if not ref.shape.words for number in ref.numbers if "/" not in number]
    if shape in (INTEGER, NUMBER):
        is_whole = shape is INTEGER
        same += [
            n for n in numbers if not is_whole or not any(ref.shape is NUMBER and n in ref.numbers for ref in before)
        ]
    if computed and same:
        return {"expr": draw(st.sampled_from(same))}
    return draw(st.sampled_from(shape.values))


@st.composite
def _cases(draw: st.DrawFn, shape: Shape, readable: list[Ref], may_default: bool) -> Json:
    case = {"when": draw(conditions(readable))}
    stated = draw(st.sets(st.sampled_from(["domain", "tuning", *(["default"] if may_default else [])]), min_size=1))
    if "domain" in stated:
        case |= draw(st.sampled_from(shape.narrower))
    if "tuning" in stated:
        case["tuning"] = draw(st.none() | st.sampled_from(shape.tunings))
    if "default" in stated:
        case["default"] = draw(st.sampled_from(shape.values))
    return case


@st.composite
def _rules(draw: st.DrawFn, refs: list[Ref]) -> Json:
    rule = {"require": draw(conditions(refs)), "message": "It is broken."}
    if draw(st.booleans()):
        rule["when"] = draw(conditions(refs))
    if draw(st.integers(0, 3)) == 0:
        rule["severity"] = "warning"
    return rule

"""Small random specs: a few parameters of every kind, tied together by random conditions, all of them legal.

Facets come from short lists of legal ones, so that nothing has to be thrown away; what is random is how they meet.
"""

import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.strategies_conditions import Draw, Ref, computed, condition, ends_of, pick, quoted, range_text, special_text

Json = Any


@dataclass(frozen=True)
class Shape:
    """A legal domain: the keys of the spec that state it, values of it, narrower ones for cases, what it reads as."""

    keys: Json
    samples: tuple[Json, ...]
    narrower: tuple[Json, ...] = ()
    recommended: tuple[Json, ...] = ()
    literals: tuple[str, ...] = ()
    is_natural: bool = False
    has_range: bool = False
    item: "Shape | None" = None


def _shape(type: str, samples: list[Json], /, *, has_range: bool = False, **keys: Json) -> Shape:
    own = {key: keys.pop(key) for key in ("narrower", "recommended", "literals", "is_natural", "item") if key in keys}
    return Shape({"type": type, **keys}, tuple(samples), **own, has_range=has_range)


_SPECIAL = {"auto": "The service decides.", "-1": "Off.", "(-inf, -5]": "Far off."}
_CHOICES = {
    "sgd": "Plain.",
    "adam": {"doc": "Adam.", "aliases": ["Adam", "adm"]},
    "old": {"doc": "Old.", "deprecated": {}},
}
_CHOICES["old"] = {"doc": "Old.", "deprecated": {"use_instead": "sgd"}}

INTEGERS = (
    _shape("integer", [0, 3, -7]),
    _shape("integer", [1, 7], range="[1, 10]", narrower=({"range": "[2, 5]"}, {"values": [3, 4]}), is_natural=True),
    _shape("integer", [0, 4], range="[0, inf)", multiple_of=2, narrower=({"range": "[0, 8]", "multiple_of": 4},)),
    _shape("integer", [0, 2, 6], range="{0} | [2, 6]", recommended=([0, 2], "[3, 5]"), is_natural=True),
    _shape("integer", [3, 6, "auto", -1], range="(0, 9)", multiple_of=3, special=_SPECIAL, narrower=({"values": [3]},)),
    _shape("integer", [18, 34], values=[18, 34, 50], open=True, narrower=({"values": [18]},)),
)
NUMBERS = (
    _shape("number", [0, 0.5, -3]),
    _shape("number", [0.1, 1], range="(0, 1]", narrower=({"range": "(0, 0.5)"},), recommended=("[0.25, 0.75]",)),
    _shape("number", [0, "Infinity"], range="[0, inf)", special={"Infinity": "No limit.", "auto": "Chosen."}),
    _shape(
        "number", [-2.5, 2], range="[-2.5, -1] | (1, 2]", narrower=({"range": "[-2, -1]", "special": {"2": "Two."}},)
    ),
)
BOOLEANS = (
    _shape("boolean", [True, False]),
    _shape("boolean", [True], wire="1/0", narrower=({"values": [False]},)),
    _shape("boolean", [False, "Auto"], wire="True/False", special={"Auto": "The service decides."}),
)
STRINGS = (
    _shape("string", ["", "net"], literals=("", "net", "auto")),
    _shape(
        "string", ["sgd", "old"], values=_CHOICES, narrower=({"values": ["sgd", "adam"]},), literals=("sgd", "adam")
    ),
    _shape("string", ["sgd"], values=_CHOICES, open=True, literals=("sgd", "old"), recommended=(["sgd", "adam"],)),
    _shape(
        "string", ["abc", "auto"], pattern="^[a-z]+$", length="[2, 5]", literals=("ab", "auto"), special={"auto": "A."}
    ),
)
LISTS = (
    _shape("list", [[], [1, 2]], items={"type": "integer"}, item=INTEGERS[0]),
    _shape(
        "list",
        [[2], [1, 3]],
        items={"type": "integer", "range": "[1, 10]"},
        increasing=True,
        wire="comma",
        item=INTEGERS[1],
    ),
    _shape(
        "list", [[0.5], [1, 0.1]], items={"type": "number"}, length="[1, 3]", unique=True, wire="space", item=NUMBERS[0]
    ),
    _shape(
        "list",
        [["sgd"]],
        items={"type": "string", "values": _CHOICES},
        wire="tuple",
        special={"none": "No."},
        item=STRINGS[1],
    ),
    _shape("list", [[True, False]], items={"type": "boolean"}, narrower=({"length": "[1, 1]"},), item=BOOLEANS[0]),
    _shape(
        "list",
        [[3, 8]],
        items={"type": "integer", "special": {"auto": "A."}},
        fields=["height", "top-width"],
        item=INTEGERS[4],
    ),
)
SHAPES = (*INTEGERS, *NUMBERS, *BOOLEANS, *STRINGS, *LISTS)
NAMES = ("epochs", "rate", "use-mask", "optimizer", "lambda", "shape.of", "in", "context", "k", "Steps")
FACTS = ("nodes", "content-type", "version")


def _ref(text: str, shape: Shape, *, is_entry: bool = True) -> Ref:
    keys = shape.keys
    return Ref(
        text=text,
        kind=keys["type"],
        words=tuple(word for word in keys.get("special", {}) if word[0].isalpha()) if keys["type"] != "string" else (),
        literals=shape.literals,
        is_natural=shape.is_natural,
        fields=tuple(keys.get("fields", ())),
        item=_ref("", shape.item, is_entry=False) if shape.item else None,
        is_entry=is_entry,
    )


@st.composite
def specs(draw: st.DrawFn) -> str:
    """The text of an algorithm called ``example``."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    shapes = {name: pick(draw, SHAPES) for name in names}
    facts = {name: pick(draw, SHAPES) for name in draw(st.lists(st.sampled_from(FACTS), max_size=2, unique=True))}
    fact_refs = [_ref(f"context.{quoted(name)}", shape) for name, shape in facts.items()]
    refs = {name: _ref(quoted(name), shape) for name, shape in shapes.items()}
    entries = {}
    for index, name in enumerate(names):
        # What decides the use of a parameter reads those before it only: there is no circle.
        before = [refs[other] for other in names[:index]] + fact_refs
        others = [refs[other] for other in names if other != name] + fact_refs
        entries[name] = _entry(draw, name, shapes[name], before, others)
    rules = [_rule(draw, [*refs.values(), *fact_refs]) for _ in range(draw(st.integers(0, 2)))]
    spec = {"knobsmith": 1, "algorithm": "example", "title": "Example", "doc": "Drawn at random."}
    sections = {
        "context": {name: _fact(draw, shape) for name, shape in facts.items()},
        "parameters": {name: entries[name] for name in draw(st.permutations(names))},
        "rules": {f"rule-{index}": rule for index, rule in enumerate(rules)},
    }
    return json.dumps(spec | {key: section for key, section in sections.items() if section}, indent=1)


def _one_in(draw: Draw, count: int) -> bool:
    return bool(draw(st.integers(1, count)) == count)


def _fact(draw: Draw, shape: Shape) -> Json:
    default = {"default": pick(draw, shape.samples)} if _one_in(draw, 2) else {}
    return {**shape.keys, "doc": "A fact.", **default}


def _entry(draw: Draw, name: str, shape: Shape, before: list[Ref], others: list[Ref]) -> Json:
    entry = {**shape.keys, "doc": "A parameter.", **_default(draw, shape, before, is_own=True)}
    for key, readable in (("used_when", before), ("forbidden_when", before), ("required_when", others)):
        is_possible = readable and not (key == "required_when" and entry.keys() & {"default", "required"})
        if is_possible and _one_in(draw, 3):
            entry[key] = condition(draw, readable, 2)
    if others and _one_in(draw, 2):
        may_default = "required" not in entry
        entry["cases"] = [_case(draw, shape, before, others, may_default) for _ in range(draw(st.integers(1, 2)))]
    if shape.recommended:
        entry["recommended"] = pick(draw, shape.recommended)
    if _one_in(draw, 4):
        entry["aliases"] = [f"{name}_alias", f"{name}_other"]
    if _one_in(draw, 6):
        entry["deprecated"] = {"reason": "It is old."}
    # A special interval would let a parameter be negative that conditions divide.
    return entry if shape.is_natural else entry | _named_ends(draw, entry, ends_of(others))


def _named_ends(draw: Draw, entry: Json, ends: list[str]) -> Json:
    if not ends or "values" in entry or entry["type"] not in ("integer", "number"):
        return {}
    found: Json = {}
    if "range" not in entry and _one_in(draw, 2):
        found["range"] = range_text(draw, ends)
    if "special" not in entry and _one_in(draw, 4):
        found["special"] = {special_text(draw, ends): "Beyond."}
    return found


def _default(draw: Draw, shape: Shape, before: list[Ref], *, is_own: bool) -> Json:
    way = pick(draw, ("none", "value", "expr", "required") if is_own else ("value", "expr"))
    if way == "required":
        return {"required": True}
    if way == "none":
        return {"if_unset": "Nothing happens."}
    item = shape.item.keys["type"] if shape.item else None
    readable = [ref for ref in before if not ref.words]
    text = computed(draw, shape.keys["type"], readable, item) if way == "expr" else None
    return {"default": {"expr": text} if text is not None else pick(draw, shape.samples)}


def _case(draw: Draw, shape: Shape, before: list[Ref], others: list[Ref], may_default: bool) -> Json:
    facts: Json = {"doc": "Something differs."}
    if shape.narrower and _one_in(draw, 2):
        facts |= pick(draw, shape.narrower)
    if may_default and before and _one_in(draw, 2):
        facts |= _default(draw, shape, before, is_own=False)
    if shape.recommended and _one_in(draw, 2):
        facts["recommended"] = pick(draw, shape.recommended)
    # Some cases hold whatever else does, so that narrower domains are met often enough.
    when = "true" if _one_in(draw, 3) else condition(draw, before if "default" in facts else others, 2)
    return {"when": when, **facts}


def _rule(draw: Draw, refs: list[Ref]) -> Json:
    when = {"when": condition(draw, refs, 2)} if _one_in(draw, 2) else {}
    severity = pick(draw, ("error", "warning", "info"))
    return {"require": condition(draw, refs, 2), "message": "One must hold.", "severity": severity, **when}

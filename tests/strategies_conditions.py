"""Texts of well-typed conditions over given names, computed defaults, and ranges whose ends are names.

Everything is drawn step by step rather than composed of strategies: those of all ways not taken would cost most.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[Any]], Any]

KEYWORDS = ("in", "context", "true", "false", "as", "if", "for", "null", "function", "var", "const", "import")
ORDERS = ("==", "!=", "<", "<=", ">", ">=")
WHOLE = ("0", "1", "2", "3", "5", "8", "9007199254740991")
BROKEN = ("0.5", "0.1", "0.25", "1.0", "1e-7", "1e300", "2.5")
PATTERNS = ('"^a"', '"[dt]"', "'m$'", '"."', '"^$"')


@dataclass(frozen=True)
class Ref:
    """Something that an expression may read.

    Attributes:
        text: How it is read.
        kind: Its type.
        words: Words beside its values, where it is no string.
        literals: Strings that it may be compared with.
        is_natural: Whether all its values are whole and at least 0.
        fields: The names of its items.
        item: What its items are.
        is_entry: Whether it is a parameter or a fact, so that ``has`` takes it.
    """

    text: str
    kind: str
    words: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    is_natural: bool = False
    fields: tuple[str, ...] = ()
    item: "Ref | None" = None
    is_entry: bool = False

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("integer", "number")

    @property
    def items_with_names(self) -> "list[Ref]":
        """``shape.height`` and its like."""
        return [self.part(f".{quoted(name)}") for name in self.fields]

    def part(self, suffix: str) -> "Ref":
        """An item of a list: ``shape.height``, ``steps[0]``."""
        assert self.item is not None
        return replace(self.item, text=self.text + suffix)


def quoted(name: str) -> str:
    """A name as it stands in an expression."""
    is_plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) and name not in KEYWORDS
    return name if is_plain else f"`{name}`"


def pick(draw: Draw, choices: Sequence[T]) -> T:
    """One of several."""
    picked: T = draw(st.sampled_from(choices))
    return picked


def condition(draw: Draw, refs: list[Ref], depth: int) -> str:
    """A condition that reads one of the names at least."""
    way = pick(draw, ("atom", "atom", "atom", "and", "or", "not")) if depth else "atom"
    if way == "atom":
        return _atom(draw, pick(draw, refs), refs, depth)
    if way == "not":
        return f"!({condition(draw, refs, depth - 1)})"
    return f"({condition(draw, refs, depth - 1)}) {'&&' if way == 'and' else '||'} ({condition(draw, refs, depth - 1)})"


def _atom(draw: Draw, ref: Ref, refs: list[Ref], depth: int) -> str:
    """A condition about one thing, perhaps beside others of its type."""
    ways = ["own"] * 4 + ["has"] * ref.is_entry + ["word"] * bool(ref.words) + ["other"] * (ref.kind != "list")
    way = pick(draw, ways)
    if way == "has":
        return f"has({ref.text})"
    if way == "word":
        return f"{ref.text} {pick(draw, ('==', '!='))} {json.dumps(pick(draw, ref.words))}"
    if way == "other":
        others = [one.text for one in refs if one.kind == ref.kind]
        return f"{ref.text} {pick(draw, ('==', '!='))} {pick(draw, others or [ref.text])}"
    return _on_a_list(draw, ref, refs, depth) if ref.kind == "list" else _on_a_scalar(draw, ref, refs)


def _on_a_scalar(draw: Draw, ref: Ref, refs: list[Ref]) -> str:
    if ref.kind == "boolean":
        return pick(draw, (ref.text, f"!{ref.text}", f"{ref.text} == true", f"{ref.text} in [false]"))
    return _on_a_string(draw, ref) if ref.kind == "string" else _on_a_number(draw, ref, refs)


def _on_a_string(draw: Draw, ref: Ref) -> str:
    literals = [json.dumps(text) for text in ref.literals]
    way = pick(draw, ("==", "!=", "in", "matches", "size"))
    if way == "in":
        return f"{ref.text} in [{pick(draw, literals)}, {pick(draw, literals)}]"
    if way == "matches":
        return f"{ref.text}.matches({pick(draw, PATTERNS)})"
    if way == "size":
        return f"size({ref.text}) {pick(draw, ORDERS)} {pick(draw, WHOLE)}"
    return f"{ref.text} {way} {pick(draw, literals)}"


def _on_a_number(draw: Draw, ref: Ref, refs: list[Ref]) -> str:
    way = pick(draw, ("order", "order", "sum", "in", "remainder"))
    if way == "sum":
        return f"{number(draw, [ref])} {pick(draw, ORDERS)} {number(draw, refs)}"
    if way == "in":
        return f"{ref.text} in [{number(draw, [])}, {number(draw, refs)}]"
    if way == "remainder" and ref.is_natural:
        return f"{ref.text} % {pick(draw, WHOLE[1:])} == {pick(draw, WHOLE)}"
    return f"{ref.text} {pick(draw, ORDERS)} {number(draw, refs)}"


def _on_a_list(draw: Draw, ref: Ref, refs: list[Ref], depth: int) -> str:
    assert ref.item is not None
    way = pick(draw, ("size", "quantifier", "quantifier", "item", "in", "field"))
    if way == "quantifier":
        variable = f"item_{depth}"
        inside = [replace(ref.item, text=variable), *(one for one in refs if one.kind != "list")]
        predicate = (
            _atom(draw, inside[0], inside, 0) if draw(st.booleans()) else condition(draw, inside, max(0, depth - 1))
        )
        return f"{ref.text}.{pick(draw, ('all', 'exists'))}({variable}, {predicate})"
    if way == "item" or (way == "field" and not ref.fields):
        return _on_a_scalar(draw, ref.part(pick(draw, ("[0]", "[1]", "[-1]", f"[size({ref.text}) - 1]"))), refs)
    if way == "field":
        return _on_a_scalar(draw, pick(draw, ref.items_with_names), refs)
    if way == "in" and ref.item.is_numeric:
        return f"{number(draw, [one for one in refs if one.kind != 'list'])} in {ref.text}"
    return f"size({ref.text}) {pick(draw, ORDERS)} {pick(draw, WHOLE)}"


def number(draw: Draw, refs: list[Ref], depth: int = 1) -> str:
    """An integer or a number: a constant, or what is made of names."""
    names = [ref.text for ref in refs if ref.is_numeric]
    way = pick(draw, ("atom", "atom", "+", "-", "*", "/", "0.5 /", "-1", "min", "max")) if depth else "atom"
    if way == "atom":
        return pick(draw, (*WHOLE, *BROKEN, *names * (1 + 14 // len(names)))) if names else pick(draw, WHOLE + BROKEN)
    part = number(draw, refs, depth - 1)
    if way == "/":
        return f"({part} / {pick(draw, BROKEN)})"
    if way == "0.5 /":
        return f"(0.5 / {part})"
    if way == "-1":
        return f"(-{part})"
    other = number(draw, refs, depth - 1)
    return f"{way}({part}, {other})" if way in ("min", "max") else f"({part} {way} {other})"


def whole_number(draw: Draw, names: list[str]) -> str:
    """An integer, made of names and constants."""
    way = pick(draw, ("atom", "+", "-", "*", "min", "max"))
    one, other = pick(draw, names), pick(draw, [*names, *WHOLE])
    if way == "atom":
        return one
    return f"{way}({one}, {other})" if way in ("min", "max") else f"{one} {way} {other}"


def computed(draw: Draw, kind: str, refs: list[Ref], item: str | None) -> str | None:
    """A computed default of a type; None if nothing can be read for one."""
    like = [ref for ref in refs if ref.kind == kind and (item is None or (ref.item and ref.item.kind == item))]
    if kind == "number" and any(ref.is_numeric for ref in refs):
        return number(draw, refs)
    if kind == "boolean" and refs:
        return condition(draw, refs, 1)
    if not like:
        return None
    return whole_number(draw, [ref.text for ref in like]) if kind == "integer" else pick(draw, like).text


def ends_of(refs: list[Ref]) -> list[str]:
    """What a range may end at."""
    return [one.text for ref in refs for one in [ref, *ref.items_with_names] if one.is_numeric]


def range_text(draw: Draw, ends: list[str]) -> str:
    """A range with an end that is a name."""
    way = pick(draw, ("[0, {}]", "({}, inf)", "[{}, {})"))
    return way.format(pick(draw, ends), pick(draw, ends))


def special_text(draw: Draw, ends: list[str]) -> str:
    """An interval with an end that is a name, as ``special`` has it."""
    return pick(draw, ("({}, inf)", "[{}, inf)", "(-inf, {})")).format(pick(draw, ends))

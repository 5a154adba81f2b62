"""What an expression yields: a value, nothing or unknown (section 6, Outcomes)."""

import math
from collections.abc import Mapping
from typing import Protocol

from tests.independent.numbers import LARGEST
from tests.independent.parsing import Tree
from tests.independent.regexes import is_found
from tests.independent.values import Outcome, Result, Row, Value, Word, is_numeric, same

NOTHING, UNKNOWN = Outcome.NOTHING, Outcome.UNKNOWN


class World(Protocol):
    """What an expression can see."""

    def value_of(self, name: str) -> Result:
        """A parameter."""

    def has(self, name: str) -> bool | Outcome:
        """Whether a parameter is in use and has a value."""

    def context_value(self, name: str) -> Result:
        """A fact about the job."""

    def has_context(self, name: str) -> bool:
        """Whether a fact is there."""


Variables = Mapping[str, Value]


def condition(tree: Tree, world: World) -> bool | Outcome:
    """The outcome of a condition; a word in its place is nothing, as it is beside ``&&``."""
    return _as_logic(evaluate(tree, world, {}))


def evaluate(tree: Tree, world: World, variables: Variables) -> Result:
    kind = tree[0]
    if kind == "literal":
        return tree[1]  # type: ignore[no-any-return]
    if kind == "variable":
        return variables[tree[1]]
    if kind == "name":
        return world.value_of(tree[1])
    if kind == "context":
        return world.context_value(tree[1])
    if kind == "has":
        target, name = tree[1]
        return world.has(name) if target == "name" else world.has_context(name)
    if kind in ("&&", "||"):
        left = _as_logic(evaluate(tree[1], world, variables))
        right = _as_logic(evaluate(tree[2], world, variables))
        return _both([left, right]) if kind == "&&" else _either([left, right])
    if kind in ("all", "exists"):
        return _quantified(tree, world, variables)
    parts = tree[1] if isinstance(tree[1], list) else [part for part in tree[1:] if isinstance(part, tuple)]
    operands = [evaluate(part, world, variables) for part in parts]
    if UNKNOWN in operands:
        return UNKNOWN
    if NOTHING in operands:
        return NOTHING
    values = [operand for operand in operands if not isinstance(operand, Outcome)]
    return _operation(tree, values)


def _as_logic(result: Result) -> bool | Outcome:
    if isinstance(result, (bool, Outcome)):
        return result
    assert isinstance(result, Word), f"{result!r} is no condition"
    return NOTHING


def _both(sides: list[bool | Outcome]) -> bool | Outcome:
    if any(side is False for side in sides):
        return False
    return _passed_on(sides) or True


def _either(sides: list[bool | Outcome]) -> bool | Outcome:
    if any(side is True for side in sides):
        return True
    return _passed_on(sides) or False


def _passed_on(sides: list[bool | Outcome]) -> Outcome | None:
    for outcome in (UNKNOWN, NOTHING):
        if outcome in sides:
            return outcome
    return None


def _quantified(tree: Tree, world: World, variables: Variables) -> Result:
    kind, container_tree, variable, predicate = tree
    container = evaluate(container_tree, world, variables)
    if isinstance(container, Outcome):
        return container
    if isinstance(container, Word):
        return NOTHING
    assert isinstance(container, Row)
    sides = [_as_logic(evaluate(predicate, world, {**variables, variable: item})) for item in container.items]
    return _both(sides) if kind == "all" else _either(sides)


def _operation(tree: Tree, values: list[Value]) -> Result:
    kind = tree[0]
    if kind == "==":
        return same(*values)
    if kind == "!=":
        return not same(*values)
    if kind == "list":
        return Row(tuple(_widened(values)))
    # From here on a word of the wrong type in the place of a value is nothing.
    if kind == "in":
        item, container = values
        return any(same(item, one) for one in container.items) if isinstance(container, Row) else NOTHING
    if any(isinstance(value, Word) for value in values):
        return NOTHING
    if kind == "not":
        return values[0] is False
    if kind == "size":
        (value,) = values
        assert isinstance(value, (str, Row))
        return len(value.items) if isinstance(value, Row) else len(value)
    if kind == "matches":
        return is_found(tree[2], str(values[0]))
    if kind in ("field", "item"):
        return _part(tree, values)
    return _on_numbers(kind, values)


def _part(tree: Tree, values: list[Value]) -> Result:
    row = values[0]
    assert isinstance(row, Row)
    index = row.fields.index(tree[2]) if tree[0] == "field" else values[1]
    assert isinstance(index, int)
    return row.items[index] if 0 <= index < len(row.items) else NOTHING


def _widened(values: list[Value]) -> list[Value]:
    """Integers beside a number are numbers."""
    if not any(isinstance(value, float) for value in values):
        return values
    return [float(value) if isinstance(value, int) and not isinstance(value, bool) else value for value in values]


def _on_numbers(kind: str, values: list[Value]) -> Result:
    numbers = [value for value in _widened(values) if isinstance(value, (int, float)) and is_numeric(value)]
    assert len(numbers) == len(values), f"{kind} met {values!r}"
    if kind in ("min", "max"):
        return min(numbers) if kind == "min" else max(numbers)
    if kind == "negate":
        return -numbers[0]
    left, right = numbers
    if kind in ("<", "<=", ">", ">="):
        return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[kind]
    if kind in ("/", "%") and right == 0:
        return NOTHING
    return _in_bounds(_arithmetic(kind, left, right))


def _arithmetic(kind: str, left: int | float, right: int | float) -> int | float:
    if kind == "+":
        return left + right
    if kind == "-":
        return left - right
    if kind == "*":
        return left * right
    if kind == "/":
        return float(left) / float(right)
    assert kind == "%", kind
    return left % right


def _in_bounds(value: int | float) -> Result:
    if isinstance(value, int):
        return value if -LARGEST <= value <= LARGEST else NOTHING
    return value if math.isfinite(value) else NOTHING

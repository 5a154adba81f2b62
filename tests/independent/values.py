"""Values while they are judged: JSON's own, except that words and lists know what they are."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

Json = Any


class Outcome(Enum):
    """What an expression yields where it yields no value."""

    NOTHING = "nothing"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Word:
    """A word of ``special`` where the type is no string."""

    text: str


@dataclass(frozen=True)
class Row:
    """A list, with the names of its items if they have any."""

    items: tuple["Value", ...]
    fields: tuple[str, ...] = ()


# An integer is an int, a number always a float.
Value = bool | int | float | str | Word | Row
Result = Value | Outcome


def is_boolean(value: Result) -> bool:
    return isinstance(value, bool)


def is_numeric(value: Result) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same(left: Value, right: Value) -> bool:
    """``==``: like with like, an integer widened beside a number, a word by its text, a list by its items."""
    if isinstance(left, Row) and isinstance(right, Row):
        return len(left.items) == len(right.items) and all(map(same, left.items, right.items))
    if is_numeric(left) and is_numeric(right):
        return left == right
    if is_boolean(left) and is_boolean(right):
        return left is right
    text_of_left, text_of_right = text_of(left), text_of(right)
    return text_of_left is not None and text_of_left == text_of_right


def text_of(value: Value) -> str | None:
    if isinstance(value, Word):
        return value.text
    return value if isinstance(value, str) else None


def native(value: Value) -> Json:
    """The value as JSON has it: a number without fraction is an integer."""
    if isinstance(value, Row):
        return [native(item) for item in value.items]
    if isinstance(value, Word):
        return value.text
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value

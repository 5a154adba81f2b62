"""Records behave as frozen dataclasses with slots do."""

import copy
import pickle
from dataclasses import dataclass
from typing import Any

import pytest
from knobsmith.records import REQUIRED, NamedRecord, Record, fields, hidden, replace


class Point(Record):
    x: int
    y: int = 0


class Named(Point):
    label: str = "none"


class Placed(Record, kw_only=True):
    span: tuple[int, int] = hidden(default=(0, 0))


class Word(Placed):
    text: str


class Loose(NamedRecord):
    first: int = 1
    second: int


@dataclass(frozen=True, slots=True)
class Model:
    x: int
    y: int = 0


def test_fields_are_given_by_place_or_by_name() -> None:
    assert (Point(1, 2).x, Point(1, 2).y, Point(y=3, x=1).y, Point(1).y) == (1, 2, 3, 0)
    assert (Named(1, 2, "a").label, Word("b", span=(1, 2)).span, Loose(second=2).first) == ("a", (1, 2), 1)


@pytest.mark.parametrize("arguments", [((), {}), ((1, 2, 3), {}), ((1,), {"z": 1}), ((1,), {"x": 1})])
def test_wrong_arguments_are_refused_as_a_dataclass_does(arguments: tuple[Any, Any]) -> None:
    values, named = arguments
    for kind in (Model, Point):
        with pytest.raises(TypeError, match=r"__init__\(\)"):
            kind(*values, **named)
    with pytest.raises(TypeError):
        Loose(1, 2)  # type: ignore[misc]


def test_records_of_one_class_compare_by_what_is_shown() -> None:
    assert Point(1, 2) == Point(1, 2) != Point(2, 1)
    assert Point(1, 2) != Named(1, 2) and Point(1) != Model(1)
    assert Word("a", span=(0, 1)) == Word("a", span=(5, 6)) != Word("b", span=(0, 1))
    assert len({Point(1), Point(1, 0), Named(1)}) == 2
    assert hash(Point(1, 2)) == hash(Model(1, 2))
    with pytest.raises(TypeError, match="unhashable"):
        hash(Point([]))  # type: ignore[arg-type]


def test_a_record_is_shown_by_its_fields() -> None:
    assert repr(Point(1)) == "Point(x=1, y=0)" == repr(Model(1)).replace("Model", "Point")
    assert repr(Word("a", span=(1, 2))) == "Word(text='a')"


@pytest.mark.parametrize("name", ["x", "z"])
def test_a_record_stays_as_it_is(name: str) -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="frozen"):
        setattr(point, name, 2)
    with pytest.raises(AttributeError, match="frozen"):
        delattr(point, name)
    assert point == Point(1) and not hasattr(point, "__dict__")


def test_a_changed_copy_keeps_the_rest() -> None:
    assert replace(Word("a", span=(1, 2)), text="b").span == (1, 2)
    assert replace(Loose(first=0, second=2), second=3) == Loose(first=0, second=3)
    with pytest.raises(TypeError):
        replace(Point(1), z=1)


def test_copies_and_pickles_are_equal() -> None:
    word = Word("a", span=(1, 2))
    for other in (copy.copy(word), copy.deepcopy(word), pickle.loads(pickle.dumps(word))):
        assert other == word and other.span == word.span


def test_patterns_match_by_place() -> None:
    match Named(1, 2, "a"):
        case Named(x, y, label):
            assert (x, y, label) == (1, 2, "a")


def test_fields_tell_their_defaults() -> None:
    assert dict(fields(Named)) == {"x": REQUIRED, "y": 0, "label": "none"}
    assert list(fields(Loose)) == ["first", "second"]


def test_a_class_and_its_base_are_built_apart() -> None:
    class Base(Record):
        a: int

    class Derived(Base):
        b: int

    assert Base(1).a == 1
    assert (Derived(1, 2).a, Derived(1, 2).b, Base(3).a) == (1, 2, 3)

"""What may be given instead of plain values, keys, configurations and contexts."""

import math
from collections import OrderedDict, UserDict
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any

LONG = 1_000_000
MANY = 50_000


class Mode(StrEnum):
    FAST = "fast"


class Text(str):
    """A text that is equal to none."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


class Short(str):
    """A text that claims to be a short one."""

    __slots__ = ()

    def __len__(self) -> int:
        return 3


class Whole(int):
    """An integer that claims to be another one."""

    def __int__(self) -> int:
        return 1000


class Refusing:
    """Whatever one asks of it, it refuses."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(f"no {name}")


class Bad(Exception):
    """Nobody expects this one."""


class Raising(list[Any]):
    """A list that does not let its items be read."""

    def __iter__(self) -> Iterator[Any]:
        raise Bad


class Turned(dict[str, Any]):
    """A dictionary whose items are not those that it holds."""

    def items(self) -> Any:
        return {"width": "99", "rate": -1}.items()


class Unhashed:
    """A key that can be looked up, but not shown."""

    def __repr__(self) -> str:
        raise Bad


def nested() -> list[Any]:
    endless: list[Any] = [1]
    endless.append(endless)
    return endless


VALUES = (
    *(
        None,
        True,
        False,
        0,
        1,
        64,
        65,
        -1,
        2**53,
        2**53 + 1,
        2**63,
        -(2**63) - 1,
        10**400,
        10**5000,
        Whole(3),
        Whole(300),
    ),
    *(0.0, -0.0, 1.0, 32.0, 32.5, 5e-324, 1e308, 2.0**53, 2.0**53 + 2, math.nan, math.inf, -math.inf),
    *("", "1", "64", "65", "-0", "0x1", "1e400", "auto", "Auto", "fast", "quick", "faster", "true", "True", "null"),
    *(
        "\0",
        "1\0",
        "a\0b",
        "é",
        "éééé",
        "ééééé",
        "\U0001f600",
        "\ud800",
        "1\udfff",
        "3" * LONG,
        "é" * LONG,
        "1," * LONG,
    ),
    *(
        Text("1"),
        Text("fast"),
        Text("true"),
        Mode.FAST,
        b"1",
        bytearray(b"1"),
        memoryview(b"1"),
        Decimal(1),
        Fraction(1),
        1j,
        object(),
    ),
    *([], [1], [1, 2], [2, 1], [1.0, 2.0], [True], [None], ["a"], ["a", "\ud800"], [Text("a")], [1, object()], (1, 2)),
    *(range(1, 3), {1}, {"a": 1}, [[1]], nested(), Raising([1]), [Raising([1])], [1] * MANY, ["a"] * MANY, iter([1])),
    *("[]", '["a"]', '["\\ud800"]', '["a', "[" * LONG, '["' + "a" * LONG + '"]', "1,2", "1, 2", "2,1", "1,,2"),
    *(Refusing(), [None, Refusing()], Short("0." + "1" * 70), type, len, ...),
)
KEYS = (
    *(
        "width",
        "breadth",
        "rate",
        "loud",
        "mode",
        "label",
        "steps",
        "names",
        "",
        "Width",
        "width ",
        "wid\0th",
        "k" * LONG,
    ),
    *(
        "é",
        "\ud800",
        "width\ud800",
        Text("width"),
        Text("nobody"),
        1,
        None,
        (),
        b"width",
        1.5,
        True,
        math.nan,
        Unhashed(),
    ),
)
# Instead of a configuration.
NONE_AT_ALL = (None, 0, 1.5, "width", b"", [], ["width"], [("width", 1)], {"width"}, object(), dict, Refusing())
WHOLE = (
    *(Turned(width=1), OrderedDict(width=1), UserDict(width=1), UserDict(width=99), MappingProxyType({"width": 1})),
    *({"width": 1, "breadth": 1}, {"breadth": "1"}, {"breadth": Refusing(), "width": object()}),
    *({str(place): place for place in range(2000)}, {"nobody": Refusing()}, {"nobody": object(), "steps": Raising()}),
)
CONTEXTS = (
    *(None, {}, {"machines": 2}, {"machines": "2"}, {"machines": 0}, {"machines": None}, {"kind": "a"}, {"kind": "c"}),
    *({"kind": "\ud800"}, {"kind": Text("a")}, {"nobody": 1}, {"nobody": None}, {1: 1}, {"machines": Refusing()}),
    *(MappingProxyType({"machines": 2}), Turned(machines=2), [], [1], "machines", 5, object()),
)

# Part of every package that `knobsmith generate` writes; do not edit.
"""A search space in ConfigSpace's own JSON, and the way back from its configurations.

What ConfigSpace has no word for is searched under another name: ``1 - NAME`` on a logarithmic scale, ``ln NAME`` where
its 13 decimals would be too few, ``steps of NAME`` for very many steps, and ``NAME in`` for the piece of a range on
which a condition hangs. A hyperparameter that is searched differently elsewhere is ``NAME (2)`` there.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ._trees import Axis, Grown, Node, Range, Tree, Values, decides, inside, label, labels, piece

# The version of the format of the file, and of the library whose reader knows it.
FORMAT = {"python_module_version": "1.2.0", "format_version": 0.4}
# ConfigSpace keeps 13 decimals of a number: a range has to be this wide, and a logarithmic one start this high.
_NARROWEST = 1e-6
# Longer lists of steps are counted instead.
_MOST_LISTED = 1000

Json = dict[str, Any]
# The way to a place in the tree: the names of hyperparameters, each with the categories that lead on.
Path = tuple[tuple[str, tuple[str, ...]], ...]


class _Entry(NamedTuple):
    """A hyperparameter of the space, and the ways that lead to it."""

    key: str
    hyperparameter: Json
    paths: list[Path]


class Document:
    """A space in the words of ConfigSpace: a hyperparameter for each name and axis, conditions, and what is refused."""

    def __init__(self, grown: Grown) -> None:
        """Put a tree into words; refused combinations belong to it."""
        self._grown = grown
        self._known: dict[tuple[str, Axis], _Entry] = {}
        self._keys: set[str] = set()
        self._visit(grown.tree, ())

    def json(self, name: str, statics: Mapping[str, Any]) -> Json:
        """The space as ConfigSpace reads it.

        Args:
            name: Its name.
            statics: What is not searched.
        """
        constants = [{"type": "constant", "name": key, "value": _constant(value)} for key, value in statics.items()]
        conditional = [entry for entry in self._all if () not in entry.paths]
        return {
            "name": name,
            "hyperparameters": [*constants, *(entry.hyperparameter.copy() for entry in self._all)],
            "conditions": [_either(entry.key, _joined(entry.paths)) for entry in conditional],
            "forbiddens": list(self._forbidden()),
            **FORMAT,
        }

    def native(self, configuration: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the hyperparameters that a configuration of the space stands for."""
        found: dict[str, Any] = {}
        waiting = list(reversed(self._grown.tree))
        while waiting:
            node = waiting.pop()
            axis = node.axis
            stored = configuration[self._key(node.name, axis)]
            if decides(axis):
                place = labels(axis).index(str(stored))
                waiting += (below for places, tree in node.branches if place in places for below in reversed(tree))
                if isinstance(axis, Range):
                    axis = piece(axis, place)
                    stored = configuration[self._key(node.name, axis)]
            found[node.name] = _value(axis, stored)
        return found

    @property
    def _all(self) -> list[_Entry]:
        return list(self._known.values())

    def _key(self, name: str, axis: Axis) -> str:
        return self._known[name, axis].key

    def _forbidden(self) -> Iterator[Json]:
        """The clauses of what is refused."""
        rows: list[dict[str, tuple[int, ...]]] = [
            {key: (place,) for key, place in self._row(switches)} for switches in self._grown.refused
        ]
        counts = {self._key(name, axis): labels(axis) for name, axis in self._known if decides(axis)}
        free = {entry.key for entry in self._all if () in entry.paths}
        for row in _merged(rows):
            parts = {key: places for key, places in row.items() if key not in free or len(places) < len(counts[key])}
            clauses = [_clause(key, [counts[key][place] for place in places]) for key, places in parts.items()]
            if clauses:
                yield clauses[0] if len(clauses) == 1 else {"type": "AND", "clauses": clauses}

    def _row(self, switches: Mapping[str, tuple[Axis, int]]) -> Iterator[tuple[str, int]]:
        return ((self._key(name, axis), place) for name, (axis, place) in switches.items())

    def _visit(self, tree: Tree, path: Path) -> None:
        for node in tree:
            key = self._add(node.name, node.axis, path)
            for place, axis in self._pieces(node):
                self._add(node.name, axis, (*path, (key, (labels(node.axis)[place],))))
            for places, below in node.branches:
                self._visit(below, (*path, (key, tuple(labels(node.axis)[place] for place in places))))

    def _pieces(self, node: Node) -> Iterator[tuple[int, Range]]:
        if isinstance(node.axis, Range) and decides(node.axis):
            yield from ((place, piece(node.axis, place)) for place in range(len(node.axis.pieces)))

    def _add(self, name: str, axis: Axis, path: Path) -> str:
        if (name, axis) not in self._known:
            key = self._unique(_key(name, axis))
            known, place = (self._grown.accepted or {}).get(name, (None, 0))
            hyperparameter = _hyperparameter(key, axis, place if known == axis else 0)
            self._known[name, axis] = _Entry(key, hyperparameter, [])
        self._known[name, axis].paths.append(path)
        return self._known[name, axis].key

    def _unique(self, key: str) -> str:
        found, count = key, 1
        while found in self._keys:
            count += 1
            found = f"{key} ({count})"
        self._keys.add(found)
        return found


def _key(name: str, axis: Axis) -> str:
    if isinstance(axis, Values) or axis.low == axis.high:
        return name
    if decides(axis):
        return f"{name} in"
    if axis.step is not None:
        return name if axis.steps < _MOST_LISTED else f"steps of {name}"
    axis = _spread(axis)
    if axis.scale == "reverse-log":
        return f"ln(1 - {name})" if _is_fine(axis) else f"1 - {name}"
    if _is_fine(axis):
        return f"ln {name}" if axis.scale == "log" else f"share of {name}"
    return name


def _hyperparameter(key: str, axis: Axis, default: int) -> Json:
    if isinstance(axis, Values) or decides(axis):
        return _category(key, axis, default)
    if axis.low == axis.high:
        return {"type": "constant", "name": key, "value": axis.low}
    if axis.step is not None:
        if axis.steps < _MOST_LISTED:
            values = [axis.low + count * axis.step for count in range(axis.steps + 1)]
            return {"type": "ordinal", "name": key, "sequence": values, "default_value": values[0]}
        return _range("uniform_int", key, 0, axis.steps, False)
    if axis.is_integer:
        return _range("uniform_int", key, axis.low, axis.high, axis.scale == "log")
    axis = _spread(axis)
    low, high = (1 - axis.high, 1 - axis.low) if axis.scale == "reverse-log" else (axis.low, axis.high)
    if not _is_fine(axis):
        return _range("uniform_float", key, low, high, axis.scale in ("log", "reverse-log"))
    if axis.scale in ("log", "reverse-log"):
        return _range("uniform_float", key, math.log(low), math.log(high), False)
    return _range("uniform_float", key, 0.0, 1.0, False)


def _spread(axis: Range) -> Range:
    """The range, linear where it is too short for its scale to make a difference."""
    if axis.scale == "log":
        width = math.log(axis.high / axis.low)
    elif axis.scale == "reverse-log":
        width = math.log((1 - axis.low) / (1 - axis.high))
    else:
        return axis
    return axis if width >= _NARROWEST or axis.is_integer else axis._replace(scale="linear")


def _is_fine(axis: Range) -> bool:
    """Whether 13 decimals are too few for the numbers of a range."""
    if axis.is_integer:
        return False
    low = min(axis.low, 1 - axis.high) if axis.scale == "reverse-log" else axis.low
    return axis.high - axis.low < _NARROWEST or (axis.scale in ("log", "reverse-log") and low < _NARROWEST)


def _value(axis: Axis, stored: Any) -> Any:
    """The value that a stored one stands for."""
    if isinstance(axis, Values):
        return axis.values[labels(axis).index(str(stored))]
    number = float(stored)
    if axis.low == axis.high:
        return axis.low
    if axis.step is not None:
        return inside(axis, number if axis.steps < _MOST_LISTED else axis.low + number * axis.step)
    axis = _spread(axis)
    if axis.scale in ("log", "reverse-log") and _is_fine(axis):
        number = math.exp(number)
    elif _is_fine(axis):
        number = axis.low + number * (axis.high - axis.low)
    return inside(axis, 1 - number if axis.scale == "reverse-log" else number)


def _category(key: str, axis: Axis, default: int) -> Json:
    names = labels(axis)
    weights = {} if isinstance(axis, Values) else {"weights": [_weight(axis, place) for place in range(len(names))]}
    return {"type": "categorical", "name": key, "choices": list(names), **weights, "default_value": names[default]}


def _weight(axis: Range, place: int) -> float:
    """The share of a piece in its range, on its scale."""
    low, high = axis.pieces[place]
    if axis.step is not None:
        return round((high - low) / axis.step) + 1
    if axis.is_integer:
        return math.log((high + 0.5) / max(low - 0.5, 0.5)) if axis.scale == "log" else high - low + 1
    if axis.scale == "log":
        return max(math.log(high / low), 1e-9)
    if axis.scale == "reverse-log":
        return max(math.log((1 - low) / (1 - high)), 1e-9)
    return max((high - low) / (axis.high - axis.low), 1e-9)


def _range(kind: str, key: str, low: float, high: float, log: bool) -> Json:
    return {"type": kind, "name": key, "lower": low, "upper": high, "log": log}


def _constant(value: Any) -> str | int | float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number else label(value)


def _joined(paths: Sequence[Path]) -> list[Path]:
    """The same ways in fewer: those that differ in the last categories only become one."""
    joined: dict[tuple[Path, str], list[str]] = {}
    for *before, (key, names) in paths:
        joined.setdefault((tuple(before), key), []).extend(names)
    return [(*before, (key, tuple(dict.fromkeys(names)))) for (before, key), names in joined.items()]


def _either(child: str, paths: Sequence[Path]) -> Json:
    """The condition that one of several ways leads to a hyperparameter."""
    found = [_all(child, path) for path in paths]
    return found[0] if len(found) == 1 else {"type": "OR", "child": child, "conditions": found}


def _all(child: str, path: Path) -> Json:
    steps = [_step(child, parent, names) for parent, names in path]
    return steps[0] if len(steps) == 1 else {"type": "AND", "child": child, "conditions": steps}


def _step(child: str, parent: str, names: tuple[str, ...]) -> Json:
    value = {"type": "EQ", "value": names[0]} if len(names) == 1 else {"type": "IN", "values": list(names)}
    return {"child": child, "parent": parent, **value}


def _clause(key: str, names: list[str]) -> Json:
    return (
        {"type": "EQUALS", "name": key, "value": names[0]}
        if len(names) == 1
        else {
            "type": "IN",
            "name": key,
            "values": names,
        }
    )


def _merged(rows: list[dict[str, tuple[int, ...]]]) -> list[dict[str, tuple[int, ...]]]:
    """The same combinations in fewer rows: those that differ in one place only become one."""
    for key in dict.fromkeys(key for row in rows for key in row):
        joined: dict[Any, dict[str, tuple[int, ...]]] = {}
        for row in rows:
            rest = tuple((other, places) for other, places in row.items() if other != key)
            mark = (rest, key in row)
            own = joined.get(mark, {}).get(key, ())
            joined[mark] = {**row, **({key: (*own, *row[key])} if key in row else {})}
        rows = list(joined.values())
    return rows

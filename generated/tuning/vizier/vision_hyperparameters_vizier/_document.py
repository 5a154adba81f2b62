# Part of every package that `knobsmith generate` writes; do not edit.
"""A search space in the JSON of Vizier's protocol buffers, and the way back from the parameters of a trial.

What Vizier has no word for is searched under another name: ``1 - NAME`` on a logarithmic scale, ``steps of NAME`` for
very many steps, and ``NAME in`` for the piece of a range on which a condition hangs.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ._trees import Axis, Grown, Node, Range, Tree, Values, decides, inside, label, labels, piece

# Longer lists of steps are counted instead.
_MOST_LISTED = 1000

Json = dict[str, Any]


class Document:
    """A space in the words of Vizier: parameters, and children of the values on which they hang."""

    def __init__(self, grown: Grown) -> None:
        """Put a tree into words; refused combinations do not belong to it."""
        self._tree = grown.tree

    def json(self, statics: Mapping[str, Any], metric: str | None, goal: str) -> Json:
        """The study as Vizier reads it.

        Args:
            statics: What is not searched: each a parameter with one value.
            metric: The name of what is measured.
            goal: ``MAXIMIZE`` or ``MINIMIZE``.
        """
        fixed = [_category(name, (label(value),)) for name, value in statics.items()]
        metrics = [] if metric is None else [{"metricId": metric, "goal": goal}]
        return {"metrics": metrics, "parameters": [*fixed, *map(_parameter, self._tree)], "algorithm": "DEFAULT"}

    def native(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """The values of the hyperparameters that the parameters of a trial stand for."""
        found: dict[str, Any] = {}
        waiting = list(reversed(self._tree))
        while waiting:
            node = waiting.pop()
            axis = node.axis
            if decides(axis):
                stored = parameters[_key(node.name, axis)]
                place = labels(axis).index(str(stored))
                waiting += (below for places, tree in node.branches if place in places for below in reversed(tree))
                axis = piece(axis, place) if isinstance(axis, Range) else axis
            found[node.name] = _value(axis, parameters[_key(node.name, axis)])
        return found


def _parameter(node: Node) -> Json:
    """A parameter with its children."""
    axis, key = node.axis, _key(node.name, node.axis)
    if not isinstance(axis, Values) and not decides(axis):
        return {"parameterId": key, **_range(axis)}
    names = labels(axis)
    kept = {place for places, _ in node.branches for place in places} if node.branches else range(len(names))
    children = list(_children(node, axis, names, sorted(kept)))
    below = {"conditionalParameterSpecs": children} if children else {}
    return {**_category(key, tuple(names[place] for place in sorted(kept))), **below}


def _children(node: Node, axis: Axis, names: tuple[str, ...], kept: list[int]) -> Iterator[Json]:
    if isinstance(axis, Range):
        for place in kept:
            yield from _below((Node(node.name, piece(axis, place)),), [names[place]])
    for places, tree in node.branches:
        yield from _below(tree, [names[place] for place in places])


def _below(tree: Tree, names: list[str]) -> Iterator[Json]:
    for node in tree:
        yield {"parentCategoricalValues": {"values": names}, "parameterSpec": _parameter(node)}


def _category(key: str, names: tuple[str, ...]) -> Json:
    return {"parameterId": key, "categoricalValueSpec": {"values": list(names)}}


def _range(axis: Range) -> Json:
    if axis.step is not None:
        if axis.steps < _MOST_LISTED:
            return {"discreteValueSpec": {"values": [axis.low + count * axis.step for count in range(axis.steps + 1)]}}
        return {"integerValueSpec": {"minValue": "0", "maxValue": str(axis.steps)}}
    is_log = axis.scale in ("log", "reverse-log") and axis.low < axis.high
    scale = {"scaleType": "UNIT_LOG_SCALE" if is_log else "UNIT_LINEAR_SCALE"}
    if axis.is_integer:
        return {"integerValueSpec": {"minValue": str(axis.low), "maxValue": str(axis.high)}, **scale}
    low, high = (1 - axis.high, 1 - axis.low) if axis.scale == "reverse-log" else (axis.low, axis.high)
    return {"doubleValueSpec": {"minValue": low, "maxValue": high}, **scale}


def _key(name: str, axis: Axis) -> str:
    if isinstance(axis, Values):
        return name
    if decides(axis):
        return f"{name} in"
    if axis.step is not None and axis.steps >= _MOST_LISTED:
        return f"steps of {name}"
    return f"1 - {name}" if axis.scale == "reverse-log" else name


def _value(axis: Axis, stored: Any) -> Any:
    """The value that a stored one stands for."""
    if isinstance(axis, Values):
        return axis.values[labels(axis).index(str(stored))]
    number = float(stored)
    if axis.step is not None and axis.steps >= _MOST_LISTED:
        number = axis.low + number * axis.step
    return inside(axis, 1 - number if axis.scale == "reverse-log" and axis.step is None else number)

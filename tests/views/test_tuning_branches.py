"""Branches and trees of random searches, held to every combination judged by the independent evaluator."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, settings
from knobsmith.model.base import as_json
from knobsmith.views.tuning.axes import Axis, Choices, Numbers
from knobsmith.views.tuning.branch import Branch
from knobsmith.views.tuning.growing import grown
from knobsmith.views.tuning.space import Space
from knobsmith.views.tuning.trees import Node, Range, Tree, Values, piece

from tests.independent import verdict
from tests.strategies_tuning import Searched, searched
from tests.support.compile import compile_algorithm

Json = Any
OFTEN = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
_MOST_POINTS = 3000


def test_each_valid_combination_lies_in_exactly_one_branch_and_a_refused_one_in_none() -> None:
    seen: Counter[bool] = Counter()

    @OFTEN
    @given(searched(computed=False))
    def judge(spec: Searched) -> None:
        algorithm = compile_algorithm.__wrapped__(spec.text)
        space = Space(algorithm)
        branches = space.branches(spec.base)
        for config, is_valid, used in _judged(space, as_json(algorithm), spec.base):
            seen[is_valid] += 1
            holding = [branch for branch in branches if _holds(branch, space, config)]
            assert len(holding) == (1 if is_valid else 0), config
            for branch in holding:
                assert set(branch.axes) == config.keys() - spec.base.keys()
                assert set(branch.axes) <= used
                assert set(branch.statics) == spec.base.keys() & used

    judge()
    assert seen[True] > 5000
    assert seen[False] > 50


def test_a_tree_holds_exactly_the_valid_combinations() -> None:
    @OFTEN
    @given(searched(computed=False))
    def judge(spec: Searched) -> None:
        algorithm = compile_algorithm.__wrapped__(spec.text)
        space = Space(algorithm)
        tree = grown(space).tree
        for config, is_valid, _ in _judged(space, as_json(algorithm), spec.base):
            searched_here = {name: value for name, value in config.items() if name not in spec.base}
            assert _is_in(tree, searched_here) is is_valid, config

    judge()


def _judged(space: Space, published: Json, base: Json) -> Iterator[tuple[Json, bool, set[str]]]:
    """Combinations of a few points of each axis that hold what is used, with the verdict of the other evaluator."""
    points = {name: [None, *_points(space, name)] for name in space.tuned}
    count = 1
    for values in points.values():
        count *= len(values)
    assume(count <= _MOST_POINTS)
    for combination in product(*points.values()):
        drawn = {name: value for name, value in zip(points, combination, strict=True) if value is not None}
        config = {**base, **drawn}
        found = verdict(published, config, {}, "native")
        used = {name for name, state in found["parameters"].items() if state["used"]}
        forbidden = [one for one in found["findings"] if one["code"] == "forbidden"]
        if drawn.keys() <= used and not forbidden and _is_complete(space, config, used):
            yield config, found["valid"], used


def _is_complete(space: Space, config: Json, used: set[str]) -> bool:
    """Whether each hyperparameter has a point of the axis that counts, if there is one."""
    effects = space.effects(config)
    for name, tuned in space.tuned.items():
        axis = tuned.axis(effects) if name in used else None
        if (axis is None) == (name in config) or (axis is not None and not _contains(axis, config[name])):
            return False
    return True


def _points(space: Space, name: str) -> list[Any]:
    """Listed values, and of ranges the ends and the places beside which a condition changes."""
    found: dict[tuple[type, Any], Any] = {}
    for guarded in space.tuned[name].axes:
        if isinstance(guarded.axis, Choices):
            found |= {(type(value), value): value for value in guarded.axis.values}
        elif guarded.axis is not None:
            for part in space.pieces(name, guarded.axis):
                found |= {(type(value), value): value for value in (part.low, part.high)}
    return [list(value) if isinstance(value, tuple) else value for value in found.values()]


def _contains(axis: Axis, value: Any) -> bool:
    if isinstance(axis, Numbers):
        return not isinstance(value, (str, bool)) and axis.low <= value <= axis.high
    own = tuple(value) if isinstance(value, list) else value
    return any(type(one) is type(own) and one == own for one in axis.values)


def _holds(branch: Branch, space: Space, config: Json) -> bool:
    if branch.axes.keys() != config.keys() & space.tuned.keys():
        return False
    return all(_contains(axis, config[name]) for name, axis in branch.axes.items())


def _is_in(tree: Tree, config: Mapping[str, Any]) -> bool:
    """Whether a configuration is a way through a tree, and nothing besides."""
    left = dict(config)
    waiting = list(tree)
    while waiting:
        node = waiting.pop()
        if node.name not in left:
            return False
        place = _place(node, left.pop(node.name))
        if place is None:
            return False
        if node.branches:
            below = [nodes for places, nodes in node.branches if place in places]
            if not below:
                return False
            waiting += below[0]
    return not left


def _place(node: Node, value: Any) -> int | None:
    axis = node.axis
    if isinstance(axis, Values):
        own = tuple(value) if isinstance(value, list) else value
        return next((i for i, one in enumerate(axis.values) if type(one) is type(own) and one == own), None)
    if isinstance(value, (str, bool)):
        return None
    parts = [piece(axis, place) for place in range(len(axis.pieces))] if axis.pieces else [Range(axis.low, axis.high)]
    return next((i for i, part in enumerate(parts) if part.low <= value <= part.high), None)

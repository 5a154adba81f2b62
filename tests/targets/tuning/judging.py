"""What is wrong with a drawn configuration, told by the generated client and by the space itself."""

from typing import Any

from knobsmith.views.tuning.axes import Axis, Choices
from knobsmith.views.tuning.space import Space

Json = Any


def faults(space: Space, client: Any, base: Json, config: Json, *, conditions: bool = True) -> list[str]:
    """What is wrong; ``conditions``: whether everything that is there must be used, and the other way round."""
    verdict = client.validate(config)
    found = [] if verdict.valid else [f"refused: {verdict.findings}"]
    axes_here = _axes(space, base, config) if conditions else {}
    for name, tuned in space.tuned.items():
        if name in base or name in space.tangled:
            continue
        axis = axes_here.get(name)
        if conditions and (axis is None) == (name in config):
            found.append(f"{name} is {'there' if name in config else 'missing'}: {config}")
        if conditions and name in config and verdict.parameters[name].used is not True:
            found.append(f"{name} is there and not used: {config}")
        axes = [axis] if conditions and axis else [guarded.axis for guarded in tuned.axes if guarded.axis is not None]
        if name in config and not any(contains(one, config[name]) for one in axes):
            found.append(f"{name} = {config[name]!r} is outside {axes}")
    return found


def _axes(space: Space, base: Json, config: Json) -> dict[str, Axis | None]:
    """What each hyperparameter is searched over beside the others of a configuration."""
    moving = {decider for name in space.tuned for decider in space.deciders(name)}
    key = (id(space), repr(base), *((name, repr(config.get(name))) for name in sorted(moving)))
    if key not in _KNOWN:
        effects = space.effects(config)
        _KNOWN[key] = (space, {name: tuned.axis(effects) for name, tuned in space.tuned.items()})
    return _KNOWN[key][1]


# The space is kept beside what is known of it, so that no other one gets its identity.
_KNOWN: dict[Any, tuple[Space, dict[str, Axis | None]]] = {}


def contains(axis: Axis, value: Any) -> bool:
    """Whether a value lies on an axis, ends included."""
    if isinstance(axis, Choices):
        own = tuple(value) if isinstance(value, list | tuple) else value
        return any(own == one and isinstance(own, bool) == isinstance(one, bool) for one in axis.values)
    if isinstance(value, bool | str) or (axis.is_integer and not isinstance(value, int)):
        return False
    on_step = axis.step is None or abs((steps := (value - axis.low) / axis.step) - round(steps)) < 1e-9
    return bool(axis.low <= value <= axis.high and on_step)

"""Lists of values that are too long to stand where they are drawn from."""

from knobsmith.model.base import PlainValue
from knobsmith.targets.source_text import literal, source
from knobsmith.views.identifiers import Names, constant

_SHORT = 44


class Constants:
    """Gives names to long lists, one to each."""

    def __init__(self) -> None:
        self._names = Names({"UNKNOWN", "LAWS", "DISTRIBUTIONS", "_AWAITING"})
        self._kept: dict[tuple[PlainValue, ...], str] = {}

    def spelled(self, name: str, values: tuple[PlainValue, ...]) -> str:
        """The values of a hyperparameter, or the name that they got."""
        if len(literal(values)) <= _SHORT:
            return literal(values)
        # Equal values of different types are different lists.
        key = (*values, *(type(value).__name__ for value in values))
        if key not in self._kept:
            self._kept[key] = self._names.unique(f"_{constant(name)}")
        return self._kept[key]

    @property
    def lines(self) -> list[str]:
        """The assignments."""
        return [f"{name} = {source(key[: len(key) // 2], taken=len(name) + 3)}" for key, name in self._kept.items()]
